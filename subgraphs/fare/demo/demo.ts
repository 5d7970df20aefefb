// The demo's fares: the price of each flight of the timetable on each day. A date always has the same prices.
import { type Airport, knownAirport } from '../../../schema/terms/airports.ts';
import { present } from '../../../schema/values/present.ts';
import type { Brand, Cabin, TravellerType } from '../../../schema/terms/fare-words.ts';
import { DAY, MINUTE } from '../../../schema/terms/durations.ts';
import { midnight, readingAt, written } from '../../../schema/terms/clock-reading.ts';
import { instantAt } from '../../../schema/terms/zoned-time.ts';
import { type DemoFlight, demoFlights } from './demo-network.ts';
import type { Filing } from '../rules/filing.ts';

const DAYS_AHEAD = 90;

/** The dates that have fares: today (as 2026-03-24, in UTC) to 90 days ahead, and one day more at either end for other time zones. */
export const demoDates = (today: string): string[] =>
  Array.from({ length: DAYS_AHEAD + 3 }, (_, i) => written(midnight(today) + (i - 1) * DAY).slice(0, 10));

/** The fares of a date. The same seed always gives the same fares. */
export const demoDay = (date: string, seed: number): Filing[] =>
  demoFlights.flatMap((flight) => [...faresOf(flight, midnight(date), seed)]);

/** The fares of all of these dates. A later `today` only adds days. */
export const demoFilings = (today: string, seed: number): Filing[] =>
  demoDates(today).flatMap((date) => demoDay(date, seed));

function* faresOf(flight: DemoFlight, day: number, seed: number): Generator<Filing> {
  const { carrier, number, origin, destination, via } = flight;
  const { currency } = knownAirport(origin);
  const date = written(day).slice(0, 10);
  const times = timesOf(flight, date, seed);
  const dollars = adultDollars(flight, day, seed);
  for (const { factor, ...product } of products) {
    if (product.cabin === 'BUSINESS' && !flight.business) continue;
    if (product.travellerType !== 'ADULT' && !flight.family) continue;
    yield {
      carrier,
      flightNumber: String(number),
      origin,
      destination,
      via,
      ...times,
      ...product,
      firstDate: date,
      lastDate: date,
      amount: rounded(dollars * factor, currency),
      currency,
      note: product.brand === 'LIGHT' ? 'No check-in baggage included' : null,
      capacity: capacityOf(flight, product.cabin, date, seed),
    };
  }
}

interface Product {
  cabin: Cabin;
  brand: Brand;
  travellerType: TravellerType;
  fareBasis: string;
  /** Its price as a multiple of the cheapest adult's. */
  factor: number;
}

const adults: readonly Product[] = [
  { cabin: 'ECONOMY', brand: 'LIGHT', travellerType: 'ADULT', fareBasis: 'QLIGHT', factor: 1 },
  { cabin: 'ECONOMY', brand: 'STANDARD', travellerType: 'ADULT', fareBasis: 'MSTD', factor: 1.12 },
  { cabin: 'ECONOMY', brand: 'FLEX', travellerType: 'ADULT', fareBasis: 'YFLEX', factor: 1.3 },
  { cabin: 'BUSINESS', brand: 'STANDARD', travellerType: 'ADULT', fareBasis: 'DSTD', factor: 3.6 },
  { cabin: 'BUSINESS', brand: 'FLEX', travellerType: 'ADULT', fareBasis: 'JFLEX', factor: 4.3 },
];

// unlike the rule's 75 and 10 per cent, so that a fare filed for children or infants is recognisable
const youngSuffix = { CHILD: ['CH', 0.67], INFANT: ['IN', 0.12] } as const;

const products: readonly Product[] = adults.flatMap((adult) =>
  adult.cabin === 'BUSINESS'
    ? [adult]
    : [
        adult,
        ...(['CHILD', 'INFANT'] as const).map((travellerType) => {
          const [suffix, share] = youngSuffix[travellerType];
          return { ...adult, travellerType, fareBasis: adult.fareBasis + suffix, factor: adult.factor * share };
        }),
      ],
);

const KM_PER_MINUTE = 850 / 60;
const ON_THE_GROUND = 40; // minutes of a flight that are not spent at cruising speed
const SHORTEST_CHANGE = 75; // minutes

/** When the flight departs and arrives, by the clocks of both places. Daylight saving moves the arrival by an hour. */
function timesOf({ carrier, number, origin, destination, via, departs }: DemoFlight, date: string, seed: number) {
  const legs = legsOf(origin, via, destination);
  const draw = drawing(seed, carrier, number);
  const flying = legs.reduce((sum, km) => sum + km / KM_PER_MINUTE + ON_THE_GROUND, 0);
  const minutes = Math.round((flying + via.length * (SHORTEST_CHANGE + 90 * draw('change'))) / 5) * 5;
  const left = instantAt(`${date}T${departs}`, knownAirport(origin).timeZone);
  const landed = written(readingAt(left + minutes * MINUTE, knownAirport(destination).timeZone));
  return {
    departs,
    arrives: landed.slice(11),
    arrivalDays: (Date.parse(landed.slice(0, 10)) - Date.parse(date)) / DAY,
  };
}

