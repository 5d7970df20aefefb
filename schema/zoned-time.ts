// Local times as the graph writes them, and the instants they mean at a place.
import { instantOf, reading, readingAt, written } from './clock-reading.ts';

const HOUR = 3_600_000;

/**
 * The instant of a local time, as 2026-03-24T22:20, in milliseconds since 1970 UTC. In the hour that clocks repeat,
 * the earlier of the two; in the hour they skip, as if they had not been changed yet.
 */
export function instantAt(local: string, timeZone: string): number {
  const value = reading(local)!;
  return instantOf(value, timeZone) ?? instantOf(value - HOUR, timeZone)! + HOUR;
}

/** A local time with its offset: 2026-03-24T22:20:00+05:30. */
export function withOffset(local: string, timeZone: string): string {
  const offset = (reading(local)! - instantAt(local, timeZone)) / 60_000;
  const minutes = Math.abs(offset);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${local}:00${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The local time at a place, to the minute: 2026-03-24T22:20. */
export const localTime = (now: Date, timeZone: string): string => written(readingAt(now.getTime(), timeZone));
