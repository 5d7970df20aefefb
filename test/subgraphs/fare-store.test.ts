// The fare store: how many statements it needs, that indexes answer its searches, and which events change what is on sale.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openMemoryCache } from '../../infra/cache/cache.memory.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openEmbeddedBus } from '../../infra/messaging/bus.embedded.ts';
import { waiting } from '../../infra/database/outbox.ts';
import { event, topics } from '../../schema/events.ts';
import { addDays } from '../../schema/values/days.ts';
import type { DayLowest, DayOf } from '../../subgraphs/fare/rules/day.ts';
import { usualShares } from '../../subgraphs/fare/rules/pricing.ts';
import { departureId } from '../../subgraphs/fare/rules/offers.ts';
import { openFareCache } from '../../subgraphs/fare/store/fare-cache.ts';
import { flightId } from '../../subgraphs/fare/store/rows.ts';
import { openSoldOut, type SeatsNews, soldOutOn } from '../../subgraphs/fare/store/sold-out-store.ts';
import { openFares } from '../../subgraphs/fare/store/store.ts';
import { fareTables } from '../../subgraphs/fare/store/tables.ts';
import { SetClock } from '../../infra/process/set-clock.ts';
import { aFare, on } from '../kit/world.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

/** An empty fare subgraph that records the statements sent to its database. */
async function openSubgraph() {
  const statements: string[] = [];
  const log = openLog({ level: 'off', json: true });
  const db = await openDatabase(fareTables, sqlite(':memory:'), log, { onQuery: (_, sql) => statements.push(sql) });
  /** The statements that this work sends. */
  async function counted(work: () => Promise<unknown>): Promise<string[]> {
    statements.length = 0;
    await work();
    return [...statements];
  }
  return { db, fares: openFares(db), counted, [Symbol.asyncDispose]: () => db.close() };
}

const AIRPORTS = ['DEL', 'BLR', 'BOM', 'CCU', 'COK', 'HYD', 'MAA', 'GOI', 'PNQ', 'AMD', 'JAI', 'LKO'];
const ROUTES = AIRPORTS.flatMap((origin) =>
  AIRPORTS.filter((destination) => destination !== origin).map((destination) => ({ origin, destination })),
);

test('a batch over many routes needs no more statements than one over a few', async () => {
  const batch = (routes: number, amount: number) =>
    Array.from({ length: 528 }, (_, i) =>
      aFare({ ...ROUTES[i % routes]!, flightNumber: `${1 + i}`, fareBasis: 'YFLEX', amount }),
    );
  const taken = async (routes: number) => {
    await using subgraph = await openSubgraph();
    const filing = async (amount: number) =>
      (await subgraph.counted(() => subgraph.fares.file(batch(routes, amount), NOW))).length;
    return { fresh: await filing(1000), changed: await filing(2000), duplicate: await filing(2000) };
  };
  const few = await taken(2);
  assert.deepEqual(await taken(132), few);
  assert.ok(few.fresh < 15 && few.changed < 20 && few.duplicate < 10, JSON.stringify(few));
});

test('every route that a batch touches gets its next revision, which its events have', async () => {
  await using subgraph = await openSubgraph();
  const [there, back] = [aFare(), aFare({ origin: 'BLR', destination: 'DEL' })];
  await subgraph.fares.file([there], NOW);
  await subgraph.fares.file([back, { ...there, amount: 1 }, there], NOW);
  assert.deepEqual(Object.fromEntries(await subgraph.fares.revisions(['DEL-BLR', 'BLR-DEL', 'DEL-BOM'])), {
    'DEL-BLR': 2,
    'BLR-DEL': 1,
    'DEL-BOM': 0,
  });
  const events = (await waiting(subgraph.db.read(), 100)).map(({ event }) => `${event.subject} ${event.sequence}`);
  assert.deepEqual(events.sort(), ['BLR-DEL 1', 'BLR-DEL 1', 'DEL-BLR 1', 'DEL-BLR 1', 'DEL-BLR 2', 'DEL-BLR 2']);
});

test('a fare filed without a capacity takes the first one, once, and announces its departure again', async () => {
  await using subgraph = await openSubgraph();
  const capacities = async () =>
    (await waiting(subgraph.db.read(), 100)).flatMap(({ event }) =>
      event.type === 'departure.scheduled'
        ? (event.data as { departures: { capacity: number | null }[] }).departures.map(({ capacity }) => capacity)
        : [],
    );
  await subgraph.fares.file([aFare()], NOW);
  assert.deepEqual(await subgraph.fares.file([aFare({ capacity: 20 })], NOW), {
    imported: 0,
    updated: 1,
    duplicates: 0,
  });
  assert.deepEqual(await capacities(), [null, 20]);
  for (const again of [aFare({ capacity: 20 }), aFare({ capacity: 30 }), aFare()]) {
    assert.deepEqual(await subgraph.fares.file([again], NOW), { imported: 0, updated: 0, duplicates: 1 });
  }
  assert.deepEqual(await capacities(), [null, 20]);
});

const dayOf = ({ origin, destination }: (typeof ROUTES)[number], date: string): DayOf => ({
  origin,
  destination,
  cabin: 'ECONOMY',
  currency: 'INR',
  date,
});

