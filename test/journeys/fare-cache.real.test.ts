// Consistency of the fare cache under faults, on MariaDB, Redis and Kafka: whatever happens to its writers and readers,
// it finally equals the database, and no response presents old data as new.
import { Redis } from 'ioredis';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import type { Bus } from '../../infra/messaging/bus.ts';
import type { Message } from '../../infra/messaging/message.ts';
import type { Cache, CacheEntry } from '../../infra/cache/cache.ts';
import { shareStores } from '../../infra/system/stores.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { type Event, event } from '../../schema/events.ts';
import { openWiring } from '../../infra/system/wiring.ts';
import { addDays } from '../../schema/values/days.ts';
import { routeOf } from '../../subgraphs/fare/store/route-store.ts';
import { rebuildFares } from '../../workers/rebuild-fares.ts';
import { cachedFares, settled, wrongOf } from '../kit/cached-fares.ts';
import { gate } from '../contracts/bus.ts';
import { eventually } from '../kit/eventually.ts';
import { aFare, NOON, on, openWorld, type World, type WorldOptions } from '../kit/world.ts';

const services = await openServices(['mariadb', 'redis', 'kafka']);
const redis = new Redis(services.redis.url, { retryStrategy: () => 20 });
redis.on('error', () => undefined); // it is killed below
after(async () => {
  redis.disconnect();
  await services[Symbol.asyncDispose]();
});

const SESSION = 1500; // ms; short, so that the group soon drops a member that died
const servers = {
  DATABASE_URL: services.mariadb.url,
  REDIS_URL: services.redis.url,
  KAFKA_URL: `${services.kafka.url}?session=${SESSION}`,
};
const FIRST = '2026-03-24';
const VIEWS = 2; // per cached day
const CALENDAR = 15; // days that one search reads
const LATER = 3000; // ms; a process reuses what it loaded for two seconds

/** Another process of the world's system, with its clock at the world's time. */
const another = ({ config, clock }: World, options: WorldOptions = {}) => {
  const { DATABASE_URL, REDIS_URL, KAFKA_URL } = config;
  const env = { DATABASE_URL, REDIS_URL, KAFKA_URL, OFFER_SIGNING_KEYS: randomBytes(32).toString('base64') };
  return openWorld({ servers: {}, env, now: clock.now().toISOString(), ...options });
};

interface Seen {
  date: string;
  amount: string;
  asOf: string;
}

const query = `query ($input: ShoppingInput!) { shopping(input: $input) {
  price { asOf total { amount } } calendar { days { date asOf price { amount } } } } }`;

/** All prices that a shopper sees: of the day and of its calendar. No shopper may see an error. */
async function shop(world: World, date = FIRST): Promise<Seen[]> {
  const input = { origin: 'DEL', destination: 'BLR', departureDate: date };
  const { data, errors, text } = await world.graph<{
    shopping: {
      price: { asOf: string; total: { amount: string } } | null;
      calendar: { days: { date: string; asOf: string; price: { amount: string } | null }[] } | null;
    };
  }>(query, { input });
  assert.equal(errors, undefined, text);
  const { price, calendar } = data.shopping;
  const days = calendar!.days.flatMap(({ price: of, ...day }) => (of ? [{ ...day, amount: of.amount }] : []));
  return price ? [{ date, amount: price.total.amount, asOf: price.asOf }, ...days] : days;
}

const priceOf = async (world: World, date = FIRST) =>
  (await shop(world, date)).find((seen) => seen.date === date)?.amount;

/** Records what was written when, by the clock of these worlds, to judge responses. */
function openLedger(...worlds: World[]) {
  const written = new Map<string, { amount: string; committed: Date }[]>();
  let last = 4000;
  const tick = (ms = 1) => worlds.forEach(({ clock }) => clock.advance(ms));

  return {
    tick,
    join: (world: World) => void worlds.push(world),
    /** Files a price that the day never had. */
    async change(date = FIRST, through = worlds[0]!): Promise<string> {
      const amount = `${++last}.00`;
      const list = written.get(date) ?? [];
      written.set(date, list);
      const entry = { amount, committed: new Date(8.64e15) }; // visible from now on
      list.push(entry);
      tick();
      await through.file([aFare({ ...on(date), fareBasis: 'Y', amount: last * 100 })]);
      entry.committed = through.clock.now();
      tick();
      return amount;
    },
    /** Asserts that each price seen was filed, and was not replaced before its `asOf`. */
    judge(answer: readonly Seen[]): void {
      for (const { date, amount, asOf } of answer) {
        const list = written.get(date)!;
        const at = list.findIndex((entry) => entry.amount === amount);
        assert.ok(at >= 0, `${amount} was never filed for ${date}`);
        const next = list[at + 1];
        assert.ok(!next || new Date(asOf) <= next.committed, `${amount} of ${date} is said to be of ${asOf}`);
      }
    },
    latest: (date = FIRST) => written.get(date)!.at(-1)!.amount,
  };
}

