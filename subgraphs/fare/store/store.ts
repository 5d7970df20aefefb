// The only reader and writer of the fare room's tables and outbox. What is cached of them is fare-cache.ts's.
import type { EntityManager } from '@mikro-orm/core';
import { type Database, placesFor } from '../../../infra/database/database.ts';
import { type Cause, reprice, rewrite } from './history-store.ts';
import { faresOn } from './day-store.ts';
import type { DayOf, FareOnDay } from '../rules/day.ts';
import type { FiledFare, Filing } from '../rules/filing.ts';
import { announceChanges, lockRoutes, routeOf } from './route-store.ts';
import { identityOf, managedOf, rowOf } from './rows.ts';
import { Fare, FormerIdentity } from './tables.ts';

/** What became of filed fares. */
export interface Filed {
  imported: number;
  updated: number;
  duplicates: number;
}

export interface Fares {
  /**
   * Files fares in one transaction, with the events that announce them. A fare that is filed already changes nothing;
   * one with a fare basis takes over a new amount, and one that was filed without a capacity takes over its first.
   * `by` is the account that files them; none on the database itself. The statements are as many for a hundred routes
   * as for one.
   */
  file(filings: readonly Filing[], now: Date, by?: string | null): Promise<Filed>;
  /** Whether this very fare is filed, at whatever amount. */
  isFiled(filing: Filing): Promise<boolean>;
  /**
   * The fares that hold on each of these days and whose departure has seats, in the days' order. One query for up to a
   * hundred stretches of days, and one for all that is sold out.
   */
  onDays(days: readonly DayOf[]): Promise<FareOnDay[][]>;
  /** How often each route (as DEL-BLR) was written; 0 for one that never was. One query. */
  revisions(routes: readonly string[]): Promise<Map<string, number>>;
}

export function openFares(db: Database): Fares {
  return {
    file(filings, now, by = null) {
      return db.write(async (em) => {
        await lockRoutes(em, filings.map(routeOf));
        const { fresh, changed, seated, duplicates } = await sort(em, filings);
        if (fresh.length)
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
 * Tells new fares from those that take over a new amount or their first capacity, by their ids, and from those that are
 * filed already. Of several alike, the last speaks, but for the capacity: the first there is. A fare that was withdrawn
 * stays as it is, and the amount of one without a fare basis does: another one is then what a manager made of it.
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
      // a manager may have moved a fare that the file knows by what it was before: to other departures than these
      if (filing.capacity !== null && known.capacity == null && known.identity === key) seated.set(known.id, filing);
    }
  }
  return { fresh, changed, seated, duplicates: filings.length - fresh.length };
}

/** Keeps the capacities that fares, by their ids, are filed with for the first time. */
async function seat(em: EntityManager, seated: ReadonlyMap<string, Filing>): Promise<void> {
  for (const [capacity, some] of Map.groupBy(seated, ([, filing]) => filing.capacity)) {
    await em.nativeUpdate(Fare, { id: { $in: some.map(([id]) => id) } }, { capacity });
  }
}

const saysTheSame = (known: { amount: number; note?: string | null | undefined }, { amount, note }: Filing): boolean =>
  known.amount === amount && (known.note ?? null) === note;

/** The fares that are or once were filed as these identities. */
async function filedAs(em: EntityManager, keys: readonly string[]) {
  const fields = ['identity', 'amount', 'note', 'withdrawn', 'capacity'] as const;
  const rows = await em.find(Fare, { identity: { $in: [...keys] } }, { fields, disableIdentityMap: true });
  const filed = new Map(rows.map((row) => [row.identity, row]));
  const missing = keys.filter((key) => !filed.has(key));
  const former = await em.find(FormerIdentity, { identity: { $in: missing } }, { disableIdentityMap: true });
  if (!former.length) return filed;
  const ids = former.map(({ fare }) => fare);
  const renamed = await em.find(Fare, { id: { $in: ids } }, { fields, disableIdentityMap: true });
  for (const { identity, fare } of former)
    filed.set(
      identity,
      renamed.find(({ id }) => id === fare)!,
    );
  return filed;
}

/** Gives fares, by their ids, the amounts and notes of these filings. Their terms after it. */
async function takeOver(em: EntityManager, changed: ReadonlyMap<string, Filing>, cause: Cause): Promise<FiledFare[]> {
  if (!changed.size) return [];
  const rows = await em.find(Fare, { id: { $in: [...changed.keys()] } }, { disableIdentityMap: true });
  const fares = rows.map(managedOf);
  const changes = fares.map((before) => {
    const { amount, note } = changed.get(before.id)!;
    return { before, kind: 'IMPORTED' as const, terms: { ...before.terms, amount, note }, withdrawn: false };
  });
  // a fare that a manager took the fare basis from is another one with another amount
  const named = Map.groupBy(changes, ({ before }) => before.terms.fareBasis !== null);
  if (named.has(true)) await reprice(em, named.get(true)!, cause);
  if (named.has(false)) await rewrite(em, named.get(false)!, cause);
  return changes.map(({ terms }) => terms);
}
