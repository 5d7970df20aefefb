// Every service is restarted while clients shop and order: no client notices, and nothing is lost.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { databaseName, serviceNames as names, serviceOf } from '../../infra/system/service.ts';
import { openApart } from '../kit/apart.ts';
import { eventually } from '../kit/eventually.ts';
import { adult, contact } from '../kit/ordering.ts';
import { bearer, PASSWORD, SIGN_IN_ANSWER, type SignIn } from '../kit/person.ts';
import { type Answer, NOON } from '../kit/world.ts';

const LOOK_EVERY = 100; // ms; a real load balancer probes less often and needs a longer DRAIN_DELAY
const DAY = '2026-03-24';
const FARES = [
  'carrier,flightNumber,origin,destination,via,departsLocal,arrivesLocal,cabin,travellerType,amount,currency,note,capacity',
  `6E,2131,DEL,BLR,,${DAY}T10:00,${DAY}T12:50,ECONOMY,ADULT,3897.00,INR,,1000`,
].join('\n');

const subgraphs = names.filter((name) => serviceOf(name).kind === 'subgraph');
const workers = names.filter((name) => serviceOf(name).kind === 'worker');
const called = ['gateway' as const, ...subgraphs];

/** A minimal load balancer: round robin over the ready replicas; it retries only when a connection is refused. */
function openBalancer(urls: readonly string[]) {
  const pools = urls.map((url) => new Pool(url, { connections: 8 }));
  const ready = new Set(pools);
  const closing = new AbortController();
  const looking = Promise.all(pools.map(look));
  let turn = 0;

  async function look(pool: Pool): Promise<void> {
    while (!closing.signal.aborted) {
      const answer = await pool.request({ method: 'GET', path: '/readyz' }).catch(() => null);
      await answer?.body.dump();
      if (answer?.statusCode === 200) ready.add(pool);
      else ready.delete(pool);
      await wait(LOOK_EVERY);
    }
  }

  async function post<T>(query: string, variables: object, headers: object = {}): Promise<Answer<T>> {
    turn++;
    const inTurn = [...pools.slice(turn % pools.length), ...pools.slice(0, turn % pools.length)];
    const left = inTurn.filter((pool) => ready.has(pool));
    for (;;) {
      try {
        const { statusCode, body } = await left.shift()!.request({
          ...{ method: 'POST', path: '/graphql', body: JSON.stringify({ query, variables }) },
          headers: { 'content-type': 'application/json', ...headers },
        });
        const text = await body.text();
        return { ...(JSON.parse(text) as Omit<Answer<T>, 'status'>), status: statusCode, text };
      } catch (error) {
        if (!left.length || (error as { code?: string }).code !== 'ECONNREFUSED') throw error;
      }
    }
  }

  return {
    post,
    async [Symbol.asyncDispose]() {
      closing.abort();
      await looking;
      await Promise.all(pools.map((pool) => pool.close()));
    },
  };
}

const SHOP = `query ($input: ShoppingInput!) { shopping(input: $input) { price { total { amount } } travel { airport { city } }
  offers(first: 1) { edges { node { offerToken seatsLeft } } } } }`;
