// Audits: read-only checks, on a live database, of invariants that must always hold.
import { isNonEmpty, lastOf } from '../../schema/values/non-empty.ts';
import { oneRow } from './one-row.ts';
import type { AbstractSqlConnection as SqlConnection } from '@mikro-orm/sql';
import { setImmediate as othersTurn, setTimeout as wait } from 'node:timers/promises';
import { until } from '../http/deadline.ts';
import type { Database } from './database.ts';

/** The result of a check. */
export interface AuditResult {
  /** How many rows the check looked at. */
  rows: number;
  /** Up to a hundred ids of the rows that violate the sentence. */
  offending: readonly string[];
  /** More about the offending rows, as totals: one a line. */
  totals?: readonly string[];
}

export interface VerifyCheck {
  name: string;
  /** The invariant, as a sentence. */
  sentence: string;
  find(): Promise<AuditResult>;
}

/**
 * A check could not be made because the service that it compares with did not answer. The message names that service
 * and its answer.
 */
export class Unanswered extends Error {}

const SHOWN = 100; // offending ids; more than that have one common cause

/** The rows that a statement selects, as the driver returns them: a sum may be a number or a text. */
export const select = <Row>(db: Database, sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
  (db.read().getConnection() as SqlConnection).execute<Row[]>(sql, [...values]);

/** A check in SQL: `rows` counts all rows, `offending` selects the `id` of each row that violates the sentence. */
export function sqlCheck(
  db: Database,
  {
    name,
    sentence,
    rows,
    offending,
    values = [],
  }: Omit<VerifyCheck, 'find'> & { rows: string; offending: string; values?: unknown[] },
): VerifyCheck {
  return {
    name,
    sentence,
    async find() {
      const counted = oneRow(await select<{ count: number | string }>(db, rows));
      const bad = await select<{ id: string | number }>(db, `${offending} limit ${SHOWN}`, values);
      return { rows: Number(counted.count), offending: bad.map(({ id }) => String(id)) };
    },
  };
}

const PAGE = 500; // rows read at a time

/**
 * A check that reads its rows in pages, after the id of the last row: `bad` returns the ids of a page's offending rows.
 */
export function pagedCheck<Row>({
  read,
  idOf,
  bad,
  totals,
  ...check
}: Omit<VerifyCheck, 'find'> & {
  read: (after: string, most: number) => Promise<Row[]>;
  idOf: (row: Row) => string;
  bad: (page: readonly Row[]) => string[] | Promise<string[]>;
  /** Totals to report once all pages were read. */
  totals?: () => string[];
}): VerifyCheck {
  return {
    ...check,
    async find() {
      const offending: string[] = [];
      let rows = 0;
      for (let after: string | undefined = ''; after !== undefined;) {
        const page: Row[] = await read(after, PAGE);
        await othersTurn(); // as in lookAt
        offending.push(...(await bad(page)).slice(0, SHOWN - offending.length));
        rows += page.length;
        after = page.length === PAGE && isNonEmpty(page) ? idOf(lastOf(page)) : undefined;
      }
      return { rows, offending, ...(totals && { totals: totals() }) };
    },
  };
}

const LOOKS = 3;
const BETWEEN = 1000; // ms

/** What a check found: it HOLDS, it does not (FAULT), or it could not be made (UNKNOWN, with the error). */
export interface AuditFinding extends Pick<VerifyCheck, 'name' | 'sentence'>, AuditResult {
  outcome: 'HOLDS' | 'FAULT' | 'UNKNOWN';
  error?: unknown;
}

/** There was no time left for a check. */
export class OutOfTime extends Error {}

export interface Auditing {
  /** The pause between two looks, in ms. */
  between?: number | undefined;
  /** Once it is aborted, the checks that are not finished are UNKNOWN with its reason. */
  signal?: AbortSignal;
}

/**
 * Makes the checks on a running system, one after the other. A row in the middle of a change is no fault, so offending
 * rows are checked again, and only those that offend each time count. A check that fails is UNKNOWN; the others still
 * run.
 */
export async function findingsOf(
  checks: readonly VerifyCheck[],
  { between = BETWEEN, signal = new AbortController().signal }: Auditing = {},
): Promise<AuditFinding[]> {
  const findings = new Map<VerifyCheck, AuditFinding>();
  for (const check of checks) findings.set(check, await lookAt(check, signal));
  for (let look = 1; look < LOOKS; look++) {
    const faults = [...findings].filter(([, { outcome }]) => outcome === 'FAULT');
    if (faults.length) await wait(between, undefined, { signal }).catch(() => undefined);
    for (const [check, before] of faults) findings.set(check, stillOffending(before, await lookAt(check, signal)));
  }
  return [...findings.values()];
}

async function lookAt(check: VerifyCheck, signal: AbortSignal): Promise<AuditFinding> {
  const { name, sentence } = check;
  try {
    await othersTurn(); // on embedded adapters the checks would starve timers and sockets
    const found = await until(signal, () => check.find());
    return { name, sentence, ...found, outcome: found.offending.length ? 'FAULT' : 'HOLDS' };
  } catch (error) {
    return { name, sentence, rows: 0, offending: [], outcome: 'UNKNOWN', error };
  }
}

/** The second of two looks, with the rows that offend in both. */
function stillOffending(before: AuditFinding, again: AuditFinding): AuditFinding {
  if (again.outcome === 'UNKNOWN') return { ...before, outcome: 'UNKNOWN', error: again.error };
  const offending = before.offending.filter((id) => again.offending.includes(id));
  return { ...again, offending, outcome: offending.length ? 'FAULT' : 'HOLDS' };
}
