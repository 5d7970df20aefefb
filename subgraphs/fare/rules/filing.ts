// The terms of a filed fare, and the identity that tells two fares apart.
import type { Brand, Cabin, TravellerType } from '../../../schema/terms/fare-words.ts';

/**
 * One carrier's price for one traveller of one type on one flight, cabin and brand, for departures from a first to a
 * last date (local at the origin).
 */
export interface FiledFare {
  carrier: string;
  flightNumber: string | null;
  origin: string;
  destination: string;
  /** Stops on the way, in order. */
  via: readonly string[];
  /** Local at the origin, as 22:20. With an offset, as 01:50-05:00, where clocks show the time twice and the second is meant. */
  departs: string;
  /** Local at the destination, as 01:10 or 01:50-05:00. */
  arrives: string;
  /** Calendar days from the date of departure to the date of arrival; -1 across the date line. */
  arrivalDays: number;
  cabin: Cabin;
  brand: Brand;
  travellerType: TravellerType;
  firstDate: string;
  lastDate: string;
  /** The carrier's name for the fare; null when it was filed without one. */
  fareBasis: string | null;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  note: string | null;
}

/** A fare to file, with the seats on sale on each of its departures; null uses the stock subgraph's default. */
export interface Filing extends FiledFare {
  capacity: number | null;
}

/** The most fares that the graph files in one transaction: it stays far below any time-out. */
export const MOST_FARES_AT_ONCE = 500;

/**
 * The canonical text that identifies a fare. A fare basis names a fare, so its amount and note may change; without
 * one, fares that differ in amount or note are different fares.
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

/** The canonical text that identifies a fare's flight: the same for all cabins, brands, traveller types and dates. */
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
