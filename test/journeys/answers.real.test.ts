// Answers and persisted queries on a Redis server that two gateways share: kept there, for no longer than they may be.
import { Redis } from 'ioredis';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hashOf } from '../../infra/document-folder.ts';
import { openServices } from '../../infra/services/open.ts';
import { asking, persistedQuery } from '../asking.ts';
import { eventually } from '../eventually.ts';
import { openWorld } from '../world.ts';

const services = await openServices(['redis']);
const server = new Redis(services.redis.url);
after(async () => {
  server.disconnect();
  await services[Symbol.asyncDispose]();
});

const CITY = 'query City($code: AirportCode!) { airport(code: $code) { location { latitude } } }';
const question = { query: CITY, variables: { code: 'DEL' } };
const HOUR = 3_600_000; // ms

test('two gateways on a Redis server ask once what hundreds want, and forget it in its time', async () => {
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
