// npm run bench -- orders [COUNT]: how fast accepted orders get their seats held and await payment, on real servers,
// compared with inserting the same rows directly.
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { shareStores } from '../../infra/system/stores.ts';
import { workers } from '../../infra/system/services.ts';
import { isRefused } from '../../schema/errors.ts';
import { fromStart } from '../../schema/terms/connection.ts';
import { readSettings } from '../../infra/config/settings.ts';
import { orderSettings } from '../../subgraphs/order/settings.ts';
import { startRelayOutbox } from '../../workers/engine/relay.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { openWiring } from '../../infra/system/wiring.ts';
import { asked } from '../../subgraphs/order/store/idempotency-store.ts';
import { placeOrder } from '../../subgraphs/order/rules/placing.ts';
import { insertOrder } from '../../subgraphs/order/store/rows.ts';
import { OrderHead } from '../../subgraphs/order/store/tables.ts';
import { adult, anOffer, contact } from '../kit/ordering.ts';
import { onSale } from '../kit/seats.ts';
import { NOON } from '../kit/world.ts';
import { table } from './table.ts';

const AT_ONCE = 16; // buyers
const DEPARTURES = 20; // on which the orders are spread
const LOOK_EVERY = 20; // ms

const count = Number(process.argv[2] ?? 2000);
await using stack = new AsyncDisposableStack();
const servers = stack.use(await openServices(['mariadb', 'redis', 'kafka']));
const log = openLog({ level: 'error', json: false });
const now = () => new Date(NOON);
const { UNPAID_SEATS: usualCaps } = readSettings(orderSettings, {});

/** Separate databases on the server, so that direct inserts do not meet placed orders. */
async function open(name: string) {
  const config = readConfig({
    DATABASE_URL: servers.mariadb.url.replace(/[^/]*$/, name),
    REDIS_URL: servers.redis.url,
    KAFKA_URL: `${servers.kafka.url}?prefix=${name}.`,
    OFFER_SIGNING_KEYS: randomBytes(32).toString('base64'),
  });
  const statements: Record<string, number> = {};
  const onQuery = (database: string) => void (statements[database] = (statements[database] ?? 0) + 1);
  const wiring = openWiring(config, log, { now, migrate: 'now', onQuery });
  stack.defer(() => wiring.close());
  return { shared: shareStores(wiring), statements };
}

/** Runs the work for each number in the range, AT_ONCE at a time. */
async function each(from: number, to: number, work: (n: number) => Promise<unknown>): Promise<void> {
  let next = from;
  const one = async () => {
    while (next < to) await work(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

const { shared, statements } = await open('ordered');
const { orders, db } = await shared.stores.order();
const { db: stock } = await shared.stores.stock();
const capacity = 9999; // enough for all orders on one departure
await onSale(stock, Object.fromEntries(Array.from({ length: DEPARTURES }, (_, n) => [`departure-${n}`, capacity])));

const order = (n: number) => {
  const offer = anOffer({ departureId: `departure-${n % DEPARTURES}` });
  const buyer = `acc_${n}`; // one account and address per order, so that buyers do not wait for one another
  const placing = placeOrder(
    { offers: [{ offer, travellers: [{ ...adult, type: 'ADULT' }] }], contact },
    usualCaps,
    new Date(),
  );
  if (isRefused(placing)) throw new Error(placing.because);
  const cause = { by: buyer, address: `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}` };
  return orders.place(placing, asked(buyer, 'placeOrder', `key-${n}`, n), cause);
};
const arrived = () => db.read().count(OrderHead, { status: 'AWAITING_PAYMENT' });
async function untilAll(total: number): Promise<void> {
  while ((await arrived()) < total) await wait(LOOK_EVERY);
}

const relayed = { order: db, stock };
const { bus } = shared.wiring;
const stops = await Promise.all(
  Object.entries(relayed).map(([database, db]) => startRelayOutbox({ bus, log, database, db })),
);
for (const name of ['hold-stock', 'settle-orders'] as const) {
  const worker = workers.find((one) => one.name === name);
  if (worker) stops.unshift(await worker.start(shared.open, shared.wiring));
}
stack.defer(async () => {
  for (const stop of stops) await stop();
});

const WARM = 100; // until groups have joined and statements are prepared
await each(0, WARM, order);
await untilAll(WARM);
for (const database of Object.keys(statements)) statements[database] = 0;

const started = performance.now();
await each(WARM, WARM + count, order);
const accepted = performance.now() - started;
await untilAll(WARM + count);
const took = performance.now() - started;

const directly = await (await open('inserted')).shared.stores.order();
const rows = await orders.list({}, 'NEWEST', fromStart(WARM + count));
const insert = (n: number) => directly.db.write((em) => insertOrder(em, rows[n]!));
await each(0, WARM, insert);
const inserting = performance.now();
await each(WARM, WARM + count, insert);
const inserted = performance.now() - inserting;

const perSecond = (ms: number) => `${Math.round((count / ms) * 1000)} orders/s`;
const perOrder = (database: string) => `${((statements[database] ?? 0) / count).toFixed(1)} statements an order`;
table([
  ['accepted', perSecond(accepted), `${count} orders by ${AT_ONCE} buyers, over ${DEPARTURES} departures`],
  ['accepted to AWAITING_PAYMENT', perSecond(took), 'order, relays, hold-stock and settle-orders in one process'],
  ['order database', perOrder('order'), 'begin and commit not counted'],
  ['stock database', perOrder('stock'), ''],
  ['dead letters', perOrder('workers'), ''],
  ['same rows inserted', perSecond(inserted), `a transaction an order, ${AT_ONCE} at a time`],
  ['ratio', (inserted / took).toFixed(3), ''],
]);
