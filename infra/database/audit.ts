// What an audit is: checks that recount what must always hold, on a live database, and only look.
import type { AbstractSqlConnection as SqlConnection } from '@mikro-orm/sql';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from './database.ts';

/** What a check found. */
export interface Found {
  /** How many rows it looked at. */
  rows: number;
  /** The ids of those for which it does not hold: up to a hundred. */
  offending: readonly string[];
  /** What else there is to tell of them, as totals: a line each. */
  told?: readonly string[];
}

export interface Check {
  name: string;
  /** What must hold, as a sentence. */
  sentence: string;
  find(): Promise<Found>;
}

/** A check could not be made: what it compares with did not answer. The message says who, and what was answered. */
export class Unanswered extends Error {}

const SHOWN = 100; // offending ids; whoever has more has one cause for them

/** The rows that a statement selects, as the driver has them: a sum may be a number or a text. */
export const select = <Row>(db: Database, sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
  (db.read().getConnection() as SqlConnection).execute<Row[]>(sql, [...values]);

/** A check in SQL: `rows` counts what there is, `offending` selects the `id` of each row for which it does not hold. */
export function sqlCheck(
  db: Database,
  {
    name,
    sentence,
    rows,
    offending,
    values = [],
  }: Omit<Check, 'find'> & { rows: string; offending: string; values?: unknown[] },
): Check {
  return {
    name,
    sentence,
    async find() {
      const [counted] = await select<{ count: number | string }>(db, rows);
      const bad = await select<{ id: string | number }>(db, `${offending} limit ${SHOWN}`, values);
      return { rows: Number(counted!.count), offending: bad.map(({ id }) => String(id)) };
    },
  };
}

const PAGE = 500; // rows read at a time

/** A check of rows that are read a page at a time, after the id of the last: `bad` gives the ids of those of a page that offend. */
export function pagedCheck<Row>({
  read,
  idOf,
  bad,
  told,
  ...check
}: Omit<Check, 'find'> & {
  read: (after: string, most: number) => Promise<Row[]>;
  idOf: (row: Row) => string;
  bad: (page: readonly Row[]) => string[] | Promise<string[]>;
  /** What there is to tell, once all pages were looked at. */
  told?: () => string[];
}): Check {
  return {
    ...check,
    async find() {
      const offending: string[] = [];
      let rows = 0;
      for (let after = ''; ;) {
        const page = await read(after, PAGE);
        offending.push(...(await bad(page)).slice(0, SHOWN - offending.length));
        rows += page.length;
        if (page.length < PAGE) return { rows, offending, ...(told && { told: told() }) };
        after = idOf(page.at(-1)!);
      }
    },
  };
}

const LOOKS = 3;
const BETWEEN = 1000; // ms

/**
 * What a check finds on a system that is at work: what was in the middle of something a moment ago is no fault, so the
 * offending are looked at again, and those count that offend each time.
 */
export async function settled(check: Check, between = BETWEEN): Promise<Found> {
  let found = await check.find();
  for (let look = 1; look < LOOKS && found.offending.length; look++) {
    await wait(between);
    const again = await check.find();
    found = { ...again, offending: found.offending.filter((id) => again.offending.includes(id)) };
  }
  return found;
}
