// npm run bench -- rebuild [DAYS]: how fast the worker rebuilds days from Kafka tasks, compared with plain Redis writes.
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { setTimeout as wait } from 'node:timers/promises';
import { shareStores } from '../../infra/system/stores.ts';
import type { CacheEntry } from '../../infra/cache/cache.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { openWiring } from '../../infra/system/wiring.ts';
import { event } from '../../schema/events.ts';
import { addDays } from '../../schema/values/days.ts';
import { routeOf } from '../../subgraphs/fare/store/route-store.ts';
import { rebuildFares } from '../../workers/rebuild-fares.ts';
import { countCpu } from './cpu.ts';
import { table } from './table.ts';
import { DAYS_FILED, FARES_OF_ROUTE, fileMany, FIRST, routes } from './many-fares.ts';

const DAYS_IN_TASK = 15; // the days of a calendar
const ROUTES = 36; // enough to keep every partition busy
const VIEWS = 2; // per day
const LOOK_EVERY = 100; // ms; polling more often would take processor time from the worker
const IN_PIPELINE = 400; // the worker's own batch size

const days = Number(process.argv[2] ?? 300_000);
await using stack = new AsyncDisposableStack();
const services = stack.use(await openServices(['mariadb', 'redis', 'kafka']));

const payloads: CacheEntry[] = [];
let [written, warm] = [0, false];
const log = openLog({ level: 'warn', json: false });
const config = readConfig({
  DATABASE_URL: services.mariadb.url,
  REDIS_URL: services.redis.url,
  KAFKA_URL: services.kafka.url,
  OFFER_SIGNING_KEYS: randomBytes(32).toString('base64'),
});
const wiring = openWiring(config, log, {
  now: () => new Date(`${FIRST}T00:00:00Z`),
  migrate: 'now',
  cache: (shipped) => ({
    ...shipped,
    async putMany(entries) {
      await shipped.putMany(entries);
      written += entries.length;
      if (!warm) payloads.push(...entries); // only during the warm-up
    },
  }),
});
stack.defer(() => wiring.close());
const { open, stores } = shareStores(wiring);
const { fares } = await stores.fare();
await fileMany(fares, ROUTES * FARES_OF_ROUTE, wiring.now());

const tasks = Array.from({ length: Math.ceil(days / DAYS_IN_TASK) }, (_, n) => {
  const market = {
    ...routes[n % ROUTES]!,
    cabin: 'ECONOMY',
    currency: 'INR',
  } as const;
  const first = addDays(FIRST, (Math.floor(n / ROUTES) * DAYS_IN_TASK) % (DAYS_FILED - DAYS_IN_TASK));
  const dates = Array.from({ length: DAYS_IN_TASK }, (_, i) => addDays(first, i));
  const about = { source: '/fare', subject: routeOf(market), sequence: 0, now: wiring.now() };
  const task = event('fare.rebuild', about, { ...market, dates });
  return { topic: 'fare-tasks', key: task.subject, value: JSON.stringify(task) };
});

async function untilDone(): Promise<number> {
  const stop = await rebuildFares.start(open, wiring);
  const started = performance.now(); // joining a group takes the same time for any amount of work
  while ((await wiring.bus.backlog('rebuild-fares')) > 0) await wait(LOOK_EVERY);
  const seconds = (performance.now() - started) / 1000;
  await stop();
  return seconds;
}

// once to warm up, which also lets the group commit; then measured
await wiring.bus.publish(tasks.slice(0, 60));
await untilDone();
await wiring.bus.publish(tasks);
[written, warm] = [0, true];
const cpuOfRebuild = countCpu();
const seconds = await untilDone();
const cpu = cpuOfRebuild(written);
const rebuilt = written / seconds;

const redis = new Redis(services.redis.url);
stack.defer(() => redis.disconnect());
async function rawSets(count: number): Promise<number> {
  const started = performance.now();
  for (let done = 0; done < count; done += IN_PIPELINE) {
    const pipeline = redis.pipeline();
    for (let i = done; i < Math.min(count, done + IN_PIPELINE); i++) {
      const { key, revision, value, ttl } = payloads[i % payloads.length]!;
      pipeline.set(key, `${revision}:${value}`, 'PX', Math.ceil(ttl));
    }
    await pipeline.exec();
  }
  return count / ((performance.now() - started) / 1000);
}
await rawSets(written);
const cpuOfRaw = countCpu();
const raw = await rawSets(written);
const rawCpu = cpuOfRaw(written);
const bytes = payloads.reduce((sum, { value }) => sum + value.length, 0) / payloads.length;

table([
  ['keys written', String(written), `${tasks.length} tasks of ${DAYS_IN_TASK} days, ${VIEWS} keys a day, merged`],
  ['days asked for', String(tasks.length * DAYS_IN_TASK), ''],
  ['mean value', `${Math.round(bytes)} bytes`, ''],
  [
    'rebuilt, end to end from Kafka',
    `${Math.round(rebuilt)} keys/s`,
    `${seconds.toFixed(2)} s, including the last poll`,
  ],
  ['processor time', 'us a key', cpu],
  ['raw SET, pipelined', `${Math.round(raw)} keys/s`, 'such payloads, from Node'],
  ['processor time', 'us a key', rawCpu],
  ['ratio', (rebuilt / raw).toFixed(3), 'aim 0.8'],
]);
