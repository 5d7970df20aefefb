// What an operator reads when the system cannot start: the value that was given, and what is allowed.
import assert from 'node:assert/strict';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDataFolder } from '../../infra/data-folder.ts';
import { sqlite } from '../../infra/database.sqlite.ts';
import { openDatabase } from '../../infra/database.ts';
import { describeConfig, readConfig } from '../../infra/env.ts';
import { listen, openServer } from '../../infra/http-server.ts';
import { openLog } from '../../infra/log.ts';
import { openMessageLog } from '../../infra/message-log.ts';
import { stockTables } from '../../subgraphs/stock/tables.ts';

const INSTANT = 'give an instant that exists, with its offset, as 2019-03-20T00:00:00Z';
const TIMEOUTS =
  'give whole numbers from 1 to 60000, as 5000 or 5000,order=10000, of account, fare, travel, stock, order, payment';
for (const [name, value, advice] of [
  ['PORT', 'http', 'give a whole number from 0 to 65535'],
  ['PORT', '65536', 'give a whole number from 0 to 65535'],
  ['REQUEST_TIMEOUT', '0', 'give a whole number from 1 to 600000'],
  ...['0', '1.5', '5000,order', 'order=5000,5000', '5000,orders=1', '5000,order=60001'].map(
    (given) => ['SUBGRAPH_TIMEOUT', given, TIMEOUTS] as const,
  ),
  ['DEMO_SEED', 'one', 'give a whole number from -2147483648 to 2147483647'],
  ['LOG_LEVEL', 'loud', 'give debug, info, warn or error'],
  ['DEMO_DATA', 'yes', 'give on or off'],
  ['CLOCK', '2019-02-30T00:00:00Z', INSTANT],
  ['CLOCK', '2019-03-20', INSTANT],
  ...['shop.example', 'https://shop.example/', 'https://shop.example/shop', '*', 'null'].map(
    (value) => ['CORS_ORIGINS', value, 'give origins by comma, as https://shop.example,http://localhost:5173'] as const,
  ),
  ...['proxy.internal', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.1/x', '10.0.0'].map(
    (value) =>
      ['TRUSTED_PROXIES', value, 'give addresses or ranges by comma, as 10.0.0.1,192.168.0.0/16, or loopback'] as const,
  ),
] as const) {
  test(`${name}=${value} is refused with what was given and what is allowed`, () => {
    const message = `The configuration has a fault:\n- ${name}: it cannot be "${value}"; ${advice}`;
    assert.throws(() => readConfig({ [name]: value }), { message });
  });
}

test('a URL of a server that cannot be read is refused without a word of it: a password may stand where the host belongs', () => {
  for (const [name, value] of [
    ['REDIS_URL', 'redis://:hunter2'],
    ['DATABASE_URL', 'mysql://root:hunter2/fareloom'],
    ['KAFKA_URL', 'kafka://fareloom:hunter2/and?more@broker:9092'],
    ['KAFKA_URL', 'kafka://fareloom:hunter2@broker:90920'],
    ['MAIL_URL', 'smtp://post:hunter2'],
  ] as const) {
    const refused = { message: /the host is none; give scheme:/ };
    assert.throws(() => readConfig({ [name]: value, OFFER_SIGNING_KEYS: 'a'.repeat(44) }), refused);
    assert.throws(
      () => readConfig({ [name]: value }),
      ({ message }: Error) => !message.includes('hunter2'),
    );
  }
});

test('proxies that are taken here are taken by the server, and their word on the address counts', async () => {
  const { TRUSTED_PROXIES } = readConfig({ TRUSTED_PROXIES: '10.0.0.1, 192.168.0.0/16,2001:db8::/32, loopback' });
  await using app = openServer(1000, TRUSTED_PROXIES);
  app.get('/', async ({ ip }) => ip);
  const { body } = await app.inject({ url: '/', headers: { 'x-forwarded-for': '203.0.113.9, 192.168.3.4' } });
  assert.equal(body, '203.0.113.9');
});

test('what npm run config prints of timeouts, limits, seats and shares can be set again', () => {
  const given = {
    SUBGRAPH_TIMEOUT: 'order=10000',
    RATE_LIMITS: 'money=30:6',
    CAPACITY: 'ECONOMY=180',
    TRAVELLER_SHARES: 'AI=67:10,BA=80:0',
    CORS_ORIGINS: 'https://shop.example,http://localhost:5173',
  };
  const config = readConfig(given);
  const printed = describeConfig(config).map((line) => /^(\w+)=(.*)$/.exec(line)!.slice(1) as [string, string]);
  assert.deepEqual(readConfig(Object.fromEntries(printed)), config);
  assert.deepEqual([config.SUBGRAPH_TIMEOUT.order, config.SUBGRAPH_TIMEOUT.fare], [10_000, 5000]);
});

test('numbers and instants that are allowed are taken', () => {
  const config = readConfig({
    PORT: '0',
    DEMO_SEED: '-3',
    SUBGRAPH_TIMEOUT: '60000,order=1',
    CLOCK: '2019-03-20T05:30:00+05:30',
  });
  assert.deepEqual([config.PORT, config.DEMO_SEED], [0, -3]);
  assert.deepEqual([config.SUBGRAPH_TIMEOUT.fare, config.SUBGRAPH_TIMEOUT.order], [60_000, 1]);
  assert.equal(config.CLOCK!.toISOString(), '2019-03-20T00:00:00.000Z');
});

test('a host that is no address of this machine is named', async () => {
  await assert.rejects(listen(openServer(1000), { host: 'nowhere.invalid', port: 0 }), {
    message:
      'HOST nowhere.invalid is no address of this machine: set HOST to localhost, to an address of this machine, or to 0.0.0.0 for all of them.',
  });
});

test('a data folder that cannot be made is named, with what to do', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'start-'));
  const file = join(dir.path, 'file');
  await writeFile(file, '');
  const path = join(file, 'data');
  const advice = `give this process the right to, or set DATABASE_URL and KAFKA_URL to another folder, as sqlite:.data`;
  assert.throws(() => openDataFolder(path), {
    message: `The folder ${path} cannot be made or written to (ENOTDIR): ${advice}`,
  });
});

test('a damaged file is named, with what to do', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'start-'));
  const path = join(dir.path, 'stock.sqlite');
  await writeFile(
    path,
    'this is no database at all, but it is long enough to look like one to whoever opens it'.repeat(20),
  );
  const message = `${path} is damaged. Restore it from a copy, or move it away: another one is then made, without what this one holds.`;
  await assert.rejects(openDatabase(stockTables, sqlite(path), openLog({ level: 'off', json: true })), { message });
  assert.throws(() => openMessageLog(path), { message });
});
