// The price calendar: fifteen days around the chosen one.
import { addDays } from '../../../schema/values/days.ts';
import type { Search } from '../../../schema/terms/shopping.ts';
import type { DayLowest } from './day.ts';
import { partyTotal } from './pricing.ts';

/** One day; `price` is in minor units, null when nothing is on offer or the day is past. */
export interface CalendarDay {
  date: string;
  price: number | null;
  isLowest: boolean;
  isSelected: boolean;
  /** UTC; null when the day is past. */
  asOf: string | null;
}

const REACH = 7; // days to either side

/** The fifteen dates of a search's calendar, in order. */
export const calendarDates = ({ date }: Search): string[] =>
  Array.from({ length: 2 * REACH + 1 }, (_, i) => addDays(date, i - REACH));

/** The calendar of a search, from the lowest prices of each date; a date that is missing is past. */
export function calendar(search: Search, days: ReadonlyMap<string, DayLowest>): CalendarDay[] {
  const priced = calendarDates(search).map((date) => {
    const day = days.get(date);
    const totals = day?.lowest.map((amounts) => partyTotal(amounts, search.party)) ?? [];
    return { date, price: totals.length ? Math.min(...totals) : null, asOf: day?.asOf ?? null };
  });
  const least = Math.min(...priced.map(({ price }) => price ?? Infinity));
  return priced.map((day) => ({ ...day, isLowest: day.price === least, isSelected: day.date === search.date }));
}
