// Rivals: fares that managers cannot file for the same date, and the dates that two of them share.
import { addDays } from '../../../schema/values/days.ts';
import { type FiledFare, identity } from './filing.ts';

/**
 * Whether two fares must not cover the same date: they agree in flight, cabin, brand, traveller type, currency and fare
 * basis (none equals none).
 */
export const areRivals = (a: FiledFare, b: FiledFare): boolean =>
  ofOneFlight(a, b) &&
  a.cabin === b.cabin &&
  a.brand === b.brand &&
  a.travellerType === b.travellerType &&
  a.currency === b.currency &&
  a.fareBasis === b.fareBasis;

/**
 * Whether `next`, in place of `before`, would share a date with a rival that `before` does not share, or have the same
 * identity as another fare. Files may hold rivals on the same dates; a change does not have to give up dates that the
 * fare already covers.
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

/** Compares the flight numbers, or the times of departure where one fare has no number. Other terms do not count. */
const ofOneFlight = (a: FiledFare, b: FiledFare): boolean =>
  a.carrier === b.carrier &&
  a.origin === b.origin &&
  a.destination === b.destination &&
  (a.flightNumber !== null && b.flightNumber !== null
    ? bare(a.flightNumber) === bare(b.flightNumber)
    : a.departs === b.departs);

/** A flight number without leading zeros: 0123 is 123. */
const bare = (flightNumber: string): string => flightNumber.replace(/^0+(?=\d)/, '');

const least = (a: string, b: string): string => (a < b ? a : b);
const most = (a: string, b: string): string => (a > b ? a : b);
