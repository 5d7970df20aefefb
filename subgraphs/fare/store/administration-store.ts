// Fares as managers see them: listed by any condition, and changed by the rules of administration.ts.
import type { EntityManager, FilterQuery } from '@mikro-orm/core';
import type { Database } from '../../../infra/database/database.ts';
import { keyset } from '../../../infra/database/keyset.ts';
import type { Page } from '../../../schema/terms/connection.ts';
import type { Brand, Cabin, TravellerType } from '../../../schema/terms/fare-words.ts';
import {
  type FareChangeDecided,
  type ManagedFare,
  noSuchFare,
  placeFare,
  proposal,
  type FareChangeRefused,
  withdraw,
} from '../rules/administration.ts';
import type { Draft, DraftFault } from '../rules/draft.ts';
import type { FiledFare, Filing } from '../rules/filing.ts';
import {
  type FareChangeCause,
  type HistoryPage,
  historyLengths,
  fareHistories,
  type HistoryRow,
  record,
  rewrite,
  yieldIdentity,
} from './history-store.ts';
import { announceChanges, lockRoutes, routeOf } from './route-store.ts';
import { type FareRow, identityOf, managedOf, rowOf } from './rows.ts';
import { Fare } from './tables.ts';

/** Which fares to list; every condition given must hold. */
export interface FareConditions {
  carrier?: string;
  flightNumber?: string;
  origin?: string;
  destination?: string;
  /** A day that the fare covers. */
  date?: string;
  cabin?: Cabin;
  brand?: Brand;
  travellerType?: TravellerType;
  fareBasis?: string;
  withdrawn?: boolean;
}

/** The fare as it is now, a refusal, or the fault in the draft. */
export type Outcome = ManagedFare | FareChangeRefused | { fault: DraftFault };

/** Each write is one transaction: the rule decides under the route's lock, then row, history and events are written together. */
export interface Administration {
  create(filing: Filing, cause: FareChangeCause): Promise<Outcome>;
  change(id: string, changes: Partial<Draft>, expectedRevision: number, cause: FareChangeCause): Promise<Outcome>;
  withdraw(id: string, expectedRevision: number, cause: FareChangeCause): Promise<Outcome>;
  /** The fare of this id, withdrawn or not; null when there is none. */
  fare(id: string): Promise<ManagedFare | null>;
  /** A page of the fares that meet these conditions, by id, which is the order of filing. */
  fares(conditions: FareConditions, page: Page): Promise<ManagedFare[]>;
  /** The number of fares that meet these conditions. */
  count(conditions: FareConditions): Promise<number>;
  /** Pages of histories, the newest entry first. One query for all. */
  history(pages: readonly HistoryPage[]): Promise<HistoryRow[][]>;
  /** The number of entries in the histories of these fares, by fare. One query. */
  historyLengths(fares: readonly string[]): Promise<Map<string, number>>;
}

const matching = ({ date, ...conditions }: FareConditions): FilterQuery<FareRow> => ({
  ...conditions,
  ...(date && { firstDate: { $lte: date }, lastDate: { $gte: date } }),
});

export function openAdministration(db: Database): Administration {
  /** Runs a rule on a fare under its route's lock. Writes its decision; any other result is returned as the outcome. */
  async function decide(
    id: string,
    cause: FareChangeCause,
    rule: (
      em: EntityManager,
      current: ManagedFare,
    ) => Promise<FareChangeDecided | Outcome> | FareChangeDecided | Outcome,
  ): Promise<Outcome> {
    const found = await db.read().findOne(Fare, { id }); // fares are never deleted, and their route never changes
    if (!found) return noSuchFare;
    return db.write(async (em) => {
      await lockRoutes(em, [routeOf(found)]);
      const before = managedOf(await em.findOneOrFail(Fare, { id }, { disableIdentityMap: true }));
      const decision = await rule(em, before);
      if (!('kind' in decision)) return decision;
      await rewrite(em, [{ ...decision, before }], cause);
      await announceChanges(em, decision, cause.now);
      return { ...before, terms: decision.terms, withdrawn: decision.withdrawn, revision: before.revision + 1 };
    });
  }

  return {
    create(filing, cause) {
      return db.write(async (em) => {
        await lockRoutes(em, [routeOf(filing)]);
        const decision = placeFare(filing, null, await beside(em, filing), cause.now);
        if (!('kind' in decision)) return decision;
        await yieldIdentity(em, identityOf(filing));
        const row = rowOf(filing, cause.now, cause.by);
        await em.insert(Fare, row);
        const { kind, terms } = decision;
        await record(em, [{ fare: row.id, revision: row.revision, kind, before: null, terms }], cause);
        await announceChanges(em, decision, cause.now);
        return { id: row.id, revision: 1, withdrawn: false, terms, filedAt: cause.now, filedBy: cause.by };
      });
    },

    change(id, changes, expectedRevision, cause) {
      return decide(id, cause, async (em, current) => {
        const proposed = proposal(current, changes, expectedRevision);
        if (!('filing' in proposed)) return proposed;
        return placeFare(proposed.filing, current, await beside(em, proposed.filing), cause.now);
      });
    },

    withdraw: (id, expectedRevision, cause) => decide(id, cause, (_, current) => withdraw(current, expectedRevision)),

    async fare(id) {
      const row = await db.read().findOne(Fare, { id });
      return row && managedOf(row);
    },

    async fares(given, page) {
      const { conditions, page: stretch } = keyset<FareRow>([['id', 'asc']], page);
      const rows = await db.read().find(Fare, { $and: [matching(given), ...conditions] }, stretch);
      return rows.map(managedOf);
    },
    count: (given) => db.read().count(Fare, matching(given)),

    history: (pages) => fareHistories(db.read(), pages),
    historyLengths: (fares) => historyLengths(db, fares),
  };
}

/** The fares on offer that could be rivals of this one: of the same kind and market, on any of its dates. */
async function beside(em: EntityManager, fare: FiledFare): Promise<ManagedFare[]> {
  const { carrier, origin, destination, cabin, brand, travellerType, currency, fareBasis } = fare;
  const { firstDate: first, lastDate: last } = fare;
  const market = { origin, destination, cabin, currency };
  // two ranges, each with an index
  const onItsDates = {
    $or: [
      { ...market, manyDays: false, firstDate: { $gte: first, $lte: last } },
      { ...market, manyDays: true, firstDate: { $lte: last }, lastDate: { $gte: first } },
    ],
  };
  const rows = await em.find(
    Fare,
    { ...onItsDates, carrier, brand, travellerType, fareBasis, withdrawn: false },
    { disableIdentityMap: true },
  );
  return rows.map(managedOf);
}
