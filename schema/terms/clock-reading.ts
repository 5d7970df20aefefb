// Local clock readings: checked, and converted to instants; fast enough for files of a million rows.
// A reading is a number: the milliseconds since 1970 as if the clock showed UTC.
import { present } from '../values/present.ts';
import { Temporal } from 'temporal-polyfill';
import { DAY, MINUTE } from './durations.ts';

const LATEST = Date.UTC(2100, 0); // from 1970 to then, time zones are known or can be estimated

/** The reading of a time as 2026-03-24T22:20; undefined if it is not a valid date and time, or not in 1970 to 2099. */
export function reading(text: string): number | undefined {
  const value = Date.parse(`${text}Z`);
  // Date.parse reads February 30th as March 2nd and accepts other notations, so only exact round trips are valid
  return isKnown(value) && written(value) === text ? value : undefined;
}

/** The reading at the start of a date that was checked before, as 2026-03-24. */
export const midnight = (date: string): number => present(reading(`${date}T00:00`), 'A date was stored unchecked.');

/** A reading with its offset from UTC, if there is one. Both in milliseconds. */
export interface ClockTime {
  value: number;
  offset: number | undefined;
}

const LOCAL = '2026-03-24T22:20'.length;

/** The reading and the offset in a time as 2026-03-24T22:20 or 2026-11-01T01:50-05:00; undefined as in reading(). */
export function clockTime(text: string): ClockTime | undefined {
  const value = reading(text.slice(0, LOCAL));
  const offset = text.slice(LOCAL);
  if (value === undefined) return undefined;
  if (offset === '') return { value, offset: undefined };
  const [, sign, hours, minutes] = /^([+-])([01]\d|2[0-3]):([0-5]\d)$/.exec(offset) ?? [];
  return sign ? { value, offset: Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * MINUTE } : undefined;
}

/** clockTime() of a time that was checked before. */
export const knownTime = (text: string): ClockTime => present(clockTime(text), 'A local time was stored unchecked.');

/** Whether a reading is in the years 1970 to 2099. */
export const isKnown = (value: number): boolean => value >= 0 && value < LATEST;

/** A reading as 2026-03-24T22:20. */
export const written = (value: number): string => new Date(value).toISOString().slice(0, 16);

/** An offset as -05:00. */
export function writtenOffset(offset: number): string {
  const minutes = Math.abs(offset) / MINUTE;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The midnight at the start of the reading's day. */
export const midnightOf = (value: number): number => Math.floor(value / DAY) * DAY;

/**
 * The possible offsets of a reading: usually one; two in the hour that clocks repeat, the earlier instant's first; none
 * in the hour that clocks skip.
 */
export function offsetsOf(value: number, timeZone: string): number[] {
  const found: number[] = [];
  for (const { from, until, offset } of periods(timeZone, value)) {
    const instant = value - offset;
    if (instant >= from && instant < until) found.push(offset);
  }
  return found;
}

/** The instant of a reading: the earlier of two in the hour that clocks repeat, undefined in the hour they skip. */
export function instantOf(value: number, timeZone: string): number | undefined {
  const [offset] = offsetsOf(value, timeZone);
  return offset === undefined ? undefined : value - offset;
}

/** The reading at an instant. */
export function readingAt(instant: number, timeZone: string): number {
  const period = periods(timeZone, instant).find(({ until }) => instant < until);
  return instant + present(period, 'The periods of a year end before the year does.').offset;
}

/** A period with a constant offset from UTC in a time zone. All in milliseconds. */
interface Period {
  from: number;
  until: number;
  offset: number;
}

const kept = new Map<string, Period[]>();
const MOST_KEPT = 4_000; // zones times years: the world's airports have 400 zones, and files rarely span ten years

/** The periods in the year of a reading or instant. They are cached, because Temporal is too slow for each row. */
function periods(timeZone: string, at: number): Period[] {
  const year = new Date(at).getUTCFullYear();
  const name = `${timeZone} ${year}`;
  let found = kept.get(name);
  if (!found) {
    if (kept.size >= MOST_KEPT) kept.clear();
    found = periodsOf(timeZone, year);
    kept.set(name, found);
  }
  return found;
}

function periodsOf(timeZone: string, year: number): Period[] {
  // a reading and its instant are up to 14 hours apart, so the year reaches a little into its neighbours
  const end = Date.UTC(year + 1, 0, 3);
  const found: Period[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(year - 1, 11, 29)).toZonedDateTimeISO(timeZone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    const from = at.epochMilliseconds;
    const until = Math.min(next?.epochMilliseconds ?? end, end);
    found.push({ from, until, offset: at.offsetNanoseconds / 1e6 });
    if (!next || until === end) return found;
    at = next;
  }
}