/** Shoppers who search one request after the other, until `enough` returns true or one of them fails. */
async function shoppers(
  count: number,
  shopOnce: (n: number) => Promise<unknown>,
  enough: () => boolean,
): Promise<void> {
  let n = 0;
  let failed = false;
  const one = async () => {
    while (!failed && !enough()) {
      await shopOnce(n++).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: count }, one));
  const failure = ended.find(({ status }) => status === 'rejected');
  if (failure) throw (failure as PromiseRejectedResult).reason;
}

const ofFares = (entries: readonly CacheEntry[]) => entries.some(({ key }) => key.startsWith('fare:'));
const FARES_READ = /^select .* from fare\b/s;

test('a worker delayed between its read and its write does not overwrite a newer day with an old one', async () => {
  const held = gate();
  const late = Promise.withResolvers<(string | null)[]>();
  let first = true;
  const cache = (shipped: Cache): Cache => ({
    ...shipped,
    async putMany(entries) {
      if (!first || !ofFares(entries)) return shipped.putMany(entries);
      first = false;
      await held.pass();
      await shipped.putMany(entries);
      late.resolve(await shipped.getMany(entries.map(({ key }) => key)));
    },
  });
  await using world = await openWorld({ servers, cache });
  const ledger = openLedger(world);
  const old = await ledger.change();
  await held.reached;
  const fresh = await ledger.change();
  // the change itself waits behind the delayed worker; a reader's miss makes the worker of another partition rebuild
  // the day
  await eventually(async () => {
    ledger.tick(LATER);
    assert.equal(await priceOf(world), fresh);
    const entries = await cachedFares(world);
    return entries.some(({ day }) => day.date === FIRST);
  });
  held.open();
  const after = (await late.promise).join();
  assert.match(after, new RegExp(fresh.replace('.', '')));
  assert.doesNotMatch(after, new RegExp(old.replace('.', '')));
  await settled(world, VIEWS * CALENDAR);
});

test('a reader that began before a write leaves no old data in the cache', async () => {
  const held = gate();
  let armed = false;
  const bus = (shipped: Bus): Bus => ({
    ...shipped,
    async publish(messages) {
      if (armed && messages.some(({ topic }) => topic === 'fare-tasks')) await held.pass();
      return shipped.publish(messages);
    },
  });
  await using world = await openWorld({ servers, bus });
  const ledger = openLedger(world);
  const old = await ledger.change();
  await settled(world, VIEWS);
  await redis.flushall();
  armed = true;
  assert.equal(await priceOf(world), old);
  await held.reached;
  const fresh = await ledger.change();
  await settled(world, VIEWS);
  armed = false;
  held.open();
  await settled(world);
  ledger.tick(LATER);
  assert.equal(await priceOf(world), fresh);
  await eventually(() => settled(world, VIEWS * CALENDAR));
});