interface Shop {
  shopping: { offers: { edges: { node: { offerToken: string; seatsLeft: number | null } }[] } };
}
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
  ... on Order { id } ... on OrderRefusal { code message } } }`;

test('no client sees a restart of any service behind two replicas, and restarted workers lose nothing', async (t) => {
  const since = performance.now();
  const step = (what: string) => t.diagnostic(`${((performance.now() - since) / 1000).toFixed(0)} s: ${what}`);
  const args = called.map((name) => `${name}=2`);
  await using system = await openApart(NOON, args, {
    UNPAID_SEATS: 'off', // an unpaid order every second
    DRAIN_DELAY: '2000',
  });
  step('all are ready');

  for (const name of names) {
    assert.equal((await fetch(`${system.urlOf(name)}/livez`)).status, 200, name);
    const { kind, databases, uses } = serviceOf(name);
    const parts = [...databases.map(databaseName), ...uses.filter((adapter) => adapter !== 'mail')];
    const used = name === 'gateway' ? [...subgraphs, 'cache'] : kind === 'worker' ? [...parts, 'clock'] : parts;
    await eventually(async () => {
      // forty processes have just started on two cores: a probe may take its whole second
      const { ready, dependencies } = (await (await fetch(`${system.urlOf(name)}/readyz`)).json()) as {
        ready: boolean;
        dependencies: Record<string, string>;
      };
      assert.deepEqual([ready, dependencies], [true, Object.fromEntries(used.map((part) => [part, 'ok']))], name);
    });
  }
  await using dir = await mkdtempDisposable(join(tmpdir(), 'restarts-'));
  await writeFile(join(dir.path, 'fares.csv'), FARES);
  await system.run('import', ['node', 'infra/system/import/import-fares.ts', join(dir.path, 'fares.csv')]);

  await using clients = openBalancer([system.urlOf('gateway'), system.urlOf('gateway', 1)]);
  const input = { origin: 'DEL', destination: 'BLR', departureDate: DAY };
  const shop = () => clients.post<Shop>(SHOP, { input });
  const signedUp = await clients.post<{ result: SignIn }>(
    `mutation ($input: SignUpInput!) { result: signUp(input: $input) ${SIGN_IN_ANSWER} }`,
    { input: { email: 'asha@example.com', name: 'Asha Rao', password: PASSWORD } },
  );
  const asAsha = bearer(signedUp.data.result.tokens!.accessToken);
  const token = await eventually(async () => {
    const { node } = (await shop()).data.shopping.offers.edges[0]!;
    return node.seatsLeft !== null && node.offerToken;
  });

  const orders: string[] = [];
  const failures: unknown[] = [];
  let [answered, isOver] = [0, false];
  using _load = { [Symbol.dispose]: () => void (isOver = true) }; // also when an assertion fails

  async function again(ask: () => Promise<Answer<object>>, pause: number): Promise<void> {
    while (!isOver) {
      await ask().then(
        ({ status, errors, text }) => (status === 200 && !errors ? answered++ : failures.push(text)),
        (error: unknown) => failures.push(error),
      );
      await wait(pause);
    }
  }
  async function order() {
    const placing = {
      offers: [{ token, travellers: [{ ...adult, name: randomUUID() }] }],
      contact,
      idempotencyKey: randomUUID(),
    };
    const answer = await clients.post<{ placeOrder: { id?: string } | null }>(PLACE, { input: placing }, asAsha);
    orders.push(answer.data.placeOrder?.id ?? answer.text);
    return answer;
  }
  const load = [again(shop, 50), again(shop, 50), again(order, 1000)]; // the sustained order rate allowed per account

  for (const some of [['gateway'] as const, subgraphs, workers]) {
    await system.restart(...some);
    step(`there again: ${some.join(', ')}; ${answered} answers, ${orders.length} orders, ${failures.length} failures`);
    assert.deepEqual(failures, []);
  }
  isOver = true;
  await Promise.all(load);
  assert.deepEqual(failures, []);

  const ends = system.lines.filter((line) => line.includes('| ended with'));
  assert.equal(ends.length, 2 * called.length + workers.length);
  for (const line of ends) assert.match(line, /ended with code 0/); // a process that takes 15 s ends with 1

  for (const id of orders) {
    await eventually(async () => {
      const { data, text } = await clients.post<{ order: { status: string } | null }>(
        'query ($id: ID!) { order(id: $id) { status } }',
        { id },
        asAsha,
      );
      assert.equal(data?.order?.status, 'AWAITING_PAYMENT', text);
    });
  }
  step(`${orders.length} orders have their seats`);
  await system.run('verify', ['node', 'infra/system/checks/verify.ts']);
});
