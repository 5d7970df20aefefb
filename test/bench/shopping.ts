// npm run bench -- shopping [FARES ...]: what a search costs the fare subgraph at growing numbers of fares; by default 1000, 100000 and 1000000.
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { subgraphOn } from '../kit/parts.ts';
import { shareStores } from '../../infra/system/stores.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { openWiring } from '../../infra/system/wiring.ts';
import { addDays } from '../../schema/values/days.ts';
import { fare } from '../../subgraphs/fare/subgraph.ts';
import { serve } from '../../subgraphs/runtime/serve.ts';
import { keeping, signed } from '../kit/signed.ts';
import { FIRST, fileMany } from './many-fares.ts';
import { table } from './table.ts';

const AT_ONCE = 16; // requests under way
const ROUNDS = 75; // the setups alternate, so that a slow machine slows all of them, and the median ignores it
const ROUND = 200; // ms
const date = addDays(FIRST, 10);
const now = () => new Date(`${FIRST}T00:00:00Z`);
const log = openLog({ level: 'error', json: false });

const query = `query ($input: ShoppingInput!) { shopping(input: $input) {
  price { asOf total { amount currency } } calendar { days { date price { amount } } lowest { date } }
  offers(first: 10) { totalCount edges { node { id cabin total { amount currency } expiresAt offerToken } } } } }`;
const input = { origin: 'DEL', destination: 'BLR', departureDate: date };
const request = signed('fare', { query, variables: { input } }, { now: now() });
const elsewhere = signed('fare', { query, variables: { input: { ...input, destination: 'BOM' } } }, { now: now() });

await using stack = new AsyncDisposableStack();
const services = stack.use(await openServices(['mariadb', 'redis', 'kafka']));
const folder = await mkdtemp(join(tmpdir(), 'shopping-bench-'));
stack.defer(() => rm(folder, { recursive: true }));

/** The fare subgraph alone, with `count` fares and no worker. */
async function open(name: string, count: number, env: Record<string, string>) {
  const config = readConfig({ ...env, OFFER_SIGNING_KEYS: randomBytes(32).toString('base64') });
  const wiring = openWiring(config, log, { now, migrate: 'now' });
  stack.defer(() => wiring.close());
  const stores = await shareStores(wiring).stores.fare();
  await fileMany(stores.fares, count, now());
  const served = await serve(await subgraphOn(fare, { stores, platform: wiring }), { ...keeping('fare', now), log });
  stack.defer(served.close);
  const market = { origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY', currency: 'INR' } as const;
  const days = Array.from({ length: 15 }, (_, n) => ({ ...market, date: addDays(date, n - 7) }));
  return {
    name,
    /** Opens connections and parses the operation, with the same search on another route. */
    meet: () => served.handle(elsewhere),
    /** Requests per second, in each round. */
    rates: [] as number[],
    warm: () => stores.cache.rebuild(days),
    async shop(): Promise<void> {
      const { status, body } = await served.handle(request);
      if (status !== 200 || !String(body).includes('"offerToken"'))
        throw new Error(`${name}: ${status} ${String(body)}`);
    },
  };
}
type Setup = Awaited<ReturnType<typeof open>>;

async function round(setup: Setup): Promise<void> {
  let answered = 0;
  const started = performance.now();
  const one = async () => {
    for (; performance.now() - started < ROUND; answered++) await setup.shop();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  setup.rates.push((answered / (performance.now() - started)) * 1000);
}

const sizes = process.argv.slice(2).map(Number);
const setups: Setup[] = [];
for (const count of sizes.length ? sizes : [1000, 100_000, 1_000_000]) {
  const started = performance.now();
  const at = (url: string) => `${url}?prefix=n${count}.`;
  const env = {
    DATABASE_URL: services.mariadb.url.replace(/[^/]*$/, `n${count}`),
    REDIS_URL: at(services.redis.url),
    KAFKA_URL: at(services.kafka.url),
  };
  setups.push(await open(`${count} fares, MariaDB and Redis`, count, env));
  process.stderr.write(`${count} fares filed in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}
const embedded = { DATABASE_URL: `sqlite:${folder}`, KAFKA_URL: `sqlite:${folder}` };
const inProcess = await open('1000 fares, SQLite and memory', 1000, embedded);
setups.push(inProcess);

const redis = new Redis(services.redis.url);
stack.defer(() => redis.disconnect());
const server = await createConnection({ uri: services.mariadb.url.replace(/^\w+(.*)\/[^/]*$/, 'mysql$1') });
stack.defer(() => server.end());
await server.query("set global log_output = 'TABLE'");

/** The statements that the server received during the work, from its general log. */
async function statements(work: () => Promise<void>): Promise<string> {
  await server.query('truncate table mysql.general_log');
  await server.query('set global general_log = 1');
  await work();
  await server.query('set global general_log = 0');
  const [rows] = await server.query<RowDataPacket[]>(
    `select regexp_substr(convert(argument using utf8mb4), '^[a-z]+') as verb from mysql.general_log
     where command_type in ('Query', 'Execute') and thread_id <> connection_id()`,
  );
  return counted(rows.map(({ verb }) => String(verb)));
}

/** The commands that Redis received during the work, from its own statistics. */
async function commands(work: () => Promise<void>): Promise<string> {
  await redis.config('RESETSTAT');
  await work();
  const stats = [...(await redis.info('commandstats')).matchAll(/^cmdstat_([^:|]+)\S*:calls=(\d+)/gm)];
  return counted(stats.flatMap(([, name, calls]) => Array<string>(Number(calls)).fill(name!)).filter(isOurs));
}
const isOurs = (command: string): boolean => !/^(info|config)$/.test(command);

function counted(names: readonly string[]): string {
  const each = [...Map.groupBy(names, (name) => name)].map(([name, all]) => `${all.length} ${name}`);
  return each.join(', ') || 'none';
}

const first = setups[0]!;
for (const setup of setups) await setup.meet();
await wait(200); // until Redis is connected
const cold = await statements(() => first.shop());
await redis.flushall();
for (const setup of setups) await setup.warm();
const trips = await commands(() => first.shop());
const whileHit = await statements(() => first.shop());

for (const setup of setups) await round(setup);
for (const setup of setups) setup.rates = []; // discards the warm-up
for (let n = 0; n < ROUNDS; n++) for (const setup of setups) await round(setup);

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const ofTheFirst = ({ rates }: Setup) => median(rates.map((rate, n) => rate / first.rates[n]!)).toFixed(3);
table([
  ['price, calendar and offers', '', ''],
  ['Redis commands, all hits', trips, 'by commandstats; aim 1'],
  ['SQL statements, all hits', whileHit, 'by the general log'],
  ['SQL statements, cold', cold, 'by the general log; aim 2 or fewer'],
  ...setups.map((setup): [string, string, string] => [
    setup.name,
    `${Math.round(median(setup.rates))} requests/s`,
    setup === first ? '1' : `${ofTheFirst(setup)} of the first${setup === inProcess ? '' : ', aim 0.95'}`,
  ]),
]);
