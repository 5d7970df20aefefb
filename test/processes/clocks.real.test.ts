// Processes with wrong clocks, on one database: decisions that they must not make, and their reports of the skew.
import assert from 'node:assert/strict';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { openClock } from '../../infra/process/clock.ts';
import { mysql } from '../../infra/database/database.mysql.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { isRefused } from '../../schema/errors.ts';
import { signingKey } from '../../schema/wire/signing-key.ts';
import { asked } from '../../subgraphs/order/store/idempotency-store.ts';
import { confirmHold } from '../../subgraphs/order/rules/settling.ts';
import { openOrders } from '../../subgraphs/order/store/store.ts';
import { orderTables } from '../../subgraphs/order/store/tables.ts';
import { eventually } from '../kit/eventually.ts';
import { aPlacing } from '../kit/an-order.ts';
import { anOffer } from '../kit/ordering.ts';
import { OFF_FILE } from '../kit/skewed-clock.ts';
import { spawned } from '../kit/spawned.ts';

const MINUTE = 60_000;
const log = openLog({ level: 'off', json: true });
const services = await openServices(['mariadb', 'kafka']);
after(() => services[Symbol.asyncDispose]());

/** The store of orders in a process with a right clock; `ago` sets the time at which its orders are placed. */
async function openStore(ago = 0) {
  const clock = openClock(new Date(Date.now() - ago));
  const db = await openDatabase(orderTables, mysql(services.mariadb.url, 'order', 'now'), log, { clock });
  const orders = openOrders(db, [signingKey(Buffer.alloc(32))]);
  let keys = 0;
  return {
    orders,
    /** Places an order, with its seats held if `isHeld`. */
    async ordered(isHeld: boolean): Promise<string> {
      const question = asked('acc_asha', 'placeOrder', `key ${ago} ${keys}`, {});
      const placing = aPlacing(anOffer({ departureId: `departure ${ago} ${keys++}` }));
      const order = await orders.place(placing, question, { by: 'test', address: null });
      assert.ok(!isRefused(order));
      const { id } = order;
      if (isHeld) await orders.change(id, confirmHold, { by: 'test' });
      return id;
    },
    [Symbol.asyncDispose]: () => db.close(),
  };
}

const preload = pathToFileURL(join(import.meta.dirname, '../kit/skewed-clock.ts')).href;

/** close-orders as a separate process, on a machine whose clock is off by `off` ms until the test corrects it. */
async function openCloser(off: number) {
  await using opened = new AsyncDisposableStack();
  const dir = opened.use(await mkdtempDisposable(join(tmpdir(), 'clock-')));
  const file = join(dir.path, 'off');
  await writeFile(file, String(off));
  const [port] = (await freePorts(1)) as [number];
  const env = {
    ...{ DATABASE_URL: services.mariadb.url, KAFKA_URL: services.kafka.url, PORT: String(port), [OFF_FILE]: file },
    OFFER_SIGNING_KEYS: Buffer.alloc(32, 'offers').toString('base64'),
    NODE_OPTIONS: `--disable-warning=TimeoutNegativeWarning --import ${preload}`,
  };
  const worker = opened.use(spawned('close-orders', ['node', 'infra/start.ts', 'close-orders'], env, port));
  const started = opened.move();
  return {
    /** Its output lines that match. */
    said: (like: RegExp) => worker.lines.filter((line) => like.test(line)),
    readiness: async () => {
      assert.ok(!worker.hasEnded(), worker.lines.join('\n'));
      const answer = await fetch(`${worker.url}/readyz`);
      return { status: answer.status, ...((await answer.json()) as { dependencies: Record<string, string> }) };
    },
    setRight: () => writeFile(file, '0'),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

const statusesOf = async ({ orders }: Awaited<ReturnType<typeof openStore>>, ids: readonly string[]) => {
  const found = await Promise.all(ids.map(async (id) => (await orders.byId(id))!.status));
  return Object.fromEntries([...Map.groupBy(found, (status) => status)].map(([status, some]) => [status, some.length]));
};

test('under a load of orders, workers whose clocks are four and ten minutes ahead close none before its time, and say that their clocks are wrong', async () => {
  await using store = await openStore();
  await using four = await openCloser(4 * MINUTE);
  await using ten = await openCloser(10 * MINUTE);
  const workers = [four, ten];
  const ids: string[] = [];
  // waits for each to have looked at orders several times: it looks twice a second
  const looked = async () => {
    for (const { said, readiness } of workers) {
      assert.ok(said(/the clock of this process is \d+\.\d s ahead/).length);
      assert.ok(said(/worker paused/).length);
      const { status, dependencies } = await readiness();
      assert.deepEqual([status, dependencies['clock']], [503, 'CLOCK_IS_OFF']);
    }
    return true;
  };
  let isOver = false;
  const load = (async () => {
    while (!isOver) ids.push(await store.ordered(ids.length % 2 === 0));
  })();
  try {
    await eventually(looked);
  } finally {
    isOver = true;
    await load;
  }
  const held = Math.ceil(ids.length / 2);
  assert.ok(ids.length > 10);
  assert.deepEqual(await statusesOf(store, ids), { AWAITING_PAYMENT: held, PENDING: ids.length - held });
});

test('a worker whose clock is set right continues by itself, with the orders that became due meanwhile', async () => {
  await using store = await openStore(20 * MINUTE);
  await using worker = await openCloser(-10 * MINUTE);
  await eventually(() => worker.said(/worker paused/).length > 0);
  const id = await store.ordered(true);
  await worker.setRight();
  await eventually(async () => (await statusesOf(store, [id]))['CLOSING'] === 1);
  await eventually(async () => (await worker.readiness()).status === 200);
});
