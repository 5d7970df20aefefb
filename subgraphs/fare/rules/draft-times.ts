// The times of a draft fare: when it departs and arrives on each of its dates, or why these times are impossible.
import { knownAirport } from '../../../schema/terms/airports.ts';
import {
  type ClockTime,
  knownTime,
  midnight,
  isKnown,
  midnightOf,
  offsetsOf,
  written,
  writtenOffset,
} from '../../../schema/terms/clock-reading.ts';
import { DAY } from '../../../schema/terms/durations.ts';
import { isNonEmpty, type NonEmpty } from '../../../schema/values/non-empty.ts';
import type { Filing } from './filing.ts';

type TimeField = 'departsLocal' | 'arrivesLocal' | 'lastDate';

/** The fields that times depend on. Each has passed its own check. */
export type WrittenTimes = Readonly<Record<TimeField | 'origin' | 'destination', string>>;

/** The field with the fault, and what to do. */
export interface TimeFault {
  field: TimeField;
  advice: string;
}

const LONGEST_JOURNEY = 3 * DAY;
const LONGEST_WINDOW = 370 * DAY; // carriers file about a year ahead

/** The times moved by `shiftWeeks`, checked on every date of the window; or the first fault. */
export function timesOf(
  from: WrittenTimes,
  shiftWeeks: number,
): Pick<Filing, 'departs' | 'arrives' | 'arrivalDays' | 'firstDate' | 'lastDate'> | TimeFault {
  const shift = shiftWeeks * 7 * DAY;
  const departs = timeAt(from, 'departsLocal', shift);
  if ('advice' in departs) return departs;
  const arrives = timeAt(from, 'arrivesLocal', shift);
  if ('advice' in arrives) return arrives;
  const first = midnightOf(departs.value);
  const last = from.lastDate ? midnight(from.lastDate) + shift : first;
  const fault =
    windowFault(first, last) ??
    yearFault([departs.value, arrives.value, last, arrives.value + last - first], shiftWeeks) ??
    oneDateFault([departs, arrives], first, last);
  if (fault) return fault;
  for (let later = 0; later <= last - first; later += DAY) {
    const fault = journeyFault(from, laterBy(departs, later), laterBy(arrives, later), later > 0);
    if (fault) return fault;
  }
  return {
    departs: filed(departs).slice(11),
    arrives: filed(arrives).slice(11),
    arrivalDays: (midnightOf(arrives.value) - first) / DAY,
    firstDate: written(first).slice(0, 10),
    lastDate: written(last).slice(0, 10),
  };
}

type End = Exclude<TimeField, 'lastDate'>;

const zoneOf = (from: WrittenTimes, end: End): string =>
  knownAirport(end === 'departsLocal' ? from.origin : from.destination).timeZone;

/**
 * A time, moved by `shift` ms. It keeps its offset only where clocks show the time twice and the second is meant, so
 * that a fare with a redundant offset is the same fare as one without. A fault where the offset is not in use there,
 * neither on the written date nor on the moved one.
 */
function timeAt(from: WrittenTimes, end: End, shift: number): ClockTime | TimeFault {
  const { value, offset } = knownTime(from[end]);
  if (offset === undefined) return { value: value + shift, offset };
  const asWritten = offsetsOf(value, zoneOf(from, end));
  const moved = shift ? offsetsOf(value + shift, zoneOf(from, end)) : asWritten;
  // a time that clocks skip has no offsets; that fault is reported elsewhere
  if (isNonEmpty(asWritten) && !asWritten.includes(offset) && !moved.includes(offset)) {
    return { field: end, advice: otherOffset(value, asWritten) };
  }
  return { value: value + shift, offset: offset === moved[1] ? offset : undefined };
}

const laterBy = ({ value, offset }: ClockTime, ms: number): ClockTime => ({ value: value + ms, offset });

/** A time as it is filed: 2026-03-24T22:20 or 2026-11-01T01:50-05:00. */
const filed = ({ value, offset }: ClockTime): string =>
  written(value) + (offset === undefined ? '' : writtenOffset(offset));

