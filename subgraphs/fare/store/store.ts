// The only reader and writer of the fare subgraph's tables and outbox. Caching is in fare-cache.ts.
import type { EntityManager } from '@mikro-orm/core';
import { type Database, placesFor } from '../../../infra/database/database.ts';
import { type FareChangeCause, reprice, rewrite } from './history-store.ts';
import { faresOn } from './fares-on-days.ts';
import type { DayOf, FareOnDay } from '../rules/day.ts';
import type { FiledFare, Filing } from '../rules/filing.ts';
import { announceChanges, lockRoutes, routeOf } from './route-store.ts';
import { identityOf, managedOf, rowOf } from './rows.ts';
import { Fare, FormerIdentity } from './tables.ts';

/** The result of filing fares. */
export interface Filed {
  imported: number;
  updated: number;
  duplicates: number;
}

export interface Fares {
  /**
   * Files fares in one transaction, with the events that announce them. A fare that is already filed changes nothing;
   * one with a fare basis takes the new amount, and one without a capacity takes its first. `by` is the account that
   * files; null for an import on the database itself. The number of statements does not depend on the number of routes.
   */
  file(filings: readonly Filing[], now: Date, by?: string | null): Promise<Filed>;
  /** Whether this fare is filed, with any amount. */
  isFiled(filing: Filing): Promise<boolean>;
  /**
   * The fares in force on each of these days whose departure has seats, in the order of the days. One query for up to a
   * hundred stretches of days, and one for all sold-out departures.
   */
  onDays(days: readonly DayOf[]): Promise<FareOnDay[][]>;
  /** The number of writes to each route (as DEL-BLR); 0 for a route never written. One query. */
  revisions(routes: readonly string[]): Promise<Map<string, number>>;
}

export function openFares(db: Database): Fares {
  return {
    file(filings, now, by = null) {
      return db.write(async (em) => {
        await lockRoutes(em, filings.map(routeOf));
        const { fresh, changed, seated, duplicates } = await sort(em, filings);
        await em.insertMany(
          Fare,
          fresh.map((filing) => rowOf(filing, now, by)),
        );
        const terms = await takeOver(em, changed, { by, now });
        await seat(em, seated);
        await announceChanges(em, { touched: [...fresh, ...terms], scheduled: [...fresh, ...seated.values()] }, now);
        const updated = new Set([...changed.keys(), ...seated.keys()]).size;
        return { imported: fresh.length, updated, duplicates: duplicates - updated };
      });
    },

    async isFiled(filing) {
      return (await filedAs(db.read(), [identityOf(filing)])).size > 0;
    },

    onDays: (days) => faresOn(db, days),

    async revisions(routes) {
      const rows = await db.rows<{ id: string; revision: number }>(
        `select id, revision from route where id in (${placesFor(routes)})`,
        routes,
      );
      const known = new Map(rows.map(({ id, revision }) => [id, revision]));
      return new Map(routes.map((id) => [id, known.get(id) ?? 0]));
    },
  };
}

/**
 * Sorts filings into new fares, fares with a new amount or a first capacity (both by id), and fares already filed.
 * Among filings of the same fare the last one counts, but for capacity the first that has one. A withdrawn fare stays
 * as it is. So does the amount of a fare without a fare basis: a different amount there is a manager's change.
 */
async function sort(em: EntityManager, filings: readonly Filing[]) {
  const byKey = new Map<string, Filing>();
  for (const filing of filings) {
    const key = identityOf(filing);
    byKey.set(key, { ...filing, capacity: byKey.get(key)?.capacity ?? filing.capacity });
  }
  const filed = await filedAs(em, [...byKey.keys()]);
  const fresh: Filing[] = [];
  const changed = new Map<string, Filing>();
  const seated = new Map<string, Filing>();
  for (const [key, filing] of byKey) {
    const known = filed.get(key);
    if (!known) fresh.push(filing);
    else if (!known.withdrawn) {
      if (filing.fareBasis !== null && !saysTheSame(known, filing)) changed.set(known.id, filing);
      // a manager may have moved a fare that the file knows by its former identity: its departures are others now
      if (filing.capacity !== null && known.capacity == null && known.identity === key) seated.set(known.id, filing);
    }
  }
  return { fresh, changed, seated, duplicates: filings.length - fresh.length };
}

/** Stores the first capacities of fares, by id. */
async function seat(em: EntityManager, seated: ReadonlyMap<string, Filing>): Promise<void> {
  for (const [capacity, some] of Map.groupBy(seated, ([, filing]) => filing.capacity)) {
    await em.nativeUpdate(Fare, { id: { $in: some.map(([id]) => id) } }, { capacity });
  }
}

const saysTheSame = (known: { amount: number; note?: string | null | undefined }, { amount, note }: Filing): boolean =>
  known.amount === amount && (known.note ?? null) === note;

/** The fares that have or once had these identities. */
async function filedAs(em: EntityManager, keys: readonly string[]) {
  const fields = ['identity', 'amount', 'note', 'withdrawn', 'capacity'] as const;
  const rows = await em.find(Fare, { identity: { $in: [...keys] } }, { fields, disableIdentityMap: true });
  const filed = new Map(rows.map((row) => [row.identity, row]));
  const missing = keys.filter((key) => !filed.has(key));
  const former = await em.find(FormerIdentity, { identity: { $in: missing } }, { disableIdentityMap: true });
  if (!former.length) return filed;
  const ids = former.map(({ fare }) => fare);
  const renamed = await em.find(Fare, { id: { $in: ids } }, { fields, disableIdentityMap: true });
  for (const { identity, fare } of former) {
    const row = renamed.find(({ id }) => id === fare);
    if (row) filed.set(identity, row);
  }
  return filed;
}

/** Writes the amounts and notes of these filings to fares, by id. Returns the new terms. */
async function takeOver(
  em: EntityManager,
  changed: ReadonlyMap<string, Filing>,
  cause: FareChangeCause,
): Promise<FiledFare[]> {
  if (!changed.size) return [];
  const rows = await em.find(Fare, { id: { $in: [...changed.keys()] } }, { disableIdentityMap: true });
  const fares = rows.map(managedOf);
  const changes = fares.flatMap((before) => {
    const filing = changed.get(before.id);
    if (!filing) return [];
    const terms = { ...before.terms, amount: filing.amount, note: filing.note };
    return [{ before, kind: 'IMPORTED' as const, terms, withdrawn: false }];
  });
  // a fare whose fare basis a manager removed changes its identity with its amount
  const { named = [], unnamed = [] } = Object.groupBy(changes, ({ before: { terms } }) =>
    terms.fareBasis === null ? 'unnamed' : 'named',
  );
  if (named.length) await reprice(em, named, cause);
  if (unnamed.length) await rewrite(em, unnamed, cause);
  return changes.map(({ terms }) => terms);
}
