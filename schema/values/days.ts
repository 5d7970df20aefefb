// Days of the calendar, as 2026-03-24.
import { DAY } from '../terms/durations.ts';

/** The date this number of days later; earlier if negative. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
