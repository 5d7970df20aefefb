// The only reader and writer of the fare room's tables and outbox. What is cached of them is fare-cache.ts's.
import type { EntityManager } from '@mikro-orm/core';
import type { Database } from '../../infra/database.ts';
import { addDays } from '../../schema/shopping.ts';
import { type Cause, rewrite } from './history-store.ts';
import { dayName, type DayOf, type FareOnDay, type Market, marketOf } from './day.ts';
import type { FiledFare, Filing } from './filing.ts';
import { announceChanges, lockRoutes, routeOf } from './route-store.ts';
import { identityOf, managedOf, rowOf, termsOf } from './rows.ts';
import { Fare, FormerIdentity, Route } from './tables.ts';

/** What became of filed fares. */
export interface Filed {
  imported: number;
  updated: number;
  duplicates: number;
}

export interface Fares {
  /**
   * Files fares in one transaction, with the events that announce them. A fare that is filed already changes nothing;
   * one with a fare basis takes over a new amount. `by` is the account that files them; none on the database itself.
   */
  file(filings: readonly Filing[], now: Date, by?: string | null): Promise<Filed>;
  /** Whether this very fare is filed, at whatever amount. */
  isFiled(filing: Filing): Promise<boolean>;
  /** The fares that hold on each of these days, in the days' order. One query. */
  onDays(days: readonly DayOf[]): Promise<FareOnDay[][]>;
  /** How often each route (as DEL-BLR) was written; 0 for one that never was. One query. */
  revisions(routes: readonly string[]): Promise<Map<string, number>>;
}

export function openFares(db: Database): Fares {
  return {
    file(filings, now, by = null) {
      return db.write(async (em) => {
        await lockRoutes(em, filings.map(routeOf));
        const { fresh, changed, duplicates } = await sort(em, filings);
        if (fresh.length)
          await em.insertMany(
            Fare,
            fresh.map((filing) => rowOf(filing, now, by)),
          );
        const terms = await takeOver(em, changed, { by, now });
        await announceChanges(em, { touched: [...fresh, ...terms], scheduled: fresh }, now);
        return { imported: fresh.length, updated: terms.length, duplicates };
      });
    },

    async isFiled(filing) {
      return (await filedAs(db.read(), [identityOf(filing)])).size > 0;
    },

    async onDays(days) {
      const markets = Map.groupBy(days, marketOf);
      const found = new Map(days.map((day) => [dayName(day), [] as FareOnDay[]]));
      for (const row of await rowsOn(db.read(), [...markets.values()])) {
        const fare = { ...termsOf(row), flight: row.flight };
        for (const day of row.manyDays ? markets.get(marketOf(row))! : [{ ...row, date: row.firstDate }]) {
          if (row.firstDate <= day.date && day.date <= row.lastDate) found.get(dayName(day))?.push(fare);
        }
      }
      return days.map((day) => found.get(dayName(day))!);
    },

    async revisions(routes) {
      const rows = await db.read().find(Route, { id: { $in: [...routes] } });
      return new Map(routes.map((id) => [id, rows.find((row) => row.id === id)?.revision ?? 0]));
    },
  };
}

/**
 * Tells new fares from those that take over a new amount, by their ids, and from those that are filed already. Of
 * several alike, the last speaks. A fare that was withdrawn stays as it is, and so does one without a fare basis:
 * another amount is then what a manager made of it.
 */
async function sort(em: EntityManager, filings: readonly Filing[]) {
  const byKey = new Map(filings.map((filing) => [identityOf(filing), filing]));
  const filed = await filedAs(em, [...byKey.keys()]);
  const fresh: Filing[] = [];
  const changed = new Map<string, Filing>();
  for (const [key, filing] of byKey) {
    const known = filed.get(key);
    if (!known) fresh.push(filing);
    else if (filing.fareBasis !== null && !known.withdrawn && !saysTheSame(known, filing))
      changed.set(known.id, filing);
  }
  return { fresh, changed, duplicates: filings.length - fresh.length - changed.size };
}

const saysTheSame = (known: { amount: number; note?: string | null | undefined }, { amount, note }: Filing): boolean =>
  known.amount === amount && (known.note ?? null) === note;

/** The fares that are or once were filed as these identities. */
async function filedAs(em: EntityManager, keys: readonly string[]) {
  const fields = ['identity', 'amount', 'note', 'withdrawn'] as const;
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
  await rewrite(em, changes, cause);
  return changes.map(({ terms }) => terms);
}

/** The fares that were ever in force between the first and the last day of a stretch, for all stretches at once. */
async function rowsOn(em: EntityManager, markets: readonly (readonly DayOf[])[]) {
  const stretches = markets.flatMap((days) => stretchesOf(days));
  if (!stretches.length) return [];
  return em.find(Fare, { $or: stretches.flatMap(inForce), withdrawn: false }, { disableIdentityMap: true });
}

/** Days of a market, from a first to a last. */
interface Stretch extends Market {
  first: string;
  last: string;
}

/** Fares of a market that cover a day of a stretch, in two ranges that have an index each. */
export const inForce = ({ first, last, ...market }: Stretch) => [
  { ...market, manyDays: false, firstDate: { $gte: first, $lte: last } },
  { ...market, manyDays: true, firstDate: { $lte: last }, lastDate: { $gte: first } },
];

const FAR = 7; // days; a gap shorter than this is cheaper to read than another range

/** The days of one market as ranges, from which only long gaps are left out. */
function stretchesOf(days: readonly DayOf[]) {
  const { origin, destination, cabin, currency } = days[0]!;
  const stretches: { first: string; last: string }[] = [];
  for (const date of days.map((day) => day.date).sort()) {
    const open = stretches.at(-1);
    if (open && date <= addDays(open.last, FAR)) open.last = date;
    else stretches.push({ first: date, last: date });
  }
  return stretches.map((stretch) => ({ origin, destination, cabin, currency, ...stretch }));
}
