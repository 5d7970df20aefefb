// The fare cache alone: when the days that it caches expire.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMemoryCache } from '../../infra/cache/cache.memory.ts';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openEmbeddedBus } from '../../infra/messaging/bus.embedded.ts';
import { topics } from '../../schema/events.ts';
import { fareGenerationKey } from '../../schema/terms/fare-generation.ts';
import { addDays } from '../../schema/values/days.ts';
import type { DayOf } from '../../subgraphs/fare/rules/day.ts';
import { usualShares } from '../../subgraphs/fare/rules/pricing.ts';
import { openFareCache } from '../../subgraphs/fare/store/fare-cache.ts';
import { openFares } from '../../subgraphs/fare/store/store.ts';
import { fareTables } from '../../subgraphs/fare/store/tables.ts';
import { SetClock } from '../../infra/process/set-clock.ts';
import { aFare, NOON } from '../kit/world.ts';

const MINUTE = 60_000;

/** The fare cache without the worker that fills it; reads that miss the cache are recorded as statements. */
async function openCached() {
  const clock = new SetClock(NOON);
  const { now } = clock;
  const log = openLog({ level: 'off', json: true });
  let statements = 0;
  const db = await openDatabase(fareTables, sqlite(':memory:'), log, { onQuery: () => void statements++, clock });
  const bus = openEmbeddedBus(':memory:', topics, now, log);
  const fares = openFares(db);
  const memory = openMemoryCache(now);
  const cache = openFareCache({ fares, cache: memory, bus, shares: usualShares, now, log });
  return {
    clock,
    fares,
    cache,
    memory,
    /** The number of days that are read without the database. */
    async cached(days: readonly DayOf[]): Promise<number> {
      let found = 0;
      for (const day of days) {
        const before = statements;
        await cache.read([{ ...day, view: 'lowest' }]);
        if (statements === before) found++;
      }
      return found;
    },
    [Symbol.asyncDispose]: async () => {
      await bus.close();
      await db.close();
    },
  };
}

test('days that are cached together expire evenly over three minutes, a quarter of an hour later', async () => {
  await using fare = await openCached();
  const { clock } = fare;
  const [firstDate, most] = ['2026-03-10', 200];
  const market = { origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY', currency: 'INR' } as const;
  const days = Array.from({ length: most }, (_, i) => ({ ...market, date: addDays(firstDate, i) }));
  await fare.fares.file([aFare({ firstDate, lastDate: days.at(-1)!.date })], clock.now());
  await fare.cache.rebuild(days);

  clock.advance(13.5 * MINUTE - 1);
  assert.equal(await fare.cached(days), most);
  clock.advance(1.5 * MINUTE + 1);
  const halfway = await fare.cached(days);
  assert.ok(halfway > 0.4 * most && halfway < 0.6 * most, `after 15 minutes ${halfway} are left`);
  clock.advance(1.5 * MINUTE);
  assert.equal(await fare.cached(days), 0);
});

test('cached answers about a route are retired by a new generation of the route, each time, and of no other route', async () => {
  await using fare = await openCached();
  const [route, other] = [
    { origin: 'DEL', destination: 'BLR' },
    { origin: 'BLR', destination: 'DEL' },
  ];
  const generations = () => fare.memory.getMany([route, other].map(fareGenerationKey));
  await fare.cache.retireAnswers([route, route]);
  const [first, untouched] = await generations();
  assert.equal(typeof first, 'string');
  assert.equal(untouched, null);
  await fare.cache.retireAnswers([]);
  assert.deepEqual(await generations(), [first, null]);
  await fare.cache.retireAnswers([route]);
  const [second] = await generations();
  assert.equal(typeof second, 'string');
  assert.notEqual(second, first);
});
