// Local times in the graph's format, and their instants in a time zone.
import { present } from '../values/present.ts';
import { instantOf, knownTime, readingAt, written, writtenOffset } from './clock-reading.ts';
import { HOUR } from './durations.ts';

/**
 * The instant of a local time, as 2026-03-24T22:20 or 2026-11-01T01:50-05:00, in milliseconds since 1970 UTC. Without
 * an offset: the earlier instant in the hour that clocks repeat; the previous offset in the hour that clocks skip.
 */
export function instantAt(local: string, timeZone: string): number {
  const { value, offset } = knownTime(local);
  if (offset !== undefined) return value - offset;
  const instant = instantOf(value, timeZone);
  if (instant !== undefined) return instant;
  // one hour earlier, clocks have not skipped yet
  return present(instantOf(value - HOUR, timeZone), 'Clocks skipped more than an hour.') + HOUR;
}

/** A local time, given with or without its offset, in the graph's format: 2026-03-24T22:20:00+05:30. */
export function withOffset(local: string, timeZone: string): string {
  const { value } = knownTime(local);
  return `${written(value)}:00${writtenOffset(value - instantAt(local, timeZone))}`;
}

/** The local time in a time zone, to the minute: 2026-03-24T22:20. */
export const localTime = (now: Date, timeZone: string): string => written(readingAt(now.getTime(), timeZone));
