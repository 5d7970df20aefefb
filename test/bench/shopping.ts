// npm run bench -- shopping [FARES ...]: what a search costs the fare room, with ever more fares loaded; 1000 and 100000 unless told.
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRooms } from '../../infra/assembly/rooms.ts';
import { readConfig } from '../../infra/env.ts';
import { openLog } from '../../infra/log.ts';
import { openServices } from '../../infra/services/open.ts';
import { openWiring } from '../../infra/wiring.ts';
import { addDays } from '../../schema/shopping.ts';
import { createFareSubgraph } from '../../subgraphs/fare/subgraph.ts';
import { serve } from '../../subgraphs/serve.ts';
import { keeping, signed } from '../signed.ts';
import { FIRST, fileMany } from './many-fares.ts';
import { table } from './table.ts';

const AT_ONCE = 16; // requests under way
const ROUNDS = 6; // of one second each, the setups in turn: whatever slows the machine slows them all
const ROUND = 1000; // ms
const date = addDays(FIRST, 10);
const now = () => new Date(`${FIRST}T00:00:00Z`);
const log = openLog({ level: 'error', json: false });

const query = `query ($input: ShoppingInput!) { shopping(input: $input) {
  price { asOf total { amount currency } } calendar { days { date price { amount } } lowest { date } }
  offers(first: 10) { totalCount edges { node { id cabin total { amount currency } expiresAt offerToken } } } } }`;
const input = { origin: 'DEL', destination: 'BLR', departureDate: date };
const request = signed('fare', { query, variables: { input } }, { now: now() });

await using stack = new AsyncDisposableStack();
const services = stack.use(await openServices(['mariadb', 'redis', 'kafka']));
const folder = await mkdtemp(join(tmpdir(), 'shopping-bench-'));
stack.defer(() => rm(folder, { recursive: true }));

/** The fare room alone, with so many fares and no worker beside it. */
async function open(name: string, count: number, env: Record<string, string>) {
  const config = readConfig({ ...env, OFFER_SIGNING_KEYS: randomBytes(32).toString('base64') });
  const counts = { statements: 0 };
  const wiring = openWiring(config, log, { now, migrate: 'now', onQuery: () => void counts.statements++ });
  stack.defer(() => wiring.close());
  const room = await openRooms(wiring).fare();
  await fileMany(room.fares, count, now());
  const served = await serve(createFareSubgraph(room, wiring.offerKeys[0], now), { ...keeping('fare', now), log });
  stack.defer(served.close);
  const market = { origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY', currency: 'INR' } as const;
  const days = Array.from({ length: 15 }, (_, n) => ({ ...market, date: addDays(date, n - 7) }));
  return {
    name,
    counts,
    answered: 0,
    ms: 0,
    warm: () => room.cache.rebuild(days),
    async shop(): Promise<void> {
      const { status, body } = await served.handle(request);
      if (status !== 200 || !body.includes('"offerToken"')) throw new Error(`${name}: ${status} ${body}`);
    },
  };
}
type Setup = Awaited<ReturnType<typeof open>>;

async function round(setup: Setup): Promise<void> {
  const started = performance.now();
  const one = async () => {
    for (; performance.now() - started < ROUND; setup.answered++) await setup.shop();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  setup.ms += performance.now() - started;
}

const sizes = process.argv.slice(2).map(Number);
const setups: Setup[] = [];
for (const count of sizes.length ? sizes : [1000, 100_000]) {
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
const first = setups[0]!;
await first.shop(); // connections are made, the operation is parsed
await redis.flushall();
const anew = await open('the same, cold', 0, {
  DATABASE_URL: services.mariadb.url.replace(/[^/]*$/, `n${sizes[0] ?? 1000}`),
  REDIS_URL: `${services.redis.url}?prefix=cold.`,
  KAFKA_URL: `${services.kafka.url}?prefix=cold.`,
});
await new Promise((resolve) => setTimeout(resolve, 200)); // Redis connects: until then it is as good as away
anew.counts.statements = 0;
await anew.shop();
const cold = anew.counts.statements;

for (const setup of setups) await setup.warm();
await redis.config('RESETSTAT');
first.counts.statements = 0;
await first.shop();
const stats = [...(await redis.info('commandstats')).matchAll(/^cmdstat_(\S+):calls=(\d+)/gm)]
  .filter(([, name]) => !/^(info|config)/.test(name!))
  .map(([, name, calls]) => `${calls} ${name}`);
const whileHit = first.counts.statements;

for (const setup of setups) await round(setup);
for (const setup of setups) [setup.answered, setup.ms] = [0, 0]; // that was to warm up
for (let n = 0; n < ROUNDS; n++) for (const setup of setups) await round(setup);

const rate = ({ answered, ms }: Setup) => (answered / ms) * 1000;
table([
  ['price, calendar and offers', '', ''],
  ['Redis commands, all hits', stats.join(', '), 'aim 1'],
  ['SQL statements, all hits', String(whileHit), ''],
  ['SQL statements, cold', String(cold), 'aim 2 or fewer'],
  ...setups.map((setup): [string, string, string] => [
    setup.name,
    `${Math.round(rate(setup))} requests/s`,
    setup === first
      ? '1'
      : `${(rate(setup) / rate(first)).toFixed(3)} of the first${setup === inProcess ? '' : ', aim 0.95'}`,
  ]),
]);
