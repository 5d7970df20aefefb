// Seats in tests: departures on sale, events of orders, and the invariants.
import assert from 'node:assert/strict';
import type { Bus } from '../../infra/messaging/bus.ts';
import type { Database } from '../../infra/database/database.ts';
import { waiting } from '../../infra/database/outbox.ts';
import { event, type Event, eventTypes, type Payload } from '../../schema/events.ts';
import type { OrderNews } from '../../subgraphs/stock/rules/hold.ts';
import { openStock } from '../../subgraphs/stock/store/store.ts';
import { Departure, HoldLineRow, HoldRow, SeatLedger } from '../../subgraphs/stock/store/tables.ts';

export const NOW = new Date('2026-03-01T12:00:00Z');
export const capacities = { ECONOMY: 150, PREMIUM_ECONOMY: 24, BUSINESS: 12, FIRST: 4 };

const about = (subject: string, sequence: number) => ({ source: '/order', subject, sequence, now: NOW });

/** Seats by departure id, in the format of an event. */
const seatsOf = (seats: Record<string, number>) =>
  Object.entries(seats).map(([departureId, count]) => ({ departureId, seats: count }));

export const placed = (orderId: string, seats: Record<string, number>) =>
  event('order.placed', about(orderId, 1), {
    orderId,
    account: 'acc_somebody',
    amount: 100,
    currency: 'INR',
    payBy: '2026-03-01T12:15:00.000Z',
    seats: seatsOf(seats),
  });
export const paid = (orderId: string) => event('order.paid', about(orderId, 3), { orderId, paymentId: 'pay_1' });
export const closing = (orderId: string) => event('order.closing', about(orderId, 3), { orderId, because: 'UNPAID' });
export const rejected = (orderId: string) => event('order.rejected', about(orderId, 2), { orderId, because: 'LATE' });
export const givenBack = (orderId: string, returnId: string, seats: Record<string, number>) =>
  event('order.seats-given-back', about(orderId, 5), { orderId, returnId, seats: seatsOf(seats) });

/** Opens departures of these capacities for sale. */
export function onSale(
  db: Database,
  departures: Record<string, number | null>,
  cabin: 'ECONOMY' | 'FIRST' = 'ECONOMY',
) {
  const flight = { carrier: '6E', flightNumber: '2131', origin: 'DEL', destination: 'BLR', cabin };
  const scheduled = event(
    'departure.scheduled',
    { source: '/fare', subject: 'DEL-BLR', sequence: 1, now: NOW },
    {
      departures: Object.entries(departures).map(([id, capacity]) => {
        return { id, ...flight, departs: '2026-03-24T22:20', capacity };
      }),
    },
  );
  return openStock(db, capacities).open('open-departures', [scheduled], NOW);
}

export const publish = (bus: Bus, events: readonly OrderNews[]) =>
  bus.publish(
    events.map((each) => ({ topic: eventTypes[each.type].topic, key: each.subject, value: JSON.stringify(each) })),
  );

/** The events announced so far, in order. */
export async function announced(db: Database): Promise<Event[]> {
  return (await waiting(db.read(), 100_000)).map(({ event }) => event);
}

/** The types of the events about an order or a departure, in order. */
export const newsOf = async (db: Database, subject: string): Promise<string[]> =>
  (await announced(db)).filter((each) => each.subject === subject).map(({ type }) => type);

export const refusalOf = async (db: Database, orderId: string) =>
  (await announced(db)).find(({ type, subject }) => type === 'stock.refused' && subject === orderId)?.data as
    Payload<'stock.refused'> | undefined;

/** A departure's counters: available, held, sold. */
export async function counters(db: Database, id: string): Promise<[available: number, held: number, sold: number]> {
  const { available, held, sold } = await db.read().findOneOrFail(Departure, { id });
  return [available, held, sold];
}

export const stateOf = async (db: Database, id: string): Promise<string | undefined> =>
  (await db.read().findOne(HoldRow, { id }))?.state;

/** Asserts that the counters add up in one read, even during changes. */
export async function snapshotAddsUp(db: Database): Promise<void> {
  for (const { id, total, available, held, sold } of await db.read().find(Departure, {})) {
    assert.ok(Math.min(available, held, sold) >= 0, id);
    assert.equal(available + held + sold, total, id);
  }
}

/**
 * Asserts, when no work is in progress, that the ledger and the holds agree with the counters, and that no ledger has a
 * gap.
 */
export async function booksBalance(db: Database): Promise<void> {
  await snapshotAddsUp(db);
  const read = db.read();
  const [departures, ledger, holds, lines] = [
    await read.find(Departure, {}, { orderBy: { id: 'asc' } }),
    await read.find(SeatLedger, {}, { orderBy: { departure: 'asc', revision: 'asc' } }),
    await read.find(HoldRow, {}),
    await read.find(HoldLineRow, {}),
  ];
  const state = new Map(holds.map(({ id, state }) => [id, state]));
  const sum = <T>(list: readonly T[], value: (each: T) => number) => list.reduce((all, each) => all + value(each), 0);
  for (const { id, available, held, sold, revision } of departures) {
    const own = ledger.filter(({ departure }) => departure === id);
    assert.deepEqual(
      own.map((line) => line.revision),
      Array.from({ length: revision }, (_, i) => i + 1),
    );
    assert.deepEqual(
      [sum(own, (line) => line.available), sum(own, (line) => line.held), sum(own, (line) => line.sold)],
      [available, held, sold],
      id,
    );
    const on = (wanted: string) =>
      lines.filter(({ hold, departure }) => departure === id && state.get(hold) === wanted);
    const seats = (wanted: string) => sum(on(wanted), (line) => line.seats - line.returned);
    assert.deepEqual([held, sold], [seats('HELD'), seats('CONFIRMED') + seats('RETURNED')], id);
  }
}
