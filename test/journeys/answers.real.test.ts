// Responses and persisted queries on a Redis server that two gateways share: cached there, and no longer than allowed.
import { Redis } from 'ioredis';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hashOf } from '../../gateway/documents/document-folder.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { asking, persistedQuery } from '../kit/asking.ts';
import { eventually } from '../kit/eventually.ts';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { aFare, openWorld } from '../kit/world.ts';

const services = await openServices(['redis']);
const server = new Redis(services.redis.url);
after(async () => {
  server.disconnect();
  await services[Symbol.asyncDispose]();
});

const CITY = 'query City($code: AirportCode!) { airport(code: $code) { location { latitude } } }';
const question = { query: CITY, variables: { code: 'DEL' } };
const HOUR = 3_600_000; // ms

test('two gateways on a Redis server execute a query of hundreds of clients once, and its response expires in time', async () => {
  let asked = 0;
  const open = () =>
    openWorld({
      servers: {},
      env: { ANSWER_CACHE: 'on', REDIS_URL: `${services.redis.url}?prefix=answers.` },
      between: (name, call) => (name === 'travel' ? (request) => (asked++, call(request)) : call),
    });
  await using first = await open();
  await using second = await open();
  const { data } = await asking(first).post(question);
  assert.ok(data?.['airport']);
  const kept = await eventually(async () => (await server.keys('answers.answer:*')).length === 1 && server.keys('answers.answer:*')); // prettier-ignore
  const left = await server.pttl(kept[0]!);
  assert.ok(left > HOUR - 60_000 && left <= HOUR, `${left}`);
  const replies = await Promise.all(
    Array.from({ length: 200 }, (_, n) => asking(n % 2 ? first : second).post(question)),
  );
  for (const reply of replies) assert.deepEqual(reply.data, data);
  assert.equal(asked, 1);

  await server.flushall();
  assert.deepEqual((await asking(second).post(question)).data, data);
  assert.equal(asked, 2);

  const byHash = { extensions: persistedQuery(hashOf(CITY)), variables: question.variables };
  await asking(first).post({ ...question, ...byHash });
  await eventually(async () => {
    assert.deepEqual((await asking(second).get(byHash)).data, data);
  });
  const text = await server.pttl(`answers.apq:${hashOf(CITY)}`);
  assert.ok(text > HOUR - 60_000 && text <= HOUR, `${text}`);
});

test('a changed fare invalidates the cached responses of its route on all gateways of a Redis server, whatever their age', async () => {
  const env = {
    ANSWER_CACHE: 'on',
    REDIS_URL: `${services.redis.url}?prefix=fares.`,
    INTERNAL_KEYS: Buffer.alloc(32).toString('base64'),
  };
  let fare: Call;
  const between = (name: string, call: Call): Call => (name === 'fare' ? (fare = call) : call);
  await using first = await openWorld({ servers: {}, env, between });
  const elsewhere = (name: string, call: Call): Call => (name === 'fare' ? (request) => fare(request) : call);
  await using second = await openWorld({ servers: {}, env, between: elsewhere });
  const query = 'query ($input: ShoppingInput!) { shopping(input: $input) { price { total { amount } } } }';
  const variables = { input: { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' } };
  const shows = async (amount: string) => {
    for (const world of [first, second]) {
      const { text } = await asking(world).post({ query, variables });
      assert.equal(text, `{"data":{"shopping":{"price":{"total":{"amount":"${amount}"}}}}}\n`);
    }
  };
  await first.file([aFare()]);
  await eventually(() => shows('3897.00'));
  const [kept] = await eventually(async () => {
    const keys = await server.keys('fares.answer:*');
    return keys.length === 1 && (await first.wiring.bus.backlog('rebuild-fares')) === 0 && keys;
  });
  await shows('3897.00');
  await eventually(async () => (await server.persist(kept!)) === 1); // from now on only the change can invalidate it
  await first.file([aFare({ amount: 350_000 })]);
  await eventually(() => shows('3500.00'));
});
