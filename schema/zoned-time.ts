// Local times and instants: what the clock on the wall at an airport means.
import { Temporal } from 'temporal-polyfill';

const kept = new Map<string, number>();
const MOST_KEPT = 50_000; // a zone's local times recur from offer to offer; conversions cost tens of microseconds

/**
 * The offset of a local time, as 2026-03-24T22:20, from UTC in minutes. In the hour that the clock repeats, the
 * earlier of the two; in the hour it skips, the offset before the change.
 */
export function offsetAt(local: string, timeZone: string): number {
  const name = `${timeZone} ${local}`;
  let offset = kept.get(name);
  if (offset === undefined) {
    const { epochMilliseconds } = Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone);
    offset = (Date.parse(`${local}:00Z`) - epochMilliseconds) / 60_000;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(name, offset);
  }
  return offset;
}

/** The instant of a local time, in milliseconds since 1970 UTC. */
export const instantOf = (local: string, timeZone: string): number =>
  Date.parse(`${local}:00Z`) - offsetAt(local, timeZone) * 60_000;

/** A local time with its offset: 2026-03-24T22:20:00+05:30. */
export function withOffset(local: string, timeZone: string): string {
  const offset = offsetAt(local, timeZone);
  const minutes = Math.abs(offset);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${local}:00${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The local time at a place, to the minute: 2026-03-24T22:20. */
export const localTime = (now: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute', roundingMode: 'floor' });
