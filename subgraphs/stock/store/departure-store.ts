// Departures as operators see them: seats, ledgers and sales, and capacity changes under the rule of capacity.ts.
import type { FilterQuery, InferEntity } from '@mikro-orm/core';
import type { Database } from '../../../infra/database/database.ts';
import { keyset } from '../../../infra/database/keyset.ts';
import { isRefused } from '../../../schema/errors.ts';
import type { Page } from '../../../schema/terms/connection.ts';
import { addDays } from '../../../schema/values/days.ts';
import { type CapacityRefused, recount } from '../rules/capacity.ts';
import type { SaleLine } from '../rules/sales-by-day.ts';
import { type DepartureRow, lockSeats } from './seat-store.ts';
import { Departure, SeatLedger } from './tables.ts';

export type LedgerRow = InferEntity<typeof SeatLedger>;

/** Which departures to list; every condition given must hold. */
export interface DepartureConditions {
  origin?: string;
  destination?: string;
  /** The date of departure, local at the origin. */
  date?: string;
}

/** The position of a departure in a list: its time, then its id. */
export type DeparturePlace = readonly [departs: string, id: string];

/** Why a capacity did not change; `current` is the departure as it is now. */
export interface CapacityKept extends CapacityRefused {
  current: DepartureRow | null;
}

export interface Departures {
  /** The departure of this id; null when there is none. */
  departure(id: string): Promise<DepartureRow | null>;
  /** A page of the departures that meet these conditions, by time of departure. */
  departures(conditions: DepartureConditions, page: Page<DeparturePlace>): Promise<DepartureRow[]>;
  /** The number of departures that meet these conditions. */
  count(conditions: DepartureConditions): Promise<number>;
  /** Sets the total of a departure, in one transaction with its ledger line and its events. `by` is an account. */
  changeCapacity(
    id: string,
    total: number,
    expected: number | null,
    cause: { by: string; now: Date },
  ): Promise<DepartureRow | CapacityKept>;
  /** A page of a departure's ledger by revision, newest line first. */
  ledger(id: string, page: Page): Promise<LedgerRow[]>;
  /** The sales in the ledgers of these departures. One query. */
  sales(ids: readonly string[]): Promise<Map<string, SaleLine[]>>;
}

const matching = ({ date, ...route }: DepartureConditions): FilterQuery<DepartureRow> => ({
  ...route,
  ...(date && { departs: { $gte: date, $lt: addDays(date, 1) } }),
});

export function openDepartures(db: Database): Departures {
  return {
    departure: (id) => db.read().findOne(Departure, { id }),

    departures(given, page) {
      const { conditions, page: stretch } = keyset<DepartureRow>(
        [
          ['departs', 'asc'],
          ['id', 'asc'],
        ],
        page,
      );
      return db.read().find(Departure, { $and: [matching(given), ...conditions] }, stretch);
    },
    count: (given) => db.read().count(Departure, matching(given)),

    changeCapacity(id, total, expected, { by, now }) {
      return db.write(async (em) => {
        const seats = await lockSeats(em, [id], now);
        const decision = recount(seats.on(id), total, expected);
        if ('change' in decision) {
          if (decision.change) seats.change(id, 'CAPACITY', decision.change, { orderId: null, cause: by });
          await seats.save();
          await em.nativeUpdate(Departure, { id }, { filed: true }); // a capacity filed later must not replace it
        }
        const current = await em.findOne(Departure, { id }, { disableIdentityMap: true });
        return isRefused(decision) ? { ...decision, current } : current!;
      });
    },

    ledger(departure, page) {
      const { conditions, page: stretch } = keyset<LedgerRow>([['revision', 'desc']], page);
      return db.read().find(SeatLedger, { $and: [{ departure }, ...conditions] }, stretch);
    },

    async sales(ids) {
      const sold = { departure: { $in: [...ids] }, kind: { $in: ['CONFIRMED' as const, 'RETURNED' as const] } };
      const lines = await db.read().find(SeatLedger, sold, { disableIdentityMap: true });
      return Map.groupBy(lines, ({ departure }) => departure);
    },
  };
}
