// Many fares for benchmarks: between airports, at several times of each day.
import { addDays } from '../../schema/values/days.ts';
import type { Fares } from '../../subgraphs/fare/store/store.ts';
import { aFare } from '../kit/world.ts';

export const FIRST = '2026-03-01';
export const DAYS_FILED = 180;
const destinations = ['BLR', 'BOM', 'CCU', 'COK', 'HYD', 'MAA', 'GOI', 'PNQ', 'AMD', 'JAI', 'LKO', 'SXR'];
const AT_ONCE = 1000; // fares in one transaction
const FLIGHTS = 10; // per day and route, so that a day's offer is independent of the number of fares

const airports = ['DEL', ...destinations];
/** All routes, those from DEL first. */
export const routes = airports.flatMap((origin) =>
  airports.filter((destination) => destination !== origin).map((destination) => ({ origin, destination })),
);

/** The number of consecutive fares of one route. */
export const FARES_OF_ROUTE = FLIGHTS * DAYS_FILED;

/** The fare with that number: ten flights per day and route, day by day, route by route, then again in other cabins. */
function filing(n: number) {
  const cabins = ['ECONOMY', 'BUSINESS', 'PREMIUM_ECONOMY', 'FIRST'] as const;
  const flight = n % FLIGHTS;
  const day = Math.floor(n / FLIGHTS) % DAYS_FILED;
  const block = Math.floor(n / FLIGHTS / DAYS_FILED);
  const route = routes[block % routes.length]!;
  const date = addDays(FIRST, day);
  return aFare({
    ...route,
    cabin: cabins[Math.floor(block / routes.length) % cabins.length]!,
    flightNumber: String(1000 + flight),
    departs: `${String(5 + flight).padStart(2, '0')}:05`,
    arrives: `${String(7 + flight).padStart(2, '0')}:55`,
    arrivalDays: 0,
    firstDate: date,
    lastDate: date,
    amount: 300_000 + ((n * 7919) % 500_000),
    capacity: null,
  });
}

/** Files fares up to `count`, starting with number `from`. */
export async function fileMany(fares: Fares, count: number, now: Date, from = 0): Promise<void> {
  for (let done = from; done < count; done += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - done) }, (_, i) => filing(done + i));
    await fares.file(some, now);
  }
}