test('indexes answer a search: one-day fares by first date, fares of several days by last date, sold-out departures by day', async () => {
  await using subgraph = await openSubgraph();
  const wanted = ['2026-03-24', '2026-03-25', '2026-05-01'].map((date) => dayOf(ROUTES[0]!, date));
  const [soldOut, sql, ...more] = await subgraph.counted(() => subgraph.fares.onDays(wanted));
  assert.deepEqual(more, []);
  const planOf = async (statement: string) => {
    const steps: unknown = await subgraph.db.read().getConnection().execute(`explain query plan ${statement}`);
    return (steps as { detail: string }[]).map(({ detail }) => detail).filter((detail) => /SEARCH|SCAN/.test(detail));
  };
  const searches = await planOf(sql!);
  const market = 'origin=? AND destination=? AND cabin=? AND currency=? AND many_days=?';
  const byFirst = `USING INDEX fare_by_first_date (${market} AND first_date>? AND first_date<?)`;
  const byLast = `USING INDEX fare_by_last_date (${market} AND last_date>?)`;
  assert.deepEqual(
    searches.map((detail) => detail.slice(detail.indexOf('USING'))),
    [byFirst, byLast, byFirst, byLast], // two stretches of days, two branches each
    searches.join('\n'),
  );
  const byDate = 'USING INDEX sold_out_departure_by_date (origin=? AND destination=? AND date>? AND date<?)';
  assert.match((await planOf(soldOut!)).join(), new RegExp(byDate.replace(/[()?]/g, '\\$&')));
});

test('the largest number of markets in a request is answered, a hundred at once', async () => {
  await using subgraph = await openSubgraph();
  const dates = Array.from({ length: 8 }, (_, n) => addDays('2026-03-24', 20 * n)); // too far apart for one stretch
  const wanted = ROUTES.flatMap((route) => dates.map((date) => dayOf(route, date)));
  const [first, last] = [ROUTES[0]!, ROUTES.at(-1)!];
  const season = aFare({ ...first, ...on(dates[0]!), lastDate: dates[7]! });
  await subgraph.fares.file([season, aFare({ ...last, ...on(dates[7]!) })], NOW);
  let found: { amount: number }[][] = [];
  const statements = await subgraph.counted(async () => (found = await subgraph.fares.onDays(wanted)));
  assert.equal(wanted.length, 1056);
  assert.equal(statements.length, 12); // and one for all sold-out departures
  const counts = found.map((fares) => fares.length);
  assert.deepEqual(counts, [...Array<number>(8).fill(1), ...Array<number>(1047).fill(0), 1]);
});

test('a replica that writes old fares to the cache after newer ones replaces nothing, even if it then crashes', async () => {
  await using subgraph = await openSubgraph();
  const { now } = new SetClock(NOW.toISOString());
  const log = openLog({ level: 'off', json: true });
  const bus = openEmbeddedBus(':memory:', topics, now, log);
  const cache = openMemoryCache(now);
  const parts = { fares: subgraph.fares, bus, shares: usualShares, now, log };
  const fare = aFare({ fareBasis: 'YFLEX' });
  const day = { ...dayOf(fare, '2026-03-24'), view: 'lowest' as const };
  const fast = openFareCache({ ...parts, cache });
  const slow = openFareCache({
    ...parts,
    cache: {
      ...cache,
      async putMany(entries) {
        await subgraph.fares.file([{ ...fare, amount: 400_000 }], NOW);
        await fast.rebuild([day]);
        await cache.putMany(entries);
        throw new Error('the replica crashed before it could check');
      },
    },
  });
  await subgraph.fares.file([fare], NOW);
  await assert.rejects(slow.rebuild([day]), /crashed/);
  const [{ lowest }] = (await fast.read([day])) as [DayLowest];
  assert.deepEqual(lowest.map(([adult]) => adult), [400_000]); // prettier-ignore
  await bus.close();
});

test('only a newer event about an offered departure takes it off or on sale, and only then do its fares change', async () => {
  await using subgraph = await openSubgraph();
  const fare = aFare();
  const day = dayOf(fare, '2026-03-24');
  const departure = departureId(flightId(fare), day.date, day.cabin);
  await subgraph.fares.file([fare, { ...fare, brand: 'FLEX' }], NOW);
  const { mark } = openSoldOut(subgraph.db);
  const news = (type: SeatsNews['type'], sequence: number, subject = departure) =>
    event(
      type,
      { source: '/stock', subject, sequence, now: NOW },
      { departureId: subject, origin: 'DEL', destination: 'BLR' },
    );
  const isSoldOut = async () => (await soldOutOn(subgraph.db, [day])).has(departure);
  const revision = async () => (await subgraph.fares.revisions(['DEL-BLR'])).get('DEL-BLR');
  const steps: [events: SeatsNews[], turned: number, soldOut: boolean, revision: number][] = [
    [[], 0, false, 1],
    [[news('stock.sold-out', 9, 'another name')], 0, false, 1],
    [[news('stock.sold-out', 2)], 1, true, 2],
    [[news('stock.back-on-sale', 1)], 0, true, 2],
    [[news('stock.sold-out', 3)], 0, true, 2],
    [[news('stock.back-on-sale', 4)], 1, false, 3],
  ];
  for (const [events, ...expected] of steps)
    assert.deepEqual([await mark('mark-sold-out', events, NOW), await isSoldOut(), await revision()], expected);
});