function legsOf(origin: string, via: readonly string[], destination: string): number[] {
  const landings = [...via, destination];
  return landings.map((to, i) => direct(landings[i - 1] ?? origin, to));
}

const direct = (from: string, to: string): number => distance(knownAirport(from), knownAirport(to));

/** Kilometres along the great circle. */
function distance(a: Airport, b: Airport): number {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const haversine = (angle: number): number => Math.sin(angle / 2) ** 2;
  const h =
    haversine(rad(b.latitude - a.latitude)) +
    Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * haversine(rad(b.longitude - a.longitude));
  return 2 * 6371 * Math.asin(Math.sqrt(h));
}

const LOW_COST: readonly string[] = ['6E', 'I5', 'IX', 'SG'];
const WEEKDAYS = [1.08, 1, 0.94, 0.93, 0.98, 1.1, 1.02]; // Sunday to Saturday

/** The price in dollars of the cheapest adult seat on a day, by distance, market, weekday and season. */
function adultDollars({ carrier, number, origin, destination, via }: DemoFlight, midnight: number, seed: number) {
  const draw = drawing(seed, carrier, number);
  const day = midnight / DAY;
  const wave = (period: number, phase: number): number => Math.sin(2 * Math.PI * (day / period + phase));
  const domestic = knownAirport(origin).country === knownAirport(destination).country;
  return (
    (30 + 0.05 * direct(origin, destination)) *
    (domestic ? 0.6 : 1) *
    (LOW_COST.includes(carrier) ? 0.9 : 1) *
    (via.length ? 0.88 : 1) *
    (0.94 + 0.12 * draw('standing')) *
    WEEKDAYS[new Date(midnight).getUTCDay()]! *
    // the yearly season belongs to the route, the shorter wave to the flight
    (1 + 0.1 * wave(365.25, drawing(seed, origin, destination)('season')) + 0.05 * wave(23, draw('tide'))) *
    (0.98 + 0.04 * draw(`day ${day}`))
  );
}

/** Rough units of each currency per dollar, the step that its prices are multiples of, and minor units per unit. */
const markets: Readonly<Record<string, [rate: number, step: number, unit: number]>> = {
  INR: [86, 1, 100],
  SGD: [1.33, 1, 100],
  JPY: [150, 10, 1],
  THB: [33.5, 5, 100],
  AED: [3.67, 5, 100],
  KWD: [0.307, 0.5, 1000],
  GBP: [0.78, 1, 100],
  EUR: [0.91, 1, 100],
  CHF: [0.88, 1, 100],
  USD: [1, 1, 100],
};

/** A price rounded to a usual one in the currency, in minor units. */
function rounded(dollars: number, currency: string): number {
  const [rate, step, unit] = present(markets[currency], 'The demo flies from a country whose currency has no rate.');
  return Math.round((dollars * rate) / step) * step * unit;
}

const SOLD_OUT = 0.05; // share of a route's days on which one of its flights is sold out
const UNFILED = 0.4; // share of departures without a filed capacity: the stock subgraph's default applies
const NEARLY_FULL = 0.08; // share of departures with few enough seats that the number is shown
const LONG_HAUL = 4500; // km

const routeOf = ({ origin, destination }: DemoFlight): string => `${origin}-${destination}`;
const flightsByRoute = Map.groupBy(demoFlights, routeOf);

/** The seats of a cabin on a departure. At least one flight of a route has seats on every day. */
function capacityOf(flight: DemoFlight, cabin: Cabin, date: string, seed: number): number | null {
  if (cabin === 'BUSINESS') return 28;
  const drawForRoute = drawing(seed, routeOf(flight), date);
  const flights = flightsByRoute.get(routeOf(flight)) ?? [];
  const popular = flights[Math.floor(drawForRoute('popular') * flights.length)];
  if (flight === popular && drawForRoute('sold out') < SOLD_OUT) return 0;
  const draw = drawing(seed, flight.carrier, flight.number, date);
  if (draw('nearly full') < NEARLY_FULL) return draw('few') < 0.5 ? 3 : 5;
  if (draw('capacity') < UNFILED) return null;
  return direct(flight.origin, flight.destination) > LONG_HAUL ? 264 : 186;
}

/** Draws numbers from 0 to 1 that depend only on the words, so that draws are repeatable. */
const drawing =
  (...words: readonly (string | number)[]) =>
  (what: string): number => {
    let hash = 0x811c9dc5; // FNV-1a, then the finalizer of MurmurHash3, which spreads similar words
    for (const char of `${words.join(' ')} ${what}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
  };
