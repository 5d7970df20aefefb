// The slice of an offer: the places and exact times of a flight on a date.
import { knownAirport } from '../../../schema/terms/airports.ts';
import { addDays } from '../../../schema/values/days.ts';
import { instantAt, withOffset } from '../../../schema/terms/zoned-time.ts';
import type { Offer } from './offers.ts';
import { MINUTE } from '../../../schema/terms/durations.ts';

/** One way of a journey. Each instant has the offset of its airport. */
export interface Itinerary {
  origin: string;
  destination: string;
  stops: readonly string[];
  departure: string;
  arrival: string;
  /** From departure to arrival, across zones and daylight saving. */
  minutes: number;
  carrier: string;
  flightNumber: string | null;
}

/** The itinerary of an offer. */
export function itinerary({ search, flight }: Offer): Itinerary {
  const { origin, destination, date } = search;
  const [from, to] = [knownAirport(origin).timeZone, knownAirport(destination).timeZone];
  const departs = `${date}T${flight.departs}`;
  const arrives = `${addDays(date, flight.arrivalDays)}T${flight.arrives}`;
  return {
    origin,
    destination,
    stops: flight.via,
    departure: withOffset(departs, from),
    arrival: withOffset(arrives, to),
    minutes: (instantAt(arrives, to) - instantAt(departs, from)) / MINUTE,
    carrier: flight.carrier,
    flightNumber: flight.flightNumber,
  };
}

/** An ISO 8601 duration: PT2H50M. */
export function duration(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `PT${hours ? `${hours}H` : ''}${rest || !hours ? `${rest}M` : ''}`;
}