test('a worker delayed while the cache was emptied restores the old day only until its next check', async () => {
  const held = gate();
  const late = Promise.withResolvers<void>();
  let armed = false;
  const cache = (shipped: Cache): Cache => ({
    ...shipped,
    async putMany(entries) {
      if (!armed || !ofFares(entries)) return shipped.putMany(entries);
      armed = false;
      await held.pass();
      await shipped.putMany(entries);
      late.resolve();
    },
  });
  await using world = await openWorld({ servers, cache });
  const ledger = openLedger(world);
  await ledger.change();
  await settled(world, VIEWS);
  armed = true;
  const market = { origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY', currency: 'INR' } as const;
  const about = { source: '/fare', subject: routeOf(market), sequence: 0, now: world.clock.now() };
  const task = event('fare.rebuild', about, { ...market, dates: [FIRST] });
  await world.wiring.bus.publish([{ topic: 'fare-tasks', key: task.subject, value: JSON.stringify(task) }]);
  await held.reached;
  const fresh = (await ledger.change()).replace('.', '');
  const cachedPrices = async () => JSON.stringify((await cachedFares(world)).map(({ content }) => content));
  await eventually(async () => assert.match(await cachedPrices(), new RegExp(fresh)));
  await redis.flushall();
  held.open();
  await late.promise;
  await settled(world, VIEWS);
  assert.match(await cachedPrices(), new RegExp(fresh));
});

test('with workers joining and leaving, and events duplicated and out of order, the cache equals the database', async (t) => {
  const heard: Message[] = [];
  const bus = (shipped: Bus): Bus => ({
    ...shipped,
    async publish(messages) {
      heard.push(...messages.filter(({ topic }) => topic !== 'departures'));
      return shipped.publish(messages);
    },
  });
  await using a = await openWorld({ servers, bus });
  await using b = await another(a, { bus });
  const ledger = openLedger(a, b);
  const dates = [FIRST, '2026-03-25', '2026-03-28'];
  for (const date of dates) await ledger.change(date);

  let over = false;
  let answers = 0;
  const load = shoppers(
    6,
    async (n) => {
      ledger.tick(50);
      ledger.judge(await shop(n % 2 ? a : b, dates[n % 3]));
      answers++;
    },
    () => over,
  );
  try {
    for (let round = 0; round < 3; round++) {
      const guest = await another(a); // it joins and leaves: two rebalances
      ledger.join(guest);
      for (let n = 0; n < 10; n++) {
        await ledger.change(dates[(n + round) % 3], n % 2 ? a : b);
        await a.wiring.bus.publish(heard.slice(-20).reverse());
      }
      await guest[Symbol.asyncDispose]();
      for (const date of dates) await ledger.change(date);
    }
  } finally {
    over = true;
    await load;
  }
  t.diagnostic(`${answers} answers, ${heard.length} events, half of them again`);
  const entries = await settled(a);
  assert.ok(entries.length >= VIEWS * CALENDAR);
  ledger.tick(LATER);
  for (const world of [a, b]) for (const date of dates) assert.equal(await priceOf(world, date), ledger.latest(date));
});

test('FLUSHALL under load costs at most one database load per key and process; responses stay right and the cache refills', async (t) => {
  const processes: { world: World; loads: Map<string, number>; selects: number; rebuilds: number }[] = [];
  await using stack = new AsyncDisposableStack();

  async function open(): Promise<void> {
    const counts = { loads: new Map<string, number>(), selects: 0, rebuilds: 0 };
    const options: WorldOptions = {
      onQuery: (database, sql) => void (database === 'fare' && FARES_READ.test(sql) && counts.selects++),
      cache: (shipped) => ({
        ...shipped,
        async putMany(entries) {
          if (ofFares(entries)) counts.rebuilds++;
          return shipped.putMany(entries);
        },
      }),
      bus: (shipped) => ({
        ...shipped,
        async publish(messages) {
          // after each load a reader publishes one task that names its days
          for (const { value } of messages.filter(({ topic }) => topic === 'fare-tasks')) {
            const { data } = JSON.parse(value!) as Event<'fare.rebuild'>;
            for (const date of data.dates) counts.loads.set(date, (counts.loads.get(date) ?? 0) + 1);
          }
          return shipped.publish(messages);
        },
      }),
    };
    const first = processes[0]?.world;
    const world = stack.use(await (first ? another(first, options) : openWorld({ servers, ...options })));
    processes.push(Object.assign(counts, { world }));
  }

  await open();
  await open();
  const worlds = processes.map(({ world }) => world);
  const ledger = openLedger(...worlds);
  const dates = Array.from({ length: 10 }, (_, n) => addDays(FIRST, 3 * n));
  for (const date of dates) await ledger.change(date);
  for (const date of dates) await shop(worlds[0]!, date);
  await eventually(() => settled(worlds[0]!, VIEWS * (27 + CALENDAR)));

  for (let round = 0; round < 3; round++) {
    ledger.tick(LATER); // loaded data has expired; the clock stands still within the round
    for (const process of processes) {
      process.loads.clear();
      [process.selects, process.rebuilds] = [0, 0];
    }
    let answers = 0;
    let flushed = false;
    await shoppers(
      40,
      async (n) => {
        if (n === 100) flushed = !!(await redis.flushall());
        ledger.judge(await shop(worlds[n % 2]!, dates[n % dates.length]));
        answers++;
      },
      () => answers > 400,
    );
    assert.ok(flushed);
    await eventually(() => settled(worlds[0]!, VIEWS * (27 + CALENDAR)));
    for (const { loads, selects, rebuilds } of processes) {
      assert.ok(Math.max(0, ...loads.values()) <= 1, `a day was loaded ${Math.max(...loads.values())} times`);
      assert.ok(
        selects <= loads.size + rebuilds,
        `${selects} statements for ${loads.size} loads and ${rebuilds} rebuilds`,
      );
      t.diagnostic(
        `${answers} answers: ${loads.size} days loaded by ${selects - rebuilds} statements, ${rebuilds} rebuilds`,
      );
    }
  }
});

test('Redis killed under load: every response is right and without errors, the connection pool bounds the load on the database, and the system recovers', async (t) => {
  const POOL = 4;
  let selects = 0;
  const DATABASE_URL = `${servers.DATABASE_URL}?pool=${POOL}`;
  await using world = await openWorld({
    servers: { ...servers, DATABASE_URL },
    onQuery: (database, sql) => void (database === 'fare' && FARES_READ.test(sql) && selects++),
  });
  const ledger = openLedger(world);
  const dates = Array.from({ length: 30 }, (_, n) => addDays(FIRST, n));
  for (const date of dates) await ledger.change(date);
  for (const date of dates) await shop(world, date);
  await settled(world);

  const { db } = await world.stores.fare();
  const connections = async () => {
    const open = 'select count(*) as n from information_schema.processlist where db = database()';
    const [row] = (await db.read().getConnection().execute(open)) as [{ n: number }];
    return Number(row.n);
  };
  let [answers, most, over] = [0, 0, false];
  const more = async (count: number) => {
    const until = answers + count;
    await eventually(() => answers >= until);
  };
  const load = shoppers(
    40,
    async (n) => {
      ledger.tick(100); // loaded data expires soon, so that searches do reach the database
      ledger.judge(await shop(world, dates[n % dates.length]));
      answers++;
      if (n % 10 === 0) most = Math.max(most, await connections());
    },
    () => over,
  );
  try {
    await more(200);
    selects = 0;
    await services.redis.kill();
    await more(200);
    const fresh = await ledger.change();
    await eventually(async () => assert.equal(await priceOf(world), fresh));
    await more(400);
    t.diagnostic(`without Redis: ${selects} statements, at most ${most} connections`);
    assert.ok(selects > 0, 'the database answered');
    await services.redis.restart();
    // the cache is in use again when searches need no statements
    await eventually(async () => {
      const before = selects;
      await more(100);
      return selects === before;
    });
  } finally {
    over = true;
    await load;
  }
  assert.ok(most <= POOL, `${most} connections to the fare database`);
  const entries = await settled(world);
  assert.ok(entries.length >= VIEWS * dates.length);
  t.diagnostic(`${answers} answers`);
});

test('a backlog of 600 tasks is processed in batches: each day is rebuilt a few times, not once per task', async (t) => {
  const [TASKS, DAYS] = [600, 20];
  const puts: number[] = [];
  const cache = (shipped: Cache): Cache => ({
    ...shipped,
    async putMany(entries) {
      puts.push(entries.length / VIEWS);
      return shipped.putMany(entries);
    },
  });
  const config = readConfig({
    DATABASE_URL: servers.DATABASE_URL.replace(/[^/]*$/, 'backlog'),
    REDIS_URL: `${servers.REDIS_URL}?prefix=backlog.`,
    KAFKA_URL: `${servers.KAFKA_URL}&prefix=backlog.`,
    OFFER_SIGNING_KEYS: randomBytes(32).toString('base64'),
  });
  const log = openLog({ level: 'nothing', json: false });
  const wiring = openWiring(config, log, { now: () => new Date(NOON), migrate: 'now', cache });
  await using closing = new AsyncDisposableStack();
  closing.defer(() => wiring.close());
  const { open, stores } = shareStores(wiring);
  const { fares } = await stores.fare();
  const { bus } = wiring;
  const start = () => rebuildFares.start(open, wiring);

  const dates = Array.from({ length: DAYS }, (_, n) => addDays(FIRST, n));
  await fares.file(
    dates.map((date) => aFare(on(date))),
    wiring.now(),
  );
  const taskOf = (n: number) => {
    const market = { origin: 'DEL', destination: n % 3 ? 'BLR' : 'BOM', cabin: 'ECONOMY', currency: 'INR' } as const;
    const about = { source: '/fare', subject: routeOf(market), sequence: 0, now: wiring.now() };
    const task = event('fare.rebuild', about, { ...market, dates: [dates[n % DAYS]!] });
    return { topic: 'fare-tasks', key: task.subject, value: JSON.stringify(task) };
  };
  const stop = await start();
  await bus.publish([taskOf(0)]);
  await eventually(() => puts.length === 1);
  await stop();
  puts.length = 0;
  await bus.publish(Array.from({ length: TASKS }, (_, n) => taskOf(n)));
  assert.equal(await bus.backlog('rebuild-fares'), TASKS);
  const started = performance.now();
  closing.defer(await start());
  await eventually(async () => (await bus.backlog('rebuild-fares')) === 0);
  const rebuilt = puts.reduce((sum, days) => sum + days, 0);
  const took = Math.round(performance.now() - started);
  t.diagnostic(`${TASKS} tasks in ${puts.length} batches, ${rebuilt} days rebuilt, ${took} ms`);
  assert.ok(puts.length <= TASKS / 50, `${puts.length} batches`);
  assert.ok(rebuilt <= puts.length * DAYS && rebuilt < TASKS / 2, `${rebuilt} days`);
  const entries = await cachedFares({ config });
  assert.equal(entries.length, VIEWS * 2 * DAYS, 'of both routes, the one without fares too');
  assert.deepEqual(await wrongOf({ stores: stores }, entries), []);
});
