// Errors for operators when the system cannot start: the given value, and the allowed ones.
import assert from 'node:assert/strict';
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { OLDEST_NODE, whyNotThisNode } from '../../infra/process/command.ts';
import { openDataFolder } from '../../infra/config/data-folder.ts';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { paymentProvider } from '../../infra/partners/payment-provider.partner.ts';
import { ticketIssuer } from '../../infra/partners/ticket-issuer.partner.ts';
import { describeDerived, partnerPlace } from '../../infra/system/config/derived.ts';
import { putDocument } from '../../gateway/documents/document-folder.ts';
import { fare } from '../../subgraphs/fare/subgraph.ts';
import { describeConfig, readConfig, settingsOf } from '../../infra/system/config/config.ts';
import { listen } from '../../infra/http/listen.ts';
import { openServer } from '../../infra/http/http-server.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openFileMail } from '../../infra/partners/mail.file.ts';
import type { Mail } from '../../infra/partners/mail.ts';
import { openMessageLog } from '../../infra/messaging/message-log.ts';
import { openJsonLines } from '../../infra/partners/json-lines.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { root } from '../kit/compose-file.ts';
import { spawned } from '../kit/spawned.ts';

const INSTANT = 'give an instant that exists, with its offset, as 2019-03-20T00:00:00Z';
const TIMEOUTS =
  'give whole numbers from 1 to 60000, as 5000 or 5000,order=10000, of account, fare, travel, stock, order, payment, operations, registry';
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

const ORIGIN = 'give http://HOST:PORT by comma and without a path, as http://localhost:4001; the gateway adds /graphql';
for (const [name, value, fault] of [
  ['RATE_LIMITS', 'address=1:1,money=9:9,address=2:2', 'address is given more than once; give it once'],
  ['UNPAID_SEATS', 'account=54:18,account=27:9', 'account is given more than once; give it once'],
  ['CAPACITY', 'FIRST=8,FIRST=4', 'FIRST is given more than once; give it once'],
  ['TRAVELLER_SHARES', 'AI=67:10,AI=50:10', 'AI is given more than once; give it once'],
  ['SUBGRAPH_TIMEOUT', '5000,fare=1,fare=2', 'fare is given more than once; give it once'],
  [
    'RATE_LIMITS',
    'money=9:9=1',
    'money=9:9=1: give LIMIT=CAPACITY:PER_MINUTE by comma, as money=300:60, of address, account, client, sign-in, money; or off',
  ],
  [
    'UNPAID_SEATS',
    'account=10:20',
    'account=10:20: it allows more seats on one departure than in all; give TAKER=IN_ALL:ON_ONE_DEPARTURE',
  ],
  [
    'UNPAID_SEATS',
    'address=216:8',
    'address=216:8: a party of 9 could never order; give at least 9 seats on one departure',
  ],
  ['FARE_URL', 'http://localhost:4001/graphql', ORIGIN],
  ['FARE_URL', 'http://fare-1:4001,http://fare:secret@fare-2:4001', ORIGIN],
] as const) {
  test(`${name}=${value} is refused, and the message says what to give`, () => {
    assert.throws(() => readConfig({ [name]: value }), {
      message: `The configuration has a fault:\n- ${name}: ${fault}`,
    });
  });
}

