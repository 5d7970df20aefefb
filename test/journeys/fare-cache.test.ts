// The fare cache from the outside: how many cache calls and statements a search costs, and how soon it shows a change.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Bus } from '../../infra/messaging/bus.ts';
import type { Cache } from '../../infra/cache/cache.ts';
import type { Log } from '../../infra/logging/log.ts';
import { OutboxEvent } from '../../infra/database/outbox.ts';
import { event, eventTypes } from '../../schema/events.ts';
import { addDays } from '../../schema/values/days.ts';
import type { DayLookup } from '../../subgraphs/fare/store/fare-cache.ts';
import { eventually } from '../kit/eventually.ts';
import { failing } from '../kit/failing.ts';
import { aFare, on, openWorld, type World } from '../kit/world.ts';

const SECOND = 1_000; // ms
const MINUTE = 60 * SECOND;
const DATE = '2026-03-24';
const market = { origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY', currency: 'INR' } as const;

const parts = {
  price: 'price { total { amount } }',
  calendar: 'calendar { days { price { amount } } }',
  offers: 'offers { edges { node { total { amount } seatsLeft } } }',
};
const searched = (parts: string, change: object = {}) => {
  const input = { origin: 'DEL', destination: 'BLR', departureDate: DATE, ...change };
  return `shopping(input: ${JSON.stringify(input).replace(/"(\w+)":/g, '$1:')}) { ${parts} }`;
};
const SHOPPING = `{ ${searched(Object.values(parts).join(' '))} }`;

interface Options {
  cache?: (shipped: Cache) => Cache;
  /** Topics whose publications fail: the event waits, or is lost. */
  silent?: Set<string>;
}

/** A world that counts cache calls and database statements. */
async function openCounted({ cache = (shipped) => shipped, silent = new Set() }: Options = {}) {
  const seen = { gets: 0, puts: 0, sql: [] as { database: string; statement: string }[] };
  const counting = (port: Cache): Cache => ({
    ...port,
    getMany: (keys) => (seen.gets++, port.getMany(keys)),
    putMany: (entries) => (seen.puts++, port.putMany(entries)),
  });
  const filtered = (bus: Bus): Bus => ({
    ...bus,
    publish: async (messages) => {
      if (messages.some(({ topic }) => silent.has(topic))) throw new Error('silence, as the test wants it');
      await bus.publish(messages);
    },
  });
  const world = await openWorld({
    cache: (shipped) => counting(cache(shipped)),
    bus: filtered,
    // the relay polls its outbox independently
    onQuery: (database, statement) => void (statement.includes('outbox') || seen.sql.push({ database, statement })),
  });
  const { fares, cache: fareCache, db } = await world.stores.fare();

  /** The counts meanwhile. `loads` are the reads of fares. */
  async function during(work: () => Promise<unknown>) {
    Object.assign(seen, { gets: 0, puts: 0, sql: [] });
    await work();
    const of = (name: string) => seen.sql.filter(({ database }) => database === name).map(({ statement }) => statement);
    const loads = of('fare').filter((statement) => / from fare\b/.test(statement)).length;
    return { gets: seen.gets, puts: seen.puts, loads, sql: of('fare').length, stock: of('stock').length };
  }

  /** Resolves once all filed or missed days are in the cache. */
  const settled = () =>
    eventually(async () => {
      if (silent.size === 0 && (await db.read().count(OutboxEvent))) return false;
      const backlogs = ['rebuild-fares', 'open-departures'].map((group) => world.wiring.bus.backlog(group));
      return (await Promise.all(backlogs)).every((backlog) => backlog === 0);
    });

  const price = async () => (await ask(world, `{ ${searched(parts.price)} }`)).shopping?.price?.total.amount;
  return { world, fares, fareCache, during, settled, price, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}

interface Prices {
  shopping?: { price: { total: { amount: string } } | null };
}
async function ask(world: World, query = SHOPPING): Promise<Prices> {
  const { data, errors } = await world.graph<Prices>(query);
  assert.equal(errors, undefined);
  return data;
}

describe('a search', () => {
  const queries = {
    ...Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, `{ ${searched(part)} }`])),
    'price, calendar and offers': SHOPPING,
    'two routes and a day from today on': `{ a: ${searched(Object.values(parts).join(' '))}
      b: ${searched(Object.values(parts).join(' '), { origin: 'BLR', destination: 'DEL', departureDate: '2026-03-01' })} }`,
  };

  for (const [what, query] of Object.entries(queries)) {
    test(`for ${what} is one cache call and one read of fares when cold, and only the cache call when warm`, async () => {
      const silent = new Set<string>();
      await using counted = await openCounted({ silent });
      const { world, during, settled } = counted;
      await world.file([aFare(), aFare({ ...on('2026-03-01'), origin: 'BLR', destination: 'DEL' })]);
      await settled();
      world.clock.advance(20 * MINUTE); // longer than any entry lives
      silent.add('fare-tasks'); // the worker's statements would count, too
      const cold = await during(() => ask(world, query));
      assert.deepEqual([cold.gets, cold.loads], [1, 1]);
      assert.ok(cold.sql <= 2);

      silent.clear();
      world.clock.advance(3 * SECOND);
      await ask(world, query);
      await settled();
      const warm = await during(() => ask(world, query));
      assert.deepEqual([warm.gets, warm.sql], [1, 0]);
    });
  }

  test('for many offers is one statement for all their seats', async () => {
    await using counted = await openCounted();
    const { world, during, settled } = counted;
    await world.file(Array.from({ length: 60 }, (_, i) => aFare({ flightNumber: String(i), amount: 1000 + i })));
    await settled();
    const { stock } = await during(() => ask(world, SHOPPING.replace('offers', 'offers(first: 100)')));
    assert.equal(stock, 1);
  });

  test('that missed is a hit shortly after', async () => {
    await using counted = await openCounted();
    const { world, during } = counted;
    const first = await during(() => ask(world));
    assert.equal(first.loads, 1);
    await eventually(async () => {
      world.clock.advance(3 * SECOND); // a load is no longer reused
      return (await during(() => ask(world))).loads === 0;
    });
  });

  test('by fifty concurrent clients is one read of fares', async () => {
    const silent = new Set(['fare-tasks']);
    await using counted = await openCounted({ silent });
    const { world, during } = counted;
    const { gets, loads } = await during(() => Promise.all(Array.from({ length: 50 }, () => ask(world))));
    assert.deepEqual([gets, loads], [50, 1]);
  });

  test('is right while the cache fails, at one read of fares', async () => {
    const cache = (shipped: Cache) => failing(shipped, 'getMany', () => true);
    await using counted = await openCounted({ cache, silent: new Set(['fares', 'fare-tasks']) });
    const { world, during, price } = counted;
    for (const [flightNumber, amount, shown] of [
      ['1', 389_700, '3897.00'],
      ['2', 300_000, '3000.00'],
    ] as const) {
      // prettier-ignore
      await world.file([aFare({ flightNumber, amount })]);
      world.clock.advance(3 * SECOND);
      const { gets, loads } = await during(async () => assert.equal(await price(), shown));
      assert.deepEqual([gets, loads], [1, 1]);
    }
  });
});

