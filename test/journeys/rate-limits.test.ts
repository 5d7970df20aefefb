// Rate limits from the client's view: a client over its limit waits, and no other client does.
import { buildSchema } from 'graphql';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { strict } from '../../gateway/rate-limits/rate-policies.ts';
import { openMemoryCache } from '../../infra/cache/cache.memory.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { root } from '../kit/compose-file.ts';
import { failing } from '../kit/failing.ts';
import { signedUp } from '../kit/person.ts';
import { warnings } from '../kit/warnings.ts';
import { openWorld, type World } from '../kit/world.ts';

const QUERY = '{ __typename }';
const SECOND = 1000;

interface Asked {
  query?: string;
  from?: string;
  headers?: Record<string, string>;
}

/** Sends a request from an address; by default a query of cost one, always from the same address. */
async function ask({ gateway }: Pick<World, 'gateway'>, { query = QUERY, from = '192.0.2.1', headers }: Asked = {}) {
  const response = await gateway.inject({
    method: 'POST',
    url: '/graphql',
    payload: { query },
    remoteAddress: from,
    headers: { ...headers },
  });
  const { errors } = response.json<{ errors?: { message: string; extensions: Record<string, unknown> }[] }>();
  return { status: response.statusCode, headers: response.headers, error: errors?.[0] };
}

const statuses = async (times: number, one: () => Promise<{ status: number }>) => {
  const found: number[] = [];
  for (let n = 0; n < times; n++) found.push((await one()).status);
  return found;
};

describe('an address over its limit', () => {
  test('gets 429 with a code and the seconds to wait, and is accepted after them', async () => {
    await using world = await openWorld({ env: { RATE_LIMITS: 'address=3:30' } });
    assert.deepEqual(await statuses(4, () => ask(world)), [200, 200, 200, 429]);
    world.clock.advance(SECOND);
    for (let n = 0; n < 2; n++) {
      const { status, headers, error } = await ask(world);
      assert.deepEqual([status, headers['retry-after']], [429, '1']);
      assert.equal(error!.message, 'Too much was asked for from this address. Try again in 1 second.');
      const { traceId, ...extensions } = error!.extensions;
      assert.deepEqual(extensions, { code: 'RATE_LIMITED', retryAfter: 1 });
      assert.match(String(traceId), /^[0-9a-f]{32}$/);
    }
    world.clock.advance(SECOND);
    assert.deepEqual(await statuses(2, () => ask(world)), [200, 429]);
    assert.equal((await ask(world)).headers['retry-after'], '2');
  });

  test('gets its limit and the rest of it in the headers of every response', async () => {
    await using world = await openWorld({ env: { RATE_LIMITS: 'address=100:60' } });
    const { headers } = await ask(world);
    assert.equal(headers['ratelimit-policy'], '"address";q=100;w=100;qu="cost"');
    assert.equal(headers['ratelimit'], '"address";r=99;t=1');
    await statuses(9, () => ask(world));
    assert.equal((await ask(world)).headers['ratelimit'], '"address";r=89;t=11');
  });

  test('is its whole IPv6 /64, and affects no other network', async () => {
    await using world = await openWorld({ env: { RATE_LIMITS: 'address=1:1' } });
    assert.equal((await ask(world, { from: '2001:db8::1' })).status, 200);
    assert.equal((await ask(world, { from: '2001:db8::2' })).status, 429);
    assert.equal((await ask(world, { from: '2001:db8:0:1::1' })).status, 200);
    assert.equal((await ask(world, { from: '192.0.2.1' })).status, 200);
    assert.equal((await ask(world, { from: '::ffff:192.0.2.1' })).status, 429);
  });

  test('is charged for refused documents, too, and more than for a small one that is run', async () => {
    await using world = await openWorld({ env: { RATE_LIMITS: 'address=5000:1' } });
    const left = async (query: string) =>
      Number(/r=(\d+)/.exec(String((await ask(world, { query })).headers['ratelimit']))![1]);
    assert.equal(await left('{'), 3000);
    assert.equal(await left('{ nothing }'), 1000);
    assert.equal(await left(QUERY), 999);
  });

  test('is counted as rate limited, unless its document is refused', async () => {
    await using world = await openWorld({ env: { RATE_LIMITS: 'address=1:60' } });
    const refused = async () => {
      const { values } = await world.wiring.metrics.registry.getSingleMetric('fareloom_rate_limited_total')!.get();
      return values.reduce((sum, { value }) => sum + value, 0);
    };
    assert.deepEqual([(await ask(world)).status, await refused()], [200, 0]);
    assert.deepEqual([(await ask(world, { query: '{' })).status, await refused()], [400, 0]);
    assert.deepEqual([(await ask(world)).status, await refused()], [429, 1]);
  });

  test('is rejected before its body is read until the wait is over', async () => {
    let spends = 0;
    const counted = (cache: ReturnType<typeof openMemoryCache>) => ({
      ...cache,
      spend: (charges: Parameters<typeof cache.spend>[0]) => {
        spends++;
        return cache.spend(charges);
      },
    });
    await using world = await openWorld({ env: { RATE_LIMITS: 'address=1:60' }, cache: counted });
    await statuses(2, () => ask(world));
    assert.deepEqual([await statuses(20, () => ask(world, { query: '{' })), spends], [Array(20).fill(429), 2]);
    world.clock.advance(SECOND);
    assert.deepEqual([await statuses(1, () => ask(world)), spends], [[200], 3]);
  });
});

