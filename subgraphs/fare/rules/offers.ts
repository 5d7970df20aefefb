// Offers: the flights of a day in each brand, priced for one party, in a chosen order.
import { knownAirport } from '../../../schema/terms/airports.ts';
import { MINUTE } from '../../../schema/terms/durations.ts';
import type { BadArgument } from '../../../schema/errors.ts';
import { type Brand, type Cabin, cabins, travellerTypes } from '../../../schema/terms/fare-words.ts';
import type { Search, ShoppingInput } from '../../../schema/terms/shopping.ts';
import { instantAt } from '../../../schema/terms/zoned-time.ts';
import type { Day, Flight } from './day.ts';
import { partyTotal, type Amounts } from './pricing.ts';

/** One flight on one day at one brand, for the whole party. Amounts are minor units of the search's currency. */
export interface Offer {
  search: Search;
  flight: Flight;
  brand: Brand;
  note: string | null;
  amounts: Amounts;
  total: number;
  /** The UTC instant at which the fares of this offer were read. */
  asOf: string;
}

export type OfferSort = 'PRICE' | 'DURATION' | 'DEPARTURE' | 'ARRIVAL';

export interface OfferFilter {
  maxStops?: number | null | undefined;
  carriers?: readonly string[] | null | undefined;
  brands?: readonly Brand[] | null | undefined;
}

/** The position of an offer in a sorted list: the sort value, then the tie-breakers. */
export type OfferPosition = readonly [value: number, departs: string, carrier: string, id: string];

/** Whether a flight of the date has not left yet. Compares instants, as clocks can repeat an hour. */
export const leavesLater =
  ({ origin, now, today }: Search, date: string) =>
  ({ departs }: Flight): boolean =>
    date > today || instantAt(`${date}T${departs}`, knownAirport(origin).timeZone) > now;

/** Every offer of the day for the party, except for flights that have departed. */
export function offersOf(day: Day, search: Search): Offer[] {
  return day.flights.filter(leavesLater(search, search.date)).flatMap((flight) =>
    flight.prices.map(({ brand, amounts, note }) => ({
      search,
      flight,
      brand,
      note,
      amounts,
      total: partyTotal(amounts, search.party),
      asOf: day.asOf,
    })),
  );
}

/**
 * The same offer of the same search has the same id; another party, date or currency gives another. It is not signed: it
 * says what to search again. The token (schema/terms/offer-token.ts) is what binds a price.
 */
export function offerId({ search, flight, brand }: Offer): string {
  const { origin, destination, date, cabin, currency, party } = search;
  const parts = [origin, destination, date, cabin, currency, party.ADULT, party.CHILD, party.INFANT, flight.id, brand];
  return `off_${Buffer.from(parts.join(' ')).toString('base64url')}`;
}

const ID = /^([A-Z]{3}) ([A-Z]{3}) (\d{4}-\d\d-\d\d) (\w+) ([A-Z]{3}) (\d) (\d) (\d) \S+ \S+$/;

/** The search input that an offer's id encodes; null for any other text. */
export function inputOf(id: string): ShoppingInput | null {
  const parts = id.startsWith('off_') && ID.exec(Buffer.from(id.slice('off_'.length), 'base64url').toString());
  if (!parts) return null;
  const [, origin = '', destination = '', departureDate = '', named, currency = '', ...counts] = parts;
  const cabin = cabins.find((one) => one === named);
  if (!cabin) return null;
  const travellers = travellerTypes.map((type, i) => ({ type, count: Number(counts[i]) })).filter(({ count }) => count);
  return { origin, destination, departureDate, cabin, currency, travellers };
}

/** The departure whose seats an offer uses: a flight, a day and a cabin. All brands share it. */
export const departureId = (flight: string, date: string, cabin: string): string => `dep_${flight}_${date}_${cabin}`;

const DEPARTURE = /^dep_(.+)_(\d{4}-\d\d-\d\d)_([A-Z_]+)$/;

/** The flight, day and cabin that a departure's id encodes; null for any other text. */
export function departureOf(id: string): { flight: string; date: string; cabin: Cabin } | null {
  const [, flight = '', date = '', named] = DEPARTURE.exec(id) ?? [];
  const cabin = cabins.find((one) => one === named);
  return cabin ? { flight, date, cabin } : null;
}

/**
 * The time from the start of the day to the departure, as 22:20: the same as on the clock, except on a day on which
 * clocks change. There, the earlier of two flights at 01:50 has the lower value.
 */
function intoTheDay({ search: { origin, date }, flight }: Offer): string {
  const { timeZone } = knownAirport(origin);
  const minutes = (instantAt(`${date}T${flight.departs}`, timeZone) - instantAt(`${date}T00:00`, timeZone)) / MINUTE;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The position of an offer in a list sorted by `value`. */
export const placeOf = (offer: Offer, value: (offer: Offer) => number): OfferPosition => [
  value(offer),
  intoTheDay(offer),
  offer.flight.carrier,
  offerId(offer),
];

/** Compares two positions: negative when the first comes earlier in the list. */
export function byOfferPosition(a: OfferPosition, b: OfferPosition): number {
  return a[0] - b[0] || inOrder(a[1], b[1]) || inOrder(a[2], b[2]) || inOrder(a[3], b[3]);
}

const inOrder = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** The offer with the lowest total; among equals the one that departs first. Undefined for an empty list. */
export function cheapest(offers: readonly Offer[]): Offer | undefined {
  const least = Math.min(...offers.map((offer) => offer.total));
  return offers
    .filter((offer) => offer.total === least)
    .sort((a, b) =>
      byOfferPosition(
        placeOf(a, (o) => o.total),
        placeOf(b, (o) => o.total),
      ),
    )[0];
}

/** The conditions of a filter that no offer can meet. */
export function offerFilterFaults({ maxStops, carriers }: OfferFilter): BadArgument[] {
  const faults: BadArgument[] = [];
  if (typeof maxStops === 'number' && maxStops < 0) {
    faults.push({ argument: 'filter.maxStops', message: `${maxStops} is not possible; 0 or more is allowed.` });
  }
  const odd = carriers?.find((code) => !/^[A-Z0-9]{2}$/.test(code));
  if (odd !== undefined) {
    const message = `${JSON.stringify(odd.slice(0, 20))} is no carrier; give IATA codes in capitals, as "6E".`;
    faults.push({ argument: 'filter.carriers', message });
  }
  return faults;
}

/** Whether the filter keeps an offer. An empty list of carriers or brands keeps all. */
export const keeps =
  ({ maxStops, carriers, brands }: OfferFilter) =>
  ({ flight, brand }: Offer): boolean =>
    flight.via.length <= (maxStops ?? Infinity) &&
    (!carriers?.length || carriers.includes(flight.carrier)) &&
    (!brands?.length || brands.includes(brand));
