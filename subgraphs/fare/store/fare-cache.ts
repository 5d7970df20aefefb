// Days of fares, read through the cache. Readers never write to the cache: on a miss they answer from the database and
// request a rebuild. Only the worker rebuild-fares writes, so that a slow reader cannot put an old value back.
import { grouped } from '../../../schema/values/non-empty.ts';
import { paired } from '../../../schema/values/paired.ts';
import { randomUUID } from 'node:crypto';
import type { Bus } from '../../../infra/messaging/bus.ts';
import type { Cache, CacheEntry } from '../../../infra/cache/cache.ts';
import type { Clock } from '../../../infra/process/clock.ts';
import type { Log } from '../../../infra/logging/log.ts';
import { openOutage } from '../../../infra/process/outage.ts';
import { event, eventTypes } from '../../../schema/events.ts';
import { fareGenerationKey, GENERATION_KEPT_FOR } from '../../../schema/terms/fare-generation.ts';
import { addDays } from '../../../schema/values/days.ts';
import { type Day, dayName, dayOf, type DayLowest, type DayOf, lowestOf, marketOf } from '../rules/day.ts';
import type { SharesByCarrier } from '../rules/pricing.ts';
import { routeOf } from './route-store.ts';
import type { Fares } from './store.ts';
import { MINUTE } from '../../../schema/terms/durations.ts';

/** What is cached of a day: all flights, or only the part that the calendar needs. */
export interface Views {
  flights: Day;
  lowest: DayLowest;
}
export type View = keyof Views;

/** One look-up: which view of which day. */
export interface DayLookup extends DayOf {
  view: View;
}

export interface FareCache {
  /** The requested views, in order: one round trip to the cache, and at most one query for all misses. */
  read(wanted: readonly DayLookup[]): Promise<(Day | DayLowest)[]>;
  /** Caches these days as they are now in the database; skips past days. Returns the number of days rebuilt. */
  rebuild(days: readonly DayOf[]): Promise<number>;
  /** Invalidates the responses that gateways cache for these routes. Call it only after the rebuild, or new responses are stale. */
  retireAnswers(routes: readonly Pick<DayOf, 'origin' | 'destination'>[]): Promise<void>;
}

const KEPT_FOR = 15 * MINUTE; // changes arrive as events; this limits the effect of a lost one
const EMPTY_KEPT_FOR = MINUTE; // short, as any client can request days that have no fares
const SPREAD = 0.2; // keys written together expire up to this part of their time apart
const HELD_FOR = 2_000; // ms that a load is shared before the worker has written the key: one load per key, not per reader
const REBUILT_AT_A_TIME = 200; // days in one query and one pipeline

/** Increase the number whenever the stored shape changes, so that old entries are not misread. */
const keyOf = (day: DayOf, view: View): string => `fare:1:${dayName(day)}:${view}`;

