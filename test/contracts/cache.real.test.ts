// The cache contract on Redis, and faults that only a server can have.
import { Redis } from 'ioredis';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { after, suite, test } from 'node:test';
import { writable } from '../../infra/system/health.ts';
import { openRedisCache } from '../../infra/cache/cache.redis.ts';
import type { CacheAway } from '../../infra/cache/cache.ts';
import { type Log, openLog } from '../../infra/logging/log.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { eventually } from '../kit/eventually.ts';
import { cacheContract, entry } from './cache.ts';

const services = await openServices(['redis']);
const server = new Redis(services.redis.url, { retryStrategy: () => 10 });
server.on('error', () => undefined); // the server is killed below
after(async () => {
  server.disconnect();
  await services[Symbol.asyncDispose]();
});
const log = openLog({ level: 'off', json: true });

/** A cache that is connected and empty. */
async function open() {
  await server.flushall();
  const cache = openRedisCache(services.redis.url, log);
  await eventually(() => cache.getMany(['a']));
  await server.config('RESETSTAT');
  return { ...cache, [Symbol.asyncDispose]: () => cache.close() };
}

cacheContract({ name: 'Redis', open, features: { expiresBy: 'server clock', bounded: null } });

/** The time, in ms, until a call is refused. */
async function refused(call: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await assert.rejects(call());
  return performance.now() - started;
}

/** The server's id of the connection with the last look-up. */
const connection = async () => /id=(\d+)[^\n]*cmd=mget/.exec(String(await server.client('LIST')))![1];

const a = [entry('a', 1, 'A')];

suite('a Redis server', () => {
  test('gets one request for any number of keys, and look-ups of one tick share a round trip', async () => {
    await using cache = await open();
    await Promise.all([cache.getMany(['a', 'b', 'c']), cache.getMany(['d'])]);
    const stats = await server.info('commandstats');
    assert.match(stats, /cmdstat_mget:calls=2,/);
    assert.match(await server.info('stats'), /total_reads_processed:[1-4]\r/); // two of them are from this test
  });

  test('that was killed is an error at once, and is used again automatically when it is back', async () => {
    await using cache = await open();
    await cache.putMany(a);
    await services.redis.kill();
    await eventually(async () => (await refused(() => cache.getMany(['a']))) < 50);
    assert.ok((await refused(() => cache.putMany(a))) < 50);
    await services.redis.restart();
    await eventually(() => cache.putMany(a).then(() => true));
    assert.deepEqual(await cache.getMany(['a']), ['A']);
  });

  test('that hangs is given up within the time-out, and used again when it answers', async () => {
    await using cache = await open();
    await services.redis.pause();
    for (const call of [() => cache.getMany(['a']), () => cache.putMany(a)]) {
      const took = await refused(call);
      assert.ok(took < 1000, `${took} ms`);
    }
    services.redis.resume();
    await eventually(() => cache.putMany(a).then(() => true));
    assert.deepEqual(await cache.getMany(['a']), ['A']);
  });

  test('whose connection is silent is reached by a new one after a second', async () => {
    await using cache = await open();
    const before = await connection();
    await services.redis.pause();
    await assert.rejects(cache.getMany(['a']));
    const started = performance.now();
    await eventually(async () => (await refused(() => cache.getMany(['a']))) < 50); // no connection: refused at once
    assert.ok(performance.now() - started < 2000);
    services.redis.resume();
    await eventually(() => cache.getMany(['a']));
    assert.notEqual(await connection(), before);
  });

  test('that was flushed has lost all entries and revisions, and can be filled again', async () => {
    await using cache = await open();
    await cache.putMany([entry('a', 9, 'A')]);
    await server.flushall();
    assert.deepEqual(await cache.getMany(['a']), [null]);
    await cache.putMany([entry('a', 1, 'again')]);
    assert.deepEqual(await cache.getMany(['a']), ['again']);
  });

  test('that is full keeps no value that should have been replaced', async () => {
    await using cache = await open();
    await cache.putMany([entry('a', 1, 'old'), entry('b', 1, 'untouched')]);
    await server.config('SET', 'maxmemory', '1');
    await cache.putMany([entry('a', 2, 'new')]);
    await server.config('SET', 'maxmemory', '0');
    assert.deepEqual(await cache.getMany(['a', 'b']), [null, 'untouched']);
  });

  test('that is full is logged once, and refuses required writes', async () => {
    const heard: string[] = [];
    const keep = (message: string) => void heard.push(message);
    const kept: Log = { ...log, warn: keep, info: keep, child: () => kept };
    await server.flushall();
    const cache = openRedisCache(services.redis.url, kept);
    try {
      await eventually(() => cache.getMany(['a']));
      await server.config('SET', 'maxmemory', '1');
      await cache.putMany(a);
      await cache.putMany(a);
      assert.deepEqual(await cache.getMany(['a']), [null]); // reads still work
      await assert.rejects(writable(cache), { code: 'OOM' });
      await server.config('SET', 'maxmemory', '0');
      await writable(cache);
      assert.deepEqual(
        heard.map((message) => message.slice(0, 24)),
        ['Redis is full: raise its', 'Redis no longer refuses'],
      );
    } finally {
      await server.config('SET', 'maxmemory', '0');
      await cache.close();
    }
  });

  test('that has keys of other types under the same names replaces them', async () => {
    await using cache = await open();
    const charge = { key: 'bucket', amount: 1, capacity: 10, refill: 0.001 };
    for (const make of [
      (key: string) => server.hset(key, 'a', 'b'),
      (key: string) => server.lpush(key, 'a'),
      (key: string) => server.xadd(key, '*', 'a', 'b'),
    ]) {
      await server.flushall();
      for (const key of ['a', 'bucket']) await make(key);
      assert.deepEqual(await cache.getMany(['a']), [null]);
      await cache.putMany([...a, entry('b', 1, 'B')]);
      assert.deepEqual(await cache.getMany(['a', 'b']), ['A', 'B']);
      assert.deepEqual((await cache.spend([charge])).granted, true);
    }
  });
});

test('a primary that becomes a replica: writes are refused as READONLY, readiness says so, and the new primary is found automatically', async () => {
  await using pair = await openServices(['redis']);
  await using old = await openServices(['redis']);
  const demoted = new Redis(old.redis.url);
  await using way = await proxied(old.redis.port);
  const cache = openRedisCache(`redis://127.0.0.1:${way.port}`, log);
  try {
    await eventually(() => writable(cache));
    await demoted.replicaof('127.0.0.1', String(pair.redis.port));
    await eventually(() =>
      writable(cache).then(
        () => false,
        (error: unknown) => (error as CacheAway).code === 'READONLY',
      ),
    );
    await assert.rejects(cache.putMany(a), ({ code }: CacheAway) => code === 'READONLY' || code === 'ETIMEDOUT');
    way.leadTo(pair.redis.port);
    await eventually(() => writable(cache));
    await eventually(() => cache.putMany(a).then(() => true));
  } finally {
    demoted.disconnect();
    await cache.close();
  }
});

/** An address that leads to one server, and later to another; existing connections stay where they are. */
async function proxied(first: number) {
  let to = first;
  const way = createServer((client) => {
    const there = connect(to, '127.0.0.1');
    for (const [one, other] of [
      [client, there],
      [there, client],
    ] as const) {
      one.on('error', () => undefined).on('close', () => other.destroy());
    }
    client.pipe(there).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(way, 'listening');
  return {
    port: (way.address() as AddressInfo).port,
    leadTo: (port: number) => void (to = port),
    [Symbol.asyncDispose]: async () => void way.close(),
  };
}