test('an outage of the cache is logged once, and its end once, not at each search', async () => {
  const said: string[] = [];
  const hear = (message: string) => void (/cache/.test(message) && said.push(message));
  const log: Log = { debug: () => undefined, info: hear, warn: hear, error: hear, child: () => log };
  let away = true;
  await using world = await openWorld({ log, cache: (shipped) => failing(shipped, 'getMany', () => away) });
  for (let n = 0; n < 5; n++) await ask(world);
  away = false;
  for (let n = 0; n < 5; n++) await ask(world);
  assert.deepEqual(said, ['the cache did not answer; reading from the database', 'the cache answers again']);
});

describe('days that do not exist', () => {
  test('cost one read however often they are looked up, and are cached for a minute', async () => {
    const silent = new Set(['fare-tasks']);
    await using counted = await openCounted({ silent });
    const { world, fareCache, during, settled } = counted;
    const days = Array.from({ length: 10 }, (_, i): DayLookup => ({
      ...market,
      origin: 'JFK',
      date: addDays(DATE, i),
      view: 'lowest',
    }));
    const lookUp = async (times: number) => {
      for (let i = 0; i < times; i++) await fareCache.read(days);
    };
    assert.equal((await during(() => lookUp(1000))).loads, 1); // 10,000 look-ups
    world.clock.advance(2 * SECOND); // no worker wrote the missed days
    assert.equal((await during(() => lookUp(1000))).loads, 1);

    silent.clear();
    world.clock.advance(2 * SECOND);
    await lookUp(1);
    await settled();
    world.clock.advance(50 * SECOND);
    assert.equal((await during(() => lookUp(1000))).loads, 0);
    world.clock.advance(17 * SECOND);
    assert.equal((await during(() => lookUp(1000))).loads, 1);
  });

  test('are cached for less time than days with fares, which are cached for a quarter of an hour', async () => {
    const silent = new Set<string>();
    await using counted = await openCounted({ silent });
    const { world, fareCache, during, settled } = counted;
    await world.file([aFare()]);
    await settled();
    silent.add('fare-tasks');
    const read = () => during(() => fareCache.read([{ ...market, date: DATE, view: 'lowest' }]));
    world.clock.advance(13 * MINUTE);
    assert.equal((await read()).loads, 0);
    world.clock.advance(4 * MINUTE);
    assert.equal((await read()).loads, 1);
  });
});

