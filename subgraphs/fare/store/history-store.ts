// The history of fares: each change writes the row, its history entry, and the fare's former identity.
import { type EntityManager, type InferEntity, raw } from '@mikro-orm/core';
import type { FareChangeDecided, ManagedFare } from '../rules/administration.ts';
import { type Database, placesFor } from '../../../infra/database/database.ts';
import type { Page } from '../../../schema/terms/connection.ts';
import { termColumns, identityOf } from './rows.ts';
import { Fare, FareHistory, FormerIdentity } from './tables.ts';

export type HistoryRow = InferEntity<typeof FareHistory>;

/** The author and time of a change. `by` is an account; null for an import run on the database itself. */
export interface FareChangeCause {
  by: string | null;
  now: Date;
}

/** A change of an existing fare. */
export interface Change extends Pick<FareChangeDecided, 'kind' | 'terms' | 'withdrawn'> {
  before: ManagedFare;
}

/** Writes changes of fares whose routes are locked. Throws an Error where a fare's revision is not the expected one. */
export async function rewrite(em: EntityManager, changes: readonly Change[], cause: FareChangeCause): Promise<void> {
  for (const change of changes) await rewriteOne(em, change);
  await log(em, changes, cause);
}

async function rewriteOne(em: EntityManager, { before, terms, withdrawn }: Change): Promise<void> {
  const [former, identity] = [identityOf(before.terms), identityOf(terms)];
  if (identity !== former) {
    await yieldIdentity(em, identity);
    await em.upsert(FormerIdentity, { identity: former, fare: before.id });
  }
  const at = { id: before.id, revision: before.revision };
  const columns = withdrawn ? {} : termColumns(terms);
  const written = await em.nativeUpdate(Fare, at, { ...columns, withdrawn, revision: before.revision + 1 });
  if (!written) throw outdated(before);
}

const outdated = ({ id, revision }: ManagedFare): Error =>
  new Error(`${id} is not at revision ${revision}: its route was not locked`);

const REPRICED_AT_ONCE = 100; // fares in one statement: each row is compared with every case

/**
 * Writes new amounts and notes of fares on offer whose identity stays, many at once. Their routes are locked. Throws an
 * Error where a fare's revision is not the expected one.
 */
export async function reprice(em: EntityManager, changes: readonly Change[], cause: FareChangeCause): Promise<void> {
  for (let done = 0; done < changes.length; done += REPRICED_AT_ONCE) {
    const some = changes.slice(done, done + REPRICED_AT_ONCE);
    const byId = <T>(value: (change: Change) => T) =>
      raw<T>(
        `case id${' when ? then ?'.repeat(some.length)} end`,
        some.flatMap((change) => [change.before.id, value(change)]),
      );
    const written = await em.nativeUpdate(
      Fare,
      { id: { $in: some.map(({ before }) => before.id) }, revision: byId<number>(({ before }) => before.revision) },
      {
        amount: byId<number>(({ terms }) => terms.amount),
        note: byId<string | null>(({ terms }) => terms.note),
        revision: raw<number>('revision + 1'),
      },
    );
    const [first] = some;
    if (first && written !== some.length) throw outdated(first.before);
  }
  await log(em, changes, cause);
}

async function log(em: EntityManager, changes: readonly Change[], cause: FareChangeCause): Promise<void> {
  await record(
    em,
    changes.map(({ before, kind, terms }) => ({
      fare: before.id,
      revision: before.revision + 1,
      kind,
      before: before.terms,
      terms,
    })),
    cause,
  );
}

interface Entry extends Pick<FareChangeDecided, 'kind' | 'terms'> {
  fare: string;
  revision: number;
  before: ManagedFare['terms'] | null;
}

/** Adds entries to the history. */
export async function record(
  em: EntityManager,
  entries: readonly Entry[],
  { by, now }: FareChangeCause,
): Promise<void> {
  await em.insertMany(
    FareHistory,
    entries.map(({ fare, revision, kind, before, terms }) => ({
      fare,
      revision,
      kind,
      changedAt: now,
      changedBy: by,
      termsBefore: before,
      termsAfter: terms,
    })),
  );
}

/** Removes an identity from the withdrawn fare that has it, so that a new fare can take it. */
export async function yieldIdentity(em: EntityManager, identity: string): Promise<void> {
  await em.nativeUpdate(Fare, { identity, withdrawn: true }, { identity: raw<string>('id') });
}

/** A page of a fare's history, with the fare's revision. The cursor of an entry is its revision. */
export interface HistoryPage extends Page<readonly [revision: number]> {
  fare: string;
  revision: number;
}

/** The range of revisions of the page's entries. The first revision may have no entry: an import files without one. */
function rangeOf({ revision, after, before, backward, most }: HistoryPage): { $gte: number; $lte: number } {
  const newest = after ? after[0] - 1 : revision;
  const oldest = before ? before[0] + 1 : 1;
  return backward
    ? { $gte: oldest, $lte: Math.min(newest, oldest + most) }
    : { $gte: Math.max(oldest, newest - most + 1), $lte: newest };
}

/** The entries of each page, newest first unless it is read backward. One query: revisions have no gaps, so a page is a range. */
export async function fareHistories(em: EntityManager, pages: readonly HistoryPage[]): Promise<HistoryRow[][]> {
  const rows = await em.find(
    FareHistory,
    { $or: pages.map((page) => ({ fare: page.fare, revision: rangeOf(page) })) },
    { orderBy: { revision: 'desc' }, disableIdentityMap: true },
  );
  return pages.map((page) => {
    const { $gte: oldest, $lte: newest } = rangeOf(page);
    const own = rows.filter(({ fare, revision }) => fare === page.fare && revision >= oldest && revision <= newest);
    return (page.backward ? own.reverse() : own).slice(0, page.most);
  });
}

/** The number of entries in the histories of these fares, by fare. */
export async function historyLengths(db: Database, fares: readonly string[]): Promise<Map<string, number>> {
  const sql = `select fare, count(*) as entries from fare_history where fare in (${placesFor(fares)}) group by fare`;
  const counted = await db.rows<{ fare: string; entries: number | string }>(sql, fares);
  return new Map(counted.map(({ fare, entries }) => [fare, Number(entries)]));
}
