// A consumer as a separate process in the worst cases: it can never rejoin its group, or resumes long after its session
// expired.
import { Redis } from 'ioredis';
import { Kafka, logLevel } from 'kafkajs';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { createConnection } from 'mysql2/promise';
import { shareStores } from '../../infra/system/stores.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { keepRunning } from '../../infra/process/lifecycle/supervisor.ts';
import { openWiring } from '../../infra/system/wiring.ts';
import { event } from '../../schema/events.ts';
import { cachedFares, settled } from '../kit/cached-fares.ts';
import { root } from '../kit/compose-file.ts';
import { eventually } from '../kit/eventually.ts';
import { runToEnd, spawned, type Spawned } from '../kit/spawned.ts';
import { strangerIn } from '../kit/stranger.ts';
import { aFare, NOON, openWorld, type World } from '../kit/world.ts';

const services = await openServices(['mariadb', 'redis', 'kafka']);
after(() => services[Symbol.asyncDispose]());

const log = openLog({ level: 'off', json: true });
const SESSION = 1500; // ms; short, so that a silent process is soon dropped from the group
const env = (name: string) => ({
  CLOCK: NOON,
  DATABASE_URL: services.mariadb.url.replace(/[^/]*$/, name),
  REDIS_URL: `${services.redis.url}?prefix=${name}.`,
  KAFKA_URL: `${services.kafka.url}?session=${SESSION}&prefix=${name}.`,
  OFFER_SIGNING_KEYS: randomBytes(32).toString('base64'),
  DEMO_DATA: 'off',
});

async function processOf(name: string, settings: Record<string, string>): Promise<Spawned> {
  const [port] = (await freePorts(1)) as [number];
  return spawned(name, ['node', 'infra/start.ts', name], { ...settings, PORT: String(port) }, port);
}

const brokers = [services.kafka.url.slice('kafka://'.length)];
const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING });
const admin = kafka.admin();
await admin.connect();
after(() => admin.disconnect());

/** Waits until the group has `count` members. */
const members = (group: string, count: number) =>
  eventually(async () => (await admin.describeGroups([group])).groups[0]!.members.length === count);

test('a consumer that can never continue ends its process with 1, and the supervisor starts another', async () => {
  const settings = env('crash');
  await runToEnd('migrate', ['node', 'infra/system/commands/migrate.ts'], settings);
  const [port] = (await freePorts(1)) as [number];
  const lines: string[] = [];
  const tellPid = '--import data:text/javascript,console.log(`pid:${process.pid}`)';
  const stop = keepRunning(
    {
      name: 'open-departures',
      args: [`${root}/infra/start.ts`, 'open-departures'],
      env: { ...settings, PORT: String(port), NODE_OPTIONS: tellPid },
    },
    (_, line) => lines.push(line),
    { first: 50, longest: 200 },
  );
  try {
    const get = async (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    const ready = () => eventually(async () => (await get('/readyz')).ok);
    const pids = () => lines.flatMap((line) => /^pid:(\d+)/.exec(line)?.[1] ?? []).map(Number);
    await ready();
    assert.match(
      await (await get('/metrics')).text(),
      /fareloom_consumer_lag\{group="open-departures",topic="departures"\} 0/,
    );

    const pid = pids().at(-1)!; // on a busy machine not the first: a starting broker can end one, too
    process.kill(pid, 'SIGSTOP');
    await members('crash.open-departures', 0);
    {
      await using _ = await strangerIn(brokers, 'crash.open-departures', 'crash.departures');
      process.kill(pid, 'SIGCONT'); // it can never rejoin its group
      await eventually(() => lines.some((line) => line.includes('a consumer has stopped for good')));
      await eventually(() => lines.some((line) => /^ended with code 1; restarts in 50 ms/.test(line)));
    }
    await ready();
    assert.notEqual(pids().at(-1), pid);
  } finally {
    await stop();
  }
});

const FIRST = '2026-03-24';
const VIEWS = 2; // of each cached day

test('a worker that was paused in mid-work for longer than its session writes nothing stale, and resets no offset', async (t) => {
  const settings = env('zombie');
  const { DATABASE_URL } = settings;
  const group = 'zombie.rebuild-fares';
  const redis = new Redis(services.redis.url);
  t.after(() => redis.disconnect());
  const writes = async () => Number(/cmdstat_eval:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0);
  const committed = async () => {
    const topics = await admin.fetchOffsets({ groupId: group });
    return topics.flatMap(({ partitions }) => partitions.map(({ offset }) => Number(offset)));
  };
  const { port: at, hostname } = new URL(DATABASE_URL);
  const database = await createConnection({ host: hostname, port: Number(at), user: 'root', multipleStatements: true });
  t.after(() => database.end());
  const waiting = async () => {
    const [rows] = await database.query(
      "select 1 from information_schema.processlist where state like 'Waiting for table%'",
    );
    return (rows as unknown[]).length;
  };
  const priceIn = async (world: Pick<World, 'config'>) =>
    JSON.stringify(
      (await cachedFares(world)).find(({ day, view }) => day.date === FIRST && view === 'flights')?.content,
    );

  await runToEnd('migrate', ['node', 'infra/system/commands/migrate.ts'], settings);
  await using zombie = await processOf('rebuild-fares', settings);
  await zombie.ready();
  const wiring = openWiring(readConfig(settings), log, {});
  const { fares } = await shareStores(wiring).stores.fare();
  const task = event(
    'fare.rebuild',
    { source: '/fare', subject: 'DEL-BLR', sequence: 0, now: wiring.now() },
    {
      ...{ origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY', currency: 'INR', dates: [FIRST] },
    },
  );
  const rebuild = () => wiring.bus.publish([{ topic: 'fare-tasks', key: 'DEL-BLR', value: JSON.stringify(task) }]);
  try {
    await fares.file([aFare({ fareBasis: 'Y', amount: 100_000 })], wiring.now());
    await rebuild();
    await eventually(async () => assert.match(await priceIn({ config: wiring.config }), /100000/));

    await database.query('lock tables zombie_fare.fare write');
    await rebuild();
    await eventually(async () => (await waiting()) === 1); // it has read the revision and waits for the fares
    zombie.signal('SIGSTOP');
    await database.query('unlock tables');
    await eventually(async () => (await waiting()) === 0); // the old fares are on their way to it
    await members(group, 0);
  } finally {
    await wiring.close();
  }

  await using heir = await openWorld({ servers: {}, env: settings });
  await heir.file([aFare({ fareBasis: 'Y', amount: 200_000 })]);
  await settled(heir, VIEWS);
  assert.match(await priceIn(heir), /200000/);
  const [before, done] = [await writes(), await committed()];
  zombie.signal('SIGCONT');
  await eventually(async () => (await writes()) > before);
  await members(group, 2);
  assert.match(await priceIn(heir), /200000/);
  (await committed()).forEach((offset, n) => assert.ok(offset >= done[n]!, `${offset} after ${done[n]}`));

  await heir.file([aFare({ fareBasis: 'Y', amount: 300_000 })]);
  await eventually(async () => assert.match(await priceIn(heir), /300000/));
  await settled(heir, VIEWS);
});