describe('a changed fare', () => {
  const fare = (amount: number) => aFare({ fareBasis: 'Y', amount });

  test('is shown after its event', async () => {
    await using counted = await openCounted();
    const { world, during, settled, price } = counted;
    await world.file([fare(500_000)]);
    await settled();
    assert.equal((await during(async () => assert.equal(await price(), '5000.00'))).loads, 0); // cached
    for (const amount of [600_000, 400_000]) {
      assert.deepEqual(await world.file([fare(amount)]), { imported: 0, updated: 1, duplicates: 0 });
      await settled();
      const { loads } = await during(async () => assert.equal(await price(), `${amount / 100}.00`));
      assert.equal(loads, 0);
    }
  });

  test('whose event is lost is shown once the older cached entry has expired', async () => {
    const silent = new Set<string>();
    await using counted = await openCounted({ silent });
    const { world, settled, price } = counted;
    await world.file([fare(500_000)]);
    await settled();
    silent.add('fares');
    await world.file([fare(400_000)]);
    assert.equal(await price(), '5000.00');
    world.clock.advance(17 * MINUTE);
    assert.equal(await price(), '4000.00');
  });

  test('is never overwritten by a rebuild that read before it and writes after it', async () => {
    const [reached, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let writes = 0;
    const cache = (shipped: Cache): Cache => ({
      ...shipped,
      putMany: async (entries) => {
        reached.resolve();
        if (++writes === 1) await held.promise;
        await shipped.putMany(entries);
      },
    });
    await using counted = await openCounted({ cache, silent: new Set(['fares']) }); // no event, so the worker does nothing
    const { world, fareCache, during, price } = counted;
    const day = { ...market, date: DATE };
    await world.file([fare(500_000)]);
    const slow = fareCache.rebuild([day]);
    await reached.promise;
    await world.file([fare(400_000)]);
    assert.equal(await fareCache.rebuild([day]), 1);
    held.resolve();
    assert.equal(await slow, 1);
    const { loads } = await during(async () => assert.equal(await price(), '4000.00'));
    assert.equal(loads, 0); // the cache answered
  });
});

test('a thousand tasks for one route cause only a few rebuilds', async (t) => {
  await using counted = await openCounted();
  const { world, during, settled } = counted;
  await world.file([aFare()]);
  await settled();
  const about = { source: '/fare', subject: 'DEL-BLR', sequence: 0, now: world.clock.now() };
  const dates = Array.from({ length: 15 }, (_, i) => addDays(DATE, i - 7));
  const { topic } = eventTypes['fare.rebuild'];
  const { puts, loads } = await during(async () => {
    for (let i = 0; i < 1000; i++) {
      const task = event('fare.rebuild', about, { ...market, dates });
      await world.wiring.bus.publish([{ topic, key: task.subject, value: JSON.stringify(task) }]);
    }
    await settled();
  });
  t.diagnostic(`1,000 tasks became ${puts} rebuilds`);
  assert.ok(puts >= 1 && puts <= 20, `${puts} rebuilds`);
  assert.equal(loads, puts);
});
