// A row of a fare file: the filing that it means, or the fault in it.
import { airport } from '../../schema/airports.ts';
import { money, minorUnits } from '../../schema/money.ts';
import type { Cabin, TravellerType } from '../../schema/shopping.ts';
import { DAY, instantOf, midnightOf, reading, written } from '../../schema/clock-reading.ts';
import { codes, type Column, COLUMNS, fields } from './csv-columns.ts';
import type { Brand, Filing } from './filing.ts';

/** Why a row is refused. Without a column it is the row as a whole, and `value` its text. */
export interface Fault {
  column: Column | null;
  value: string;
  /** What is wrong, if the value does not show it, and what to do. */
  advice: string;
}

type Row = Record<Column, string>;

/** The filing that a row means, all its dates moved by so many weeks; or the first fault in it. */
export function filingOf(
  columns: readonly Column[],
  cells: readonly string[],
  shiftWeeks: number,
): { filing: Filing } | { fault: Fault } {
  const row: Row = { ...blank };
  for (const [i, column] of columns.entries()) row[column] = cells[i] ?? '';
  const fault = faultIn(row, columns, cells);
  if (fault) return { fault };
  const times = timesOf(row, shiftWeeks * 7 * DAY);
  if ('fault' in times) return times;
  return {
    filing: {
      carrier: row.carrier,
      flightNumber: row.flightNumber || null,
      origin: row.origin,
      destination: row.destination,
      via: codes(row.via),
      ...times,
      cabin: row.cabin as Cabin,
      brand: (row.brand || 'STANDARD') as Brand,
      travellerType: row.travellerType as TravellerType,
      fareBasis: row.fareBasis || null,
      amount: minorUnits(row.amount, row.currency)!,
      currency: row.currency,
      note: row.note || null,
      capacity: row.capacity ? Number(row.capacity) : null,
    },
  };
}

const blank: Row = Object.fromEntries(COLUMNS.map((column) => [column, ''])) as Row;

const MOST = 1e12; // minor units: far above any fare, and a party's total is still exact

/** The first fault in a row that shows without looking at a clock. */
function faultIn(row: Row, columns: readonly Column[], cells: readonly string[]): Fault | undefined {
  if (cells.length !== columns.length) {
    const advice = `it has ${cells.length} columns and the header ${columns.length}; give as many`;
    return { column: null, value: cells.join(','), advice };
  }
  const wrong = columns.find((column) => !fields[column].accepts(row[column]));
  if (wrong) return faultOf(row, wrong, fields[wrong].advice);
  const landings = [row.origin, ...codes(row.via), row.destination];
  if (row.origin === row.destination) {
    return faultOf(row, 'destination', 'it is the origin; give another airport');
  }
  if (landings.some((code, i) => code === landings[i - 1])) {
    return faultOf(row, 'via', 'it repeats the airport before or after; give each landing on the way once');
  }
  const amount = minorUnits(row.amount, row.currency) ?? -1;
  if (amount >= 0 && amount <= MOST && !row.amount.startsWith('-')) return undefined;
  return faultOf(row, 'amount', `give a number as ${money(389700, row.currency).amount} ${row.currency}, 0 or more`);
}

const faultOf = (row: Row, column: Column, advice: string): Fault => ({ column, value: row[column], advice });

type Times = Pick<Filing, 'departs' | 'arrives' | 'arrivalDays' | 'firstDate' | 'lastDate'>;

const LONGEST_JOURNEY = 3 * DAY;
const LONGEST_WINDOW = 370 * DAY; // carriers file about a year ahead

/** The row's times, moved by `shift` ms, once they were found possible on every day of its window. */
function timesOf(row: Row, shift: number): Times | { fault: Fault } {
  const departs = reading(row.departsLocal)! + shift;
  const arrives = reading(row.arrivesLocal)! + shift;
  const first = midnightOf(departs);
  const last = row.lastDate ? reading(`${row.lastDate}T00:00`)! + shift : first;
  if (last < first || last - first > LONGEST_WINDOW) {
    const advice = `give the date of departsLocal or one up to ${LONGEST_WINDOW / DAY} days later, or leave it empty`;
    return { fault: faultOf(row, 'lastDate', advice) };
  }
  for (let later = 0; later <= last - first; later += DAY) {
    const fault = journeyFault(row, departs + later, arrives + later);
    if (fault) return { fault };
  }
  return {
    departs: written(departs).slice(11),
    arrives: written(arrives).slice(11),
    arrivalDays: (midnightOf(arrives) - first) / DAY,
    firstDate: written(first).slice(0, 10),
    lastDate: written(last).slice(0, 10),
  };
}

/** Why nobody can depart and arrive when the clocks of the two places read this. */
function journeyFault(row: Row, departs: number, arrives: number): Fault | undefined {
  const left = instantOf(departs, airport(row.origin)!.timeZone);
  const landed = instantOf(arrives, airport(row.destination)!.timeZone);
  const skipped = (local: number): string =>
    `clocks there skip ${written(local)} when they go forward; give a time they show`;
  if (left === undefined) return faultOf(row, 'departsLocal', skipped(departs));
  if (landed === undefined) return faultOf(row, 'arrivesLocal', skipped(arrives));
  if (landed > left && landed - left <= LONGEST_JOURNEY) return undefined;
  const wrong = landed > left ? 'more than 3 days after' : 'not after';
  const advice = `it is ${wrong} the departure ${written(departs)} at ${row.origin}; give the time at ${row.destination}, up to 3 days later`;
  return faultOf(row, 'arrivesLocal', advice);
}
