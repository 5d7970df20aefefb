// Servers that require TLS and a login: each adapter connects with its URL alone, and only with the right one.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openKafkaBus } from '../../infra/messaging/bus.kafka.ts';
import { openRedisCache } from '../../infra/cache/cache.redis.ts';
import { mysql } from '../../infra/database/database.mysql.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { masked } from '../../infra/config/server-url.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { makeLock } from '../kit/certificates.ts';
import { eventually } from '../kit/eventually.ts';
import { log, member, topics, trip } from './bus.ts';

const lock = await makeLock();
const services = await openServices(['mariadb', 'redis', 'kafka'], lock);
after(async () => {
  await services[Symbol.asyncDispose]();
  await lock[Symbol.asyncDispose]();
});

const password = encodeURIComponent(lock.password);
const without = (url: string, part: string) => url.replace(part, '');
const wrong = (url: string) => url.replace(password, 'wrong');

for (const scheme of ['mariadb', 'mysql']) {
  test(`${scheme}:// by TLS with user and password`, async () => {
    const url = services.mariadb.url.replace(/^mariadb/, scheme);
    const open = (at: string) => openDatabase(stockTables, mysql(at, 'stock', 'now'), log);
    const db = await open(url);
    const connection = db.read().getConnection() as unknown as { execute(sql: string): Promise<{ Value: string }[]> };
    const [row] = await connection.execute("show status like 'Ssl_version'");
    assert.match(row!.Value, /^TLS/);
    await db.close();
    for (const bad of [wrong(url), without(url, 'tls=on'), without(url, `&ca=${lock.ca}`)]) {
      await assert.rejects(open(bad), (error: Error) => !error.message.includes(lock.password));
    }
  });
}

test('rediss:// with user and password', async (t) => {
  const [cache, stranger] = [services.redis.url, wrong(services.redis.url)].map((url) => openRedisCache(url, log));
  t.after(() => Promise.all([cache!.close(), stranger!.close()]));
  await eventually(async () => assert.deepEqual(await cache!.getMany(['a']), [null]));
  await assert.rejects(stranger!.getMany(['a']), { code: 'WRONGPASS' });
});

for (const sasl of ['scram-sha-256', 'plain']) {
  test(`kafka:// by TLS with SASL ${sasl}`, async () => {
    const url = `${services.kafka.url.replace('sasl=scram-sha-256', `sasl=${sasl}`)}&prefix=${sasl}.`;
    const bus = openKafkaBus({ url, topics, log, onCrash: () => undefined });
    const { values } = await member(bus, 'g');
    await bus.publish([trip('a', 'secret')]);
    await eventually(() => values().length === 1);
    await bus.close();
    const stranger = openKafkaBus({ url: wrong(url), topics, log, onCrash: () => undefined });
    await assert.rejects(stranger.publish([trip('a', 'b')]), /authentication/i);
    await stranger.close();
  });
}

test('no URL is shown with its password', () => {
  for (const { url } of [services.mariadb, services.redis, services.kafka]) {
    assert.ok(!masked(url).includes(password) && masked(url).includes('fareloom:***@'));
  }
});