export function openFareCache(parts: {
  fares: Fares;
  cache: Cache;
  bus: Bus;
  shares: SharesByCarrier;
  now: Clock;
  log: Log;
}): FareCache {
  const { fares, cache, bus, shares, now, log } = parts;
  const loads = new Map<string, { day: Promise<Day>; until: number }>(); // in order of loading
  const absent = openOutage(log, 'the cache answers again');
  const mute = openOutage(log, 'fare rebuild requests are published again');

  async function cached(keys: readonly string[]): Promise<(string | null)[]> {
    try {
      const values = await cache.getMany(keys);
      absent.ended();
      return values;
    } catch (error) {
      absent.began('the cache did not answer; reading from the database', error);
      return keys.map(() => null);
    }
  }

  async function load(days: readonly DayOf[]): Promise<Day[]> {
    const asOf = now().toISOString(); // taken before the read, so that it is never later than the data
    return (await fares.onDays(days)).map((onDay) => dayOf(onDay, shares, asOf));
  }

  /** Days that missed the cache: joins loads that are running; all others are one query and one rebuild task per market. */
  function loaded(days: readonly DayOf[]): Promise<Day[]> {
    const time = now().getTime();
    for (const [name, { until }] of loads) if (until <= time) loads.delete(name);
    const missing = [...new Map(days.map((day) => [dayName(day), day])).values()].filter((d) => !loads.has(dayName(d)));
    if (missing.length) {
      const found = load(missing);
      const held = missing.map((day, i) => {
        const one = { day: found.then((all) => all[i]!), until: Infinity }; // no limit while loading: one load at a time
        loads.set(dayName(day), one);
        return one;
      });
      found.then(
        async () => {
          for (const one of held) one.until = now().getTime() + HELD_FOR;
          await askForRebuild(missing);
        },
        () => missing.forEach((day) => loads.delete(dayName(day))), // the readers report the failure
      );
    }
    return Promise.all(days.map((day) => loads.get(dayName(day))!.day));
  }

  async function askForRebuild(days: readonly DayOf[]): Promise<void> {
    const tasks = [...grouped(days, marketOf).values()].map((ofMarket) => {
      const { date: _, ...market } = ofMarket[0];
      const about = { source: '/fare', subject: routeOf(market), sequence: 0, now: now() };
      return event('fare.rebuild', about, { ...market, dates: ofMarket.map(({ date }) => date) });
    });
    try {
      const { topic } = eventTypes['fare.rebuild'];
      await bus.publish(tasks.map((task) => ({ topic, key: task.subject, value: JSON.stringify(task) })));
      mute.ended();
    } catch (error) {
      mute.began('fare rebuild request failed; the next reader will retry', error);
    }
  }

  function entries(days: readonly DayOf[], loadedDays: readonly Day[], revisions: ReadonlyMap<string, number>) {
    return paired(days, loadedDays).flatMap(([of, day]): CacheEntry[] => {
      const revision = revisions.get(routeOf(of)) ?? 0;
      const kept = day.flights.length ? KEPT_FOR : EMPTY_KEPT_FOR;
      const ttl = Math.round(kept * (1 - SPREAD / 2 + SPREAD * fraction(dayName(of))));
      const views: Views = { flights: day, lowest: lowestOf(day) };
      return Object.entries(views).map(([view, content]) => ({
        key: keyOf(of, view as View),
        revision,
        value: JSON.stringify(content),
        ttl,
      }));
    });
  }

  /**
   * Writes days until no write to their routes happens meanwhile. The cache rejects a revision older than its own; after
   * the cache was emptied it cannot, so a writer delayed between read and write detects it by re-reading the revision.
   */
  async function rebuildTogether(days: readonly DayOf[]): Promise<void> {
    for (let left = days; left.length;) {
      // the revision first: fares read after it are at least as new, so an entry never claims a later revision than its data
      const before = await revisionsOf(left);
      await cache.putMany(entries(left, await load(left), before));
      const after = await revisionsOf(left);
      left = left.filter((day) => after.get(routeOf(day)) !== before.get(routeOf(day)));
    }
  }

  const revisionsOf = (days: readonly DayOf[]) => fares.revisions([...new Set(days.map(routeOf))]);

  return {
    async read(wanted) {
      const values = await cached(wanted.map((want) => keyOf(want, want.view)));
      const missing = wanted.filter((_, i) => values[i] === null);
      const days = missing.length ? await loaded(missing) : [];
      let next = 0;
      return wanted.map(({ view }, i) => {
        const value = values[i];
        if (typeof value === 'string') return JSON.parse(value) as Day | DayLowest;
        const day = days[next++]!;
        return view === 'lowest' ? lowestOf(day) : day;
      });
    },

    async rebuild(days) {
      const yesterday = addDays(now().toISOString().slice(0, 10), -1); // today in some time zone
      const wanted = [...new Map(days.map((day) => [dayName(day), day])).values()].filter((d) => d.date >= yesterday);
      for (let done = 0; done < wanted.length; done += REBUILT_AT_A_TIME) {
        await rebuildTogether(wanted.slice(done, done + REBUILT_AT_A_TIME));
      }
      return wanted.length;
    },

    async retireAnswers(routes) {
      if (!routes.length) return;
      const keys = new Set(routes.map(fareGenerationKey));
      // no revision: with one, a process whose clock is behind could not replace another's newer generation
      const generation = { revision: 0, value: randomUUID(), ttl: GENERATION_KEPT_FOR };
      await cache.putMany([...keys].map((key) => ({ key, ...generation })));
    },
  };
}

/** A number from 0 to 1 that spreads names evenly and is the same for the same name (FNV-1a). */
function fraction(name: string): number {
  let hash = 2_166_136_261;
  for (const char of name) hash = Math.imul(hash ^ char.charCodeAt(0), 16_777_619) >>> 0;
  return hash / 2 ** 32;
}
