// What it takes to file a fare: the fare itself, and what makes two of them the same.
import type { Brand, Cabin, TravellerType } from '../../../schema/terms/shopping.ts';

/**
 * One carrier's price for one traveller of one type on one flight, cabin and brand, for departures from a first to a
 * last date (local at the origin).
 */
export interface FiledFare {
  carrier: string;
  flightNumber: string | null;
  origin: string;
  destination: string;
  /** Where the flight lands on its way, in order. */
  via: readonly string[];
  /** Local at the origin, as 22:20; with its offset, as 01:50-05:00, where clocks show it twice and the second is meant. */
  departs: string;
  /** Local at the destination, as 01:10 or 01:50-05:00. */
  arrives: string;
  /** How many calendar days after the departure's the arrival's is; -1 across the date line. */
  arrivalDays: number;
  cabin: Cabin;
  brand: Brand;
  travellerType: TravellerType;
  firstDate: string;
  lastDate: string;
  /** The carrier's name for the fare, where it was filed with one. */
  fareBasis: string | null;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  note: string | null;
}

/** A fare to be filed, with the seats on sale on each of its departures: null leaves them to the stock room. */
export interface Filing extends FiledFare {
  capacity: number | null;
}

/** How many fares are filed through the graph at once: a transaction of them stays far below any time-out. */
export const MOST_AT_ONCE = 500;

/**
 * The canonical text that makes two fares the same fare. A fare basis names a fare, so its amount and note may change;
 * without one, fares that differ in amount or note are different fares.
 */
export const identity = (fare: FiledFare): string =>
  JSON.stringify([
    ...flightParts(fare),
    fare.cabin,
    fare.brand,
    fare.travellerType,
    fare.firstDate,
    fare.lastDate,
    fare.currency,
    fare.fareBasis,
    ...(fare.fareBasis === null ? [fare.amount, fare.note] : []),
  ]);

/** The canonical text of a fare's flight: the same for all cabins, brands, travellers and dates it is sold in. */
export const flight = (fare: FiledFare): string => JSON.stringify(flightParts(fare));

const flightParts = (fare: FiledFare) => [
  fare.carrier,
  fare.flightNumber,
  fare.origin,
  fare.destination,
  fare.via,
  fare.departs,
  fare.arrives,
  fare.arrivalDays,
];
