// The offer of one day of a route in one cabin and currency: its flights, with a price for each brand.
import { grouped } from '../../../schema/values/non-empty.ts';
import type { Brand, Cabin, TravellerType } from '../../../schema/terms/fare-words.ts';
import type { FiledFare } from './filing.ts';
import { amounts, lowest, type Amounts, type SharesByCarrier } from './pricing.ts';

/** A day of a market: the unit that is cached and rebuilt. */
export interface DayOf {
  origin: string;
  destination: string;
  cabin: Cabin;
  currency: string;
  date: string;
}

/** A route in a cabin and a currency. Fares of two markets are never compared. */
export type Market = Omit<DayOf, 'date'>;

export const marketOf = ({ origin, destination, cabin, currency }: Market): string =>
  `${origin}-${destination}:${cabin}:${currency}`;

/** The key of a day of a market, in query results and in the cache. */
export const dayName = (day: DayOf): string => `${marketOf(day)}:${day.date}`;

/** One flight on the day. Times are local, as filed: it departs on the day itself and arrives `arrivalDays` later. */
export interface Flight {
  /** The same id on all days. */
  id: string;
  carrier: string;
  flightNumber: string | null;
  via: readonly string[];
  departs: string;
  arrives: string;
  arrivalDays: number;
  prices: readonly { brand: Brand; amounts: Amounts; note: string | null }[];
}

/** All flights of a day, as they were at `asOf` (UTC). */
export interface Day {
  asOf: string;
  flights: readonly Flight[];
}

/** The lowest amounts of a day, as they were at `asOf` (UTC): enough for the lowest total of any party. */
export interface DayLowest {
  asOf: string;
  lowest: readonly Amounts[];
}

/** A fare that is in force on the day, with the id of its flight. */
export interface FareOnDay extends Omit<
  FiledFare,
  'cabin' | 'currency' | 'origin' | 'destination' | 'firstDate' | 'lastDate' | 'fareBasis'
> {
  flight: string;
}

/**
 * Builds a day from its fares. The lowest fare applies where several are filed for the same flight, brand and type. A
 * brand without an adult fare is not on offer.
 */
export function dayOf(fares: readonly FareOnDay[], shares: SharesByCarrier, asOf: string): Day {
  const flights = [...grouped(fares, (fare) => fare.flight)].map(([id, filed]) => {
    const { carrier, flightNumber, via, departs, arrives, arrivalDays } = filed[0];
    const prices = [...Map.groupBy(filed, (fare) => fare.brand)].flatMap(([brand, ofBrand]) => {
      const low = lowestOfEachType(ofBrand);
      if (!low.ADULT) return [];
      const { amount, note } = low.ADULT;
      const found = amounts(
        { ADULT: amount, CHILD: low.CHILD?.amount, INFANT: low.INFANT?.amount },
        shares[carrier] ?? shares.DEFAULT,
      );
      return found ? [{ brand, amounts: found, note }] : [];
    });
    return { id, carrier, flightNumber, via, departs, arrives, arrivalDays, prices };
  });
  return { asOf, flights: flights.filter(({ prices }) => prices.length) };
}

function lowestOfEachType(fares: readonly FareOnDay[]): Partial<Record<TravellerType, FareOnDay>> {
  const low: Partial<Record<TravellerType, FareOnDay>> = {};
  for (const fare of fares) {
    const kept = low[fare.travellerType];
    // the note decides between equal amounts, so that the same fares always give the same day
    if (!kept || fare.amount < kept.amount || (fare.amount === kept.amount && (fare.note ?? '') < (kept.note ?? ''))) {
      low[fare.travellerType] = fare;
    }
  }
  return low;
}

/** The lowest amounts of a day, or of those of its flights for which `keep` is true. */
export const lowestOf = ({ asOf, flights }: Day, keep: (flight: Flight) => boolean = () => true): DayLowest => ({
  asOf,
  lowest: lowest(flights.filter(keep).flatMap(({ prices }) => prices.map((price) => price.amounts))),
});
