// Compares all cached fares with the database.
import { Redis } from 'ioredis';
import { isDeepStrictEqual } from 'node:util';
import { backlog } from '../../infra/database/outbox.ts';
import { type Day, type DayLowest, dayName, type DayOf, dayOf, lowestOf } from '../../subgraphs/fare/rules/day.ts';
import { usualShares } from '../../subgraphs/fare/rules/pricing.ts';
import type { View } from '../../subgraphs/fare/store/fare-cache.ts';
import { eventually } from './eventually.ts';
import type { World } from './world.ts';

/** An entry of the fare cache as Redis stores it. */
export interface Cached {
  key: string;
  day: DayOf;
  view: View;
  revision: number;
  content: Day | DayLowest;
}

/** The cached fares of a world, read from the server itself, without our own code. */
export async function cachedFares({ config }: Pick<World, 'config'>): Promise<Cached[]> {
  const url = new URL(config.REDIS_URL);
  const prefix = url.searchParams.get('prefix') ?? '';
  const redis = new Redis(Number(url.port), url.hostname, { lazyConnect: true, retryStrategy: null });
  redis.on('error', () => undefined); // the command reports the error
  try {
    await redis.connect();
    const keys = (await redis.keys(`${prefix}fare:*`)).sort();
    const values = keys.length ? await redis.mget(keys) : [];
    return keys.flatMap((key, i) => (values[i] ? [entry(key.slice(prefix.length), values[i])] : []));
  } finally {
    redis.disconnect();
  }
}

function entry(key: string, stored: string): Cached {
  const [, , route, cabin, currency, date, view] = key.split(':') as [
    string,
    string,
    string,
    string,
    string,
    string,
    View,
  ];
  const [origin, destination] = route.split('-') as [string, string];
  const colon = stored.indexOf(':');
  return {
    key,
    day: { origin, destination, cabin: cabin as DayOf['cabin'], currency, date },
    view,
    revision: Number(stored.slice(0, colon)),
    content: JSON.parse(stored.slice(colon + 1)) as Day | DayLowest,
  };
}

/** The entries that differ from their day's fares in the database, apart from their time of reading. */
export async function wrongOf({ stores }: Pick<World, 'stores'>, entries: readonly Cached[]): Promise<string[]> {
  const { fares } = await stores.fare();
  const days = [...new Map(entries.map(({ day }) => [dayName(day), day])).values()];
  const filed = days.length ? await fares.onDays(days) : [];
  const right = new Map(days.map((day, i) => [dayName(day), dayOf(filed[i]!, usualShares, '')]));
  return entries
    .filter(({ day, view, content }) => {
      const expected = right.get(dayName(day))!;
      return !isDeepStrictEqual(comparable(content), comparable(view === 'lowest' ? lowestOf(expected) : expected));
    })
    .map(({ key, revision, content }) => `${key} at revision ${revision}: ${JSON.stringify(content)}`);
}

/** The content without its time of reading, and sorted: a database returns its rows in any order. */
function comparable(content: Day | DayLowest): unknown {
  const sorted = (list: readonly unknown[]) => list.map((each) => JSON.stringify(each)).sort();
  if ('lowest' in content) return sorted(content.lowest);
  return sorted(content.flights.map(({ prices, ...flight }) => ({ ...flight, prices: sorted(prices) })));
}

/**
 * Waits until no event waits in the outbox or for the worker. Then `keys` entries must be cached (by default any
 * number), and each must equal the database.
 */
export async function settled(world: World, keys?: number): Promise<Cached[]> {
  const { db } = await world.stores.fare();
  await eventually(async () => (await backlog(db.read())) === 0);
  await eventually(async () => (await world.wiring.bus.backlog('rebuild-fares')) === 0);
  const entries = await cachedFares(world);
  const wrong = await wrongOf(world, entries);
  if (wrong.length) throw new Error(`The cache differs from the database:\n${wrong.join('\n')}`);
  if (keys !== undefined && entries.length !== keys) throw new Error(`${entries.length} keys are cached, not ${keys}`);
  return entries;
}
