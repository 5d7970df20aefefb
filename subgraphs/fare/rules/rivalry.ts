// Rivals: fares of which managers cannot file two for the same date, and the dates on which two would meet.
import { addDays } from '../../../schema/terms/shopping.ts';
import { type FiledFare, identity } from './filing.ts';

/**
 * Whether two fares must not cover the same date: those of one flight, cabin, brand, traveller type, currency and fare
 * basis, of which none counts as one.
 */
export const areRivals = (a: FiledFare, b: FiledFare): boolean =>
  ofOneFlight(a, b) &&
  a.cabin === b.cabin &&
  a.brand === b.brand &&
  a.travellerType === b.travellerType &&
  a.currency === b.currency &&
  a.fareBasis === b.fareBasis;

/**
 * Whether `next`, in place of `before`, would share a date with a rival that it does not share already, or be the very
 * same fare. Files may hold rivals on the same dates; what they cover already a change does not have to give up.
 */
export function collides(next: FiledFare, before: FiledFare | null, other: FiledFare): boolean {
  if (!areRivals(next, other)) return false;
  const dates = gained(next, before && areRivals(before, other) ? before : null);
  return (
    identity(next) === identity(other) ||
    dates.some(({ first, last }) => other.firstDate <= last && first <= other.lastDate)
  );
}

/** The dates that a fare covers and `before` does not. */
export function gained(next: FiledFare, before: FiledFare | null): { first: string; last: string }[] {
  if (!before) return [{ first: next.firstDate, last: next.lastDate }];
  const earlier = { first: next.firstDate, last: least(next.lastDate, addDays(before.firstDate, -1)) };
  const later = { first: most(next.firstDate, addDays(before.lastDate, 1)), last: next.lastDate };
  return [earlier, later].filter(({ first, last }) => first <= last);
}

/** Told by the carrier's number, or, where one has none, by the departure: not by what else is said of the flight. */
const ofOneFlight = (a: FiledFare, b: FiledFare): boolean =>
  a.carrier === b.carrier &&
  a.origin === b.origin &&
  a.destination === b.destination &&
  (a.flightNumber !== null && b.flightNumber !== null
    ? bare(a.flightNumber) === bare(b.flightNumber)
    : a.departs === b.departs);

/** A flight number without the zeros before it: 0123 is 123. */
const bare = (flightNumber: string): string => flightNumber.replace(/^0+(?=\d)/, '');

const least = (a: string, b: string): string => (a < b ? a : b);
const most = (a: string, b: string): string => (a > b ? a : b);