/** The advice for a time whose offset is not one of `offsets`, those in use at that time. */
function otherOffset(value: number, offsets: NonEmpty<number>): string {
  if (offsets.length > 1) return `its offset is another; ${whichOf(value, offsets)}`;
  const [offset] = offsets;
  return `the offset there is ${writtenOffset(offset)} then; give ${filed({ value, offset })}, or leave the offset out`;
}

/** The advice for a time that clocks show twice. */
function whichOf(value: number, offsets: readonly number[], give = 'give'): string {
  const one = offsets.map((offset, n) => `${filed({ value, offset })} for the ${n ? 'second' : 'first'}`).join(' or ');
  return `clocks there show ${written(value)} twice when they go back: ${give} ${one}`;
}

function windowFault(first: number, last: number): TimeFault | undefined {
  if (last >= first && last - first <= LONGEST_WINDOW) return undefined;
  const advice = `give the date of departsLocal or one up to ${LONGEST_WINDOW / DAY} days later, or leave it empty`;
  return { field: 'lastDate', advice };
}

/** The fault when a moved date leaves the years for which clock changes are known. */
function yearFault(readings: readonly number[], shiftWeeks: number): TimeFault | undefined {
  const unknown = readings.find((value) => !isKnown(value));
  if (unknown === undefined) return undefined;
  const moved = shiftWeeks ? ` moved by ${shiftWeeks} weeks` : '';
  const advice = `its dates${moved} reach ${written(unknown).slice(0, -6)}; give dates that stay in the years 1970 to 2099`;
  return { field: 'departsLocal', advice };
}

/** The fault when a window has several dates but clocks repeat the time on only one of them. */
function oneDateFault(times: readonly ClockTime[], first: number, last: number): TimeFault | undefined {
  const second = times.find(({ offset }) => offset !== undefined);
  if (!second || first === last) return undefined;
  const advice = `only one date has ${filed(second)}; leave lastDate empty, and file the other dates as a fare of their own`;
  return { field: 'lastDate', advice };
}

/** The fault when no flight can have these times. `isLater` is true for the dates of a window after its first. */
function journeyFault(from: WrittenTimes, departs: ClockTime, arrives: ClockTime, isLater: boolean) {
  const departing = offsetsOf(departs.value, zoneOf(from, 'departsLocal'));
  const arriving = offsetsOf(arrives.value, zoneOf(from, 'arrivesLocal'));
  if (!isNonEmpty(departing)) return { field: 'departsLocal', advice: skipped(departs.value) } as const;
  if (!isNonEmpty(arriving)) return { field: 'arrivesLocal', advice: skipped(arrives.value) } as const;
  const left = departs.value - (departs.offset ?? departing[0]);
  const landed = arrives.value - (arrives.offset ?? arriving[0]);
  if (isJourney(left, landed)) return undefined;
  const when = landed > left ? 'more than 3 days after' : 'not after';
  const give = isLater ? 'file that date as a fare of its own, and give' : 'give';
  const wrong = `it is ${when} the departure ${filed(departs)} at ${from.origin}`;
  if (arriving.some((offset) => isJourney(left, arrives.value - offset))) {
    return { field: 'arrivesLocal', advice: `${wrong}; ${whichOf(arrives.value, arriving, give)}` } as const;
  }
  if (departing.some((offset) => isJourney(departs.value - offset, landed))) {
    const arrival = `the arrival ${filed(arrives)} at ${from.destination} is ${when} it`;
    return { field: 'departsLocal', advice: `${arrival}; ${whichOf(departs.value, departing, give)}` } as const;
  }
  const advice = `${wrong}; give the time at ${from.destination}, up to 3 days later`;
  return { field: 'arrivesLocal', advice } as const;
}

const skipped = (local: number): string =>
  `clocks there skip ${written(local)} when they go forward; give a time they show`;

const isJourney = (left: number, landed: number): boolean => landed > left && landed - left <= LONGEST_JOURNEY;
