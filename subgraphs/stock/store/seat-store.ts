// Seats under lock: every change of a departure's counters happens here, with its ledger line and its events.
import { type EntityManager, type InferEntity, LockMode } from '@mikro-orm/core';
import { announce } from '../../../infra/database/outbox.ts';
import { event, type Event } from '../../../schema/events.ts';
import { after, type Counts, type LedgerKind, newsOf, type Seats } from '../rules/seats.ts';
import { Departure, SeatLedger } from './tables.ts';

export type DepartureRow = InferEntity<typeof Departure>;

/** The cause of a change, as recorded in the ledger. */
export interface SeatCause {
  /** The order whose seats move; null for a change of the total. */
  orderId: string | null;
  /** An event's id, or the account of an operator. */
  cause: string;
}

/** Departures locked by one transaction. Changes are made in memory and saved together. */
export interface LockedSeats {
  /** The departure with all changes so far; undefined where it is not on sale. */
  on(departure: string): Seats | undefined;
  /** Throws an Error where a counter would fall below zero, or the departure is not locked. */
  change(departure: string, kind: LedgerKind, counts: Counts, cause: SeatCause): void;
  /** Writes the counters, a ledger line for each change, and the events about the outcome. */
  save(): Promise<void>;
}

/** Locks departures until the transaction of `em` ends, in the order of their ids, so that transactions cannot deadlock. */
export async function lockSeats(em: EntityManager, departures: Iterable<string>, now: Date): Promise<LockedSeats> {
  const ids = [...new Set(departures)].sort();
  const rows = ids.length
    ? await em.find(
        Departure,
        { id: { $in: ids } },
        { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, disableIdentityMap: true },
      )
    : [];
  const locked = new Map(rows.map((row) => [row.id, { row, before: seatsOf(row), current: seatsOf(row) }]));
  const lines: InferEntity<typeof SeatLedger>[] = [];
  return {
    on: (departure) => locked.get(departure)?.current,
    change(departure, kind, counts, cause) {
      const seats = locked.get(departure);
      if (!seats) throw new Error(`${departure} is not on sale`);
      const next = after(seats.current, counts);
      seats.current = next;
      lines.push({ departure, revision: next.revision, kind, ...cause, ...counts, at: now });
    },
    async save() {
      for (const [id, { before, current }] of locked)
        if (current.revision !== before.revision) await write(em, id, before, current);
      await em.insertMany(SeatLedger, lines);
      await announce(
        em,
        [...locked.values()].flatMap(({ row, before, current }) => newsEvents(row, before, current, now)),
      );
    },
  };
}

const seatsOf = ({ total, available, held, sold, revision }: DepartureRow): Seats => ({
  total,
  available,
  held,
  sold,
  revision,
});

/** One conditional update: it names the previous revision and seats, so a failed lock cannot sell a seat twice. */
async function write(em: EntityManager, id: string, before: Seats, next: Seats): Promise<void> {
  const written = await em.nativeUpdate(Departure, { id, ...before }, next);
  if (!written) throw new Error(`the seats of ${id} are not at revision ${before.revision}: they were not locked`);
}

type Route = Pick<DepartureRow, 'origin' | 'destination'>;

/** The events for a departure whose seats on sale were `before`. */
export function newsEvents(
  { id: departureId, origin, destination }: Route & { id: string },
  before: Pick<Seats, 'available'>,
  now: Pick<Seats, 'available' | 'revision'>,
  at: Date,
): Event[] {
  const about = { source: '/stock', subject: departureId, sequence: now.revision, now: at };
  return newsOf(before.available, now.available).map((type) =>
    type === 'stock.low'
      ? event(type, about, { departureId, available: now.available })
      : event(type, about, { departureId, origin, destination }),
  );
}