describe('what is counted', () => {
  test('for an account counts from every address, and never for another account', async () => {
    await using world = await openWorld({ env: { RATE_LIMITS: 'account=2:1' } });
    const asha = await signedUp(world, 'asha@example.com');
    const ravi = await signedUp(world, 'ravi@example.com');
    const as = (who: typeof asha, from: string) => ask(world, { from, headers: who.headers });
    assert.equal((await as(asha, '192.0.2.1')).status, 200);
    assert.equal((await as(asha, '192.0.2.2')).status, 200);
    assert.equal((await as(asha, '192.0.2.3')).status, 429);
    assert.equal((await as(ravi, '192.0.2.3')).status, 200);
    assert.equal((await ask(world)).status, 200);
  });

  test('for a client name limits the clients that claim it, and raises no other limit', async () => {
    await using world = await openWorld({ env: { RATE_LIMITS: 'address=3:1,client=1:1' } });
    const web = { 'apollographql-client-name': 'web' };
    assert.equal((await ask(world, { headers: web })).status, 200);
    assert.equal((await ask(world, { headers: web })).status, 429);
    assert.equal((await ask(world, { headers: web, from: '192.0.2.9' })).status, 200, 'another network’s claim');
    assert.equal((await ask(world, { headers: { 'apollographql-client-name': 'app' } })).status, 200);
    assert.equal((await ask(world)).status, 200);
    assert.equal((await ask(world, { headers: { 'apollographql-client-name': 'new' } })).status, 429);
  });

  test('for signing in is each attempt, alone or many in one document, and shopping is unaffected', async () => {
    await using world = await openWorld({ env: { RATE_LIMITS: 'sign-in=3:1' } });
    const signIn = 'signIn(input: { email: "a@example.com", password: "wrong" }) { __typename }';
    assert.equal((await ask(world, { query: `mutation { ${signIn} }` })).status, 200);
    const three = `mutation { a: ${signIn} ...F } fragment F on Mutation { b: ${signIn} ... { c: ${signIn} } }`;
    const refused = await ask(world, { query: three });
    assert.deepEqual([refused.status, refused.error?.extensions['retryAfter']], [429, 60]);
    assert.match(String(refused.headers['ratelimit']), /"sign-in";r=2;t=60$/);
    assert.equal((await ask(world)).status, 200);
    assert.equal((await ask(world, { query: `mutation { a: ${signIn} b: ${signIn} }` })).status, 200);
    assert.equal((await ask(world, { query: `mutation { ${signIn} }`, from: '192.0.2.9' })).status, 200);
  });

  test('by name is an existing mutation', () => {
    const schema = buildSchema(readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8'));
    const mutations = schema.getMutationType()!.getFields();
    assert.deepEqual(
      Object.keys(strict).filter((name) => !mutations[name]),
      [],
    );
  });
});

test('a client over a limit is logged, once a minute', async () => {
  const lines: [string, Record<string, unknown>][] = [];
  await using world = await openWorld({ env: { RATE_LIMITS: 'address=2:60,client=1:60' }, log: warnings(lines) });
  const headers = { 'apollographql-client-name': 'a loop' };
  for (let second = 0; second < 60; second++) {
    await statuses(4, () => ask(world, { from: '2001:db8::1', headers }));
    world.clock.advance(SECOND);
  }
  const told = lines.map(([text, { limit, address, client }]) => [text, limit, address, client]);
  assert.deepEqual(told, [['rate limit exceeded', 'client', '2001:db8:0:0', 'a loop']]);
  await statuses(4, () => ask(world, { from: '2001:db8::1', headers }));
  assert.equal(lines.length, 2);
});

test('two gateways on one cache share one count', async () => {
  const shared = openMemoryCache(() => new Date('2026-03-01T12:00:00Z'));
  const one = () => ({ ...shared, close: async () => undefined });
  const env = { RATE_LIMITS: 'address=3:1' };
  await using a = await openWorld({ env, cache: one });
  await using b = await openWorld({ env, cache: one });
  assert.deepEqual([...(await statuses(2, () => ask(a))), ...(await statuses(2, () => ask(b)))], [200, 200, 200, 429]);
});

test('while the cache is unavailable, reads work, and mutations that move money are 503 with Retry-After', async () => {
  let away = false;
  await using world = await openWorld({ cache: (cache) => failing(cache, 'spend', () => away) });
  const { headers } = await signedUp(world);
  const cancel = 'mutation { cancelOrder(orderId: "ord_none") { __typename } }';
  away = true;
  assert.equal((await ask(world, { headers })).status, 200);
  const refused = await ask(world, { query: cancel, headers });
  assert.deepEqual([refused.status, refused.headers['retry-after']], [503, '1']);
  assert.equal(refused.error?.extensions['code'], 'UNAVAILABLE');
  away = false;
  assert.equal((await ask(world, { query: cancel, headers })).status, 200);
});

test('limits can be disabled', async () => {
  await using world = await openWorld({ env: { RATE_LIMITS: 'off' } });
  const { status, headers } = await ask(world);
  assert.deepEqual([status, headers['ratelimit']], [200, undefined]);
});

test('an invalid limit is refused with the valid ones', () => {
  for (const text of ['addres=1:1', 'address=0:1', 'address=1', 'on']) {
    assert.throws(
      () => readConfig({ RATE_LIMITS: text }),
      /RATE_LIMITS: .*address, account, client, sign-in, money; or off/,
    );
  }
});