for (const [given, meant] of [
  ['ORDRE_URL', 'ORDER_URL'],
  ['DATABSE_URL', 'DATABASE_URL'],
  ['DATABASE_URL_FLIE', 'DATABASE_URL_FILE'],
  ['kafka_url', 'KAFKA_URL'],
  ['OTEL_EXPORTER_OLTP_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
] as const) {
  test(`${given} is refused with the intended name, unless ${meant} is set as well`, () => {
    const why = `there is no such variable; did you mean ${meant}? If ${given} belongs to another program, set ${meant} as well`;
    assert.throws(() => readConfig({ [given]: 'x' }), {
      message: `The configuration has a fault:\n- ${given}: ${why}`,
    });
    if (meant === 'ORDER_URL') readConfig({ [given]: 'x', ORDER_URL: 'http://localhost:4005' });
  });
}

test('variables of other programs are ignored', () => {
  const others = ['PATH', 'HOME', 'HOSTNAME', 'HOSTS', 'POST', 'TEST_DATABASE_URL', 'FARE_PORT', 'ORDER_PORT_4005_TCP'];
  readConfig(Object.fromEntries(others.map((name) => [name, 'x'])));
});

test('everything moves with PORT: metrics, partners and public addresses, and npm run config shows them', () => {
  const portOf = (...how: Parameters<typeof partnerPlace>) => partnerPlace(...how).port;
  const moved = readConfig({ PORT: '5000' });
  assert.deepEqual([portOf(moved, paymentProvider), portOf(moved, ticketIssuer)], [5201, 5202]);
  const { METRICS_PORT, PUBLIC_URL, PAYMENT_WEBHOOK_URL, PORT } = describeDerived(moved);
  assert.deepEqual(
    [METRICS_PORT, PUBLIC_URL, PAYMENT_WEBHOOK_URL, PORT],
    ['5100', 'http://localhost:5000', 'http://localhost:5000/webhooks/payments', undefined],
  );
  const highest = readConfig({ PORT: '65535', PAYMENT_PROVIDER_URL: 'demo:?port=4201' });
  assert.equal(portOf(highest, paymentProvider), 4201);
  assert.equal(portOf(highest, ticketIssuer), 65_333);
  assert.equal(portOf(readConfig({ PORT: '0' }), ticketIssuer), 0);
});

test('an invalid server URL is refused without being repeated: a password may stand in the place of the host', () => {
  for (const [name, value] of [
    ['REDIS_URL', 'redis://:hunter2'],
    ['DATABASE_URL', 'mysql://root:hunter2/fareloom'],
    ['KAFKA_URL', 'kafka://fareloom:hunter2/and?more@broker:9092'],
    ['KAFKA_URL', 'kafka://fareloom:hunter2@broker:90920'],
    ['MAIL_URL', 'smtp://post:hunter2'],
  ] as const) {
    const refused = { message: /the host is missing or not valid; give scheme:/ };
    assert.throws(() => readConfig({ [name]: value, OFFER_SIGNING_KEYS: 'a'.repeat(44) }), refused);
    assert.throws(
      () => readConfig({ [name]: value }),
      ({ message }: Error) => !message.includes('hunter2'),
    );
  }
});

test('proxies that the configuration accepts are trusted by the server for the address of the client', async () => {
  const { TRUSTED_PROXIES } = readConfig({ TRUSTED_PROXIES: '10.0.0.1, 192.168.0.0/16,2001:db8::/32, loopback' });
  await using app = openServer(1000, TRUSTED_PROXIES);
  app.get('/', async ({ ip }) => ip);
  const { body } = await app.inject({ url: '/', headers: { 'x-forwarded-for': '203.0.113.9, 192.168.3.4' } });
  assert.equal(body, '203.0.113.9');
});

test('timeouts, limits, seats and shares as npm run config prints them can be set again', () => {
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

test('valid numbers and instants are accepted', () => {
  const config = readConfig({
    PORT: '0',
    DEMO_SEED: '-3',
    SUBGRAPH_TIMEOUT: '60000,order=1',
    CLOCK: '2019-03-20T05:30:00+05:30',
  });
  assert.deepEqual([config.PORT, settingsOf(fare, config).DEMO_SEED], [0, -3]);
  assert.deepEqual([config.SUBGRAPH_TIMEOUT.fare, config.SUBGRAPH_TIMEOUT.order], [60_000, 1]);
  assert.equal(config.CLOCK!.toISOString(), '2019-03-20T00:00:00.000Z');
});

test('a host that is no address of this machine is named', async () => {
  await assert.rejects(listen(openServer(1000), { host: 'nowhere.invalid', port: 0 }), {
    message:
      'HOST nowhere.invalid is no address of this machine: set HOST to localhost, to an address of this machine, or to 0.0.0.0 for all of them.',
  });
});

test('a data folder that cannot be created is named, with what to do', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'start-'));
  const file = join(dir.path, 'file');
  await writeFile(file, '');
  const path = join(file, 'data');
  const advice = `give this process the right to, or set DATABASE_URL and KAFKA_URL to another folder, as sqlite:.data`;
  assert.throws(() => openDataFolder(path), {
    message: `The folder ${path} cannot be made or written to (ENOTDIR): ${advice}`,
  });
});

test('folders that cannot be created are named at once: those of data, mails, documents and partners', async () => {
  const log = openLog({ level: 'off', json: true });
  const at = '/proc/fareloom/folder';
  assert.throws(() => openDataFolder(at), { message: new RegExp(`^The folder ${at} cannot be made or written to`) });
  assert.throws(() => openJsonLines(`${at}/log.jsonl`, 'test', log), {
    message: new RegExp(`^${at}/log.jsonl is not there`),
  });
  await assert.rejects(putDocument(at, '{ me { id } }'), { message: new RegExp(`^${at}/.* is not there`) });
  const letter = { id: 'a', to: 'a@example.com', subject: 'a', text: 'a', html: 'a', attachments: [] };
  await assert.rejects(openFileMail(at, 'a@example.com').send(letter as unknown as Parameters<Mail['send']>[0]));
});

test('too few file descriptors are reported as such, not as missing permissions', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'start-'));
  const start = 'ulimit -n 40; exec node --disable-warning=TimeoutNegativeWarning infra/start.ts';
  const system = spawned('all', ['bash', '-c', start], {
    ...{ DATABASE_URL: `sqlite:${dir.path}/data`, KAFKA_URL: `sqlite:${dir.path}/data`, DEMO_DATA: 'off', PORT: '0' },
    ...{ PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, LOG_LEVEL: 'error' },
  });
  assert.equal(await system.ended, 1);
  assert.match(
    system.lines.join('\n'),
    /cannot be opened: too many files are open\. Raise the limit, as ulimit -n 1024/,
  );
});

test('a Node that is too old is named with what to do, and package.json says the same', async () => {
  assert.match(whyNotThisNode('24.13.9')!, /needs Node 24\.14 or newer and this is 24\.13\.9: run it by npm/);
  assert.match(whyNotThisNode('20.20.2')!, /needs Node 24\.14/);
  assert.deepEqual(['24.14.0', '24.21.0', '25.0.0'].map(whyNotThisNode), [undefined, undefined, undefined]);
  const { engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { engines: { node: string } };
  assert.equal(engines.node, `>=${OLDEST_NODE}`);
});

test('a damaged file is named, with what to do', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'start-'));
  const path = join(dir.path, 'stock.sqlite');
  await writeFile(
    path,
    'this is no database at all, but it is long enough to look like one when it is opened'.repeat(20),
  );
  const message = `${path} is damaged. Restore it from a copy, or move it away: another one is then made, without what this one holds.`;
  await assert.rejects(openDatabase(stockTables, sqlite(path), openLog({ level: 'off', json: true })), { message });
  assert.throws(() => openMessageLog(path), { message });
});
