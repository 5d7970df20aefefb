// One journey over separate processes on real servers: import, shop, change a fare, shop again, and continue after
// replicas are lost.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { serviceNames } from '../../infra/system/service.ts';
import type { ServiceName } from '../../infra/system/services.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { root } from '../kit/compose-file.ts';
import { eventually } from '../kit/eventually.ts';
import { runToEnd, type Spawned, spawned, UNHURRIED } from '../kit/spawned.ts';

const services = await openServices(['mariadb', 'redis', 'kafka']);
after(() => services[Symbol.asyncDispose]());

const REAL = process.env['FARES_CSV'] ?? join(root, '../shared/data/fares-india-2019.csv');
const HEADER =
  'carrier,flightNumber,origin,destination,via,departsLocal,arrivesLocal,cabin,travellerType,amount,currency,note';
const fare = (flight: number, amount: number) =>
  `6E,${flight},BLR,DEL,,2019-03-24T22:20,2019-03-25T01:10,ECONOMY,ADULT,${amount}.00,INR,`;

const env = {
  CLOCK: '2019-03-20T00:00:00Z',
  DATABASE_URL: services.mariadb.url,
  REDIS_URL: services.redis.url,
  KAFKA_URL: services.kafka.url,
  OFFER_SIGNING_KEYS: Buffer.from('thirty-two bytes for one journey').toString('base64'),
  INTERNAL_KEYS: randomBytes(32).toString('base64'),
  PAYMENT_PROVIDER_URL: 'http://127.0.0.1:9', // until the partners run
  PAYMENT_PROVIDER_KEY: randomBytes(32).toString('base64'),
  PAYMENT_WEBHOOK_SECRET: randomBytes(32).toString('base64'),
  TICKET_ISSUER_URL: 'http://127.0.0.1:9',
  TICKET_ISSUER_KEY: randomBytes(32).toString('base64'),
  DEMO_DATA: 'off',
  NODE_OPTIONS: '--disable-warning=TimeoutNegativeWarning',
  ...UNHURRIED,
};

/** The cheapest adult's seat from BLR to DEL on 24 March in a file of fares, in the file's notation. */
const cheapest = (csv: string): string =>
  csv
    .split('\n')
    .map((row) => row.split(','))
    .filter((cells) => cells[2] === 'BLR' && cells[3] === 'DEL' && cells[5]?.startsWith('2019-03-24'))
    .filter((cells) => cells[7] === 'ECONOMY' && cells[8] === 'ADULT')
    .map((cells) => cells[9]!)
    .sort((a, b) => Number(a) - Number(b))[0]!;

test('fares are imported, shopped, changed and shopped again, while a replica of each kind is killed', async (t) => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'journey-'));
  await using running = new AsyncDisposableStack();
  const since = performance.now();
  const step = (what: string) => t.diagnostic(`${((performance.now() - since) / 1000).toFixed(1)} s: ${what}`);

  async function fileFares(csv: string): Promise<string> {
    const file = join(dir.path, 'fares.csv');
    await writeFile(file, csv);
    return runToEnd('import', ['node', 'infra/system/import/import-fares.ts', file], env);
  }

  async function start(name: ServiceName, more: Record<string, string> = {}): Promise<Spawned> {
    const [port] = (await freePorts(1)) as [number];
    const process = spawned(name, ['node', 'infra/start.ts', name], { ...env, ...more, PORT: String(port) }, port);
    return running.use(process);
  }

  await runToEnd('migrate', ['node', 'infra/system/commands/migrate.ts'], env);
  const generated = [HEADER, ...Array.from({ length: 300 }, (_, n) => fare(100 + n, 4000 + n))].join('\n');
  const csv = existsSync(REAL) ? await readFile(REAL, 'utf8') : generated;
  const summary = await fileFares(csv);
  step(`imported ${summary.replaceAll(/\s+/g, ' ')}`);

  const issuer = await start('ticket-issuer', { TICKET_ISSUER_URL: `demo:${join(dir.path, 'ticket-issuer')}` });
  const provider = await start('payment-provider', {
    PAYMENT_PROVIDER_URL: `demo:${join(dir.path, 'payment-provider')}`,
  });
  await Promise.all([issuer.ready(), provider.ready()]);
  const partners = ['ticket-issuer', 'payment-provider'];
  const names = serviceNames.filter((name) => name !== 'gateway' && !partners.includes(name));
  const addresses = {
    ...{ TICKET_ISSUER_URL: issuer.url, PAYMENT_PROVIDER_URL: provider.url },
    MAIL_URL: `file:${join(dir.path, 'mail')}`,
  };
  const all = new Map<string, Spawned>();
  for (const name of [...names, 'fare', 'rebuild-fares'] as const) {
    all.set(all.has(name) ? `${name}-2` : name, await start(name, addresses));
  }
  await Promise.all([...all.values()].map((each) => each.ready()));
  const at = (...of: string[]) => of.map((name) => all.get(name)!.url).join();
  const urls = {
    ACCOUNT_URL: at('account'),
    FARE_URL: at('fare', 'fare-2'),
    TRAVEL_URL: at('travel'),
    STOCK_URL: at('stock'),
    ORDER_URL: at('order'),
    PAYMENT_URL: at('payment'),
    OPERATIONS_URL: at('operations'),
    REGISTRY_URL: at('registry'),
  };
  const gateway = await start('gateway', urls);
  await gateway.ready();
  step(`${all.size + 1} processes are ready`);

  const query = `{ shopping(input: { origin: "BLR", destination: "DEL", departureDate: "2019-03-24" }) {
    price { total { amount } } offers(first: 1) { edges { node { seatsLeft } } }
    calendar { lowest { date price { amount } } } travel { airport { city } } } }`;
  interface Shopping {
    price: { total: { amount: string } };
    offers: { edges: { node: { seatsLeft: number | null } }[] };
  }
  async function shop(): Promise<Shopping> {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as { data: { shopping: Shopping }; errors?: unknown };
    assert.equal(errors, undefined, 'no shopper sees an error, whatever is killed');
    return data.shopping;
  }
  const priceIs = (amount: string) => eventually(async () => (await shop()).price.total.amount === amount);

  await priceIs(cheapest(csv));
  await eventually(async () => ((await shop()).offers.edges[0]!.node.seatsLeft ?? 0) > 0);
  step('the price is the file’s, and the departure is on sale');

  await fileFares(`${HEADER}\n${fare(901, 1500)}\n`);
  await priceIs('1500.00');
  step('a cheaper fare was filed and is shown');

  await Promise.all([all.get('fare')!.end('SIGKILL'), all.get('rebuild-fares')!.end('SIGKILL')]);
  for (let n = 0; n < 20; n++) assert.equal((await shop()).price.total.amount, '1500.00');
  await fileFares(`${HEADER}\n${fare(902, 1400)}\n`);
  await priceIs('1400.00');
  step('with one replica of fare and of rebuild-fares killed, the next change is shown, too');

  all.delete('fare');
  all.delete('rebuild-fares');
  const codes = await Promise.all([gateway, ...all.values()].map((each) => each.end('SIGTERM')));
  assert.deepEqual(new Set(codes), new Set([0]));
  step('all others stopped in order');
});
