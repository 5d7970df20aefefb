// The only reader and writer of the stock subgraph's tables.
import { paired } from '../../../schema/values/paired.ts';
import type { EntityManager } from '@mikro-orm/core';
import type { Database } from '../../../infra/database/database.ts';
import { handleOnce } from '../../../infra/database/inbox.ts';
import { announce } from '../../../infra/database/outbox.ts';
import type { Event, Payload } from '../../../schema/events.ts';
import type { Cabin } from '../../../schema/terms/fare-words.ts';
import { lockSeats, newsEvents } from './seat-store.ts';
import { Departure, SeatLedger } from './tables.ts';

/** Seats on sale, by cabin, on a departure without a filed capacity. */
export type Capacities = Readonly<Record<Cabin, number>>;

export interface Stock {
  /** The seats that can still be sold, by departure id; unknown departures are missing. One query. */
  available(ids: readonly string[]): Promise<Map<string, number>>;
  /**
   * Opens the departures of these events for sale, each once. The first capacity filed for a departure counts; a
   * departure opened with its cabin's default takes it while no seat is held or sold. Returns how many are new.
   */
  open(consumer: string, events: readonly Event<'departure.scheduled'>[], now: Date): Promise<number>;
}

export function openStock(db: Database, capacities: Capacities): Stock {
  return {
    async available(ids) {
      const rows = await db.read().find(Departure, { id: { $in: [...ids] } }, { fields: ['available'] });
      return new Map(rows.map(({ id, available }) => [id, available]));
    },

    open(consumer, events, now) {
      return db.write(async (em) => {
        const fresh = await handleOnce(em, consumer, events, now);
        const scheduled = firstOfEach(
          fresh.flatMap(({ id: cause, data }) => data.departures.map((departure) => ({ departure, cause }))),
        );
        const known = await em.find(Departure, { id: { $in: [...scheduled.keys()] } }, { fields: ['id'] });
        await takeOver(
          em,
          known.flatMap(({ id }) => scheduled.get(id) ?? []),
          now,
        );
        for (const { id } of known) scheduled.delete(id);
        return openFor(em, [...scheduled.values()], capacities, now);
      });
    },
  };
}

/** A departure, and the event that scheduled it. */
interface Scheduled {
  departure: Payload<'departure.scheduled'>['departures'][number];
  cause: string;
}

/** Puts new departures on sale. Returns how many. */
async function openFor(
  em: EntityManager,
  scheduled: readonly Scheduled[],
  capacities: Capacities,
  now: Date,
): Promise<number> {
  const rows = scheduled.map(({ departure: { capacity, ...departure } }) => {
    const total = capacity ?? capacities[departure.cabin];
    return { ...departure, filed: capacity !== null, total, available: total, held: 0, sold: 0, revision: 1 };
  });
  const opened = { revision: 1, kind: 'OPENED', orderId: null, held: 0, sold: 0, at: now } as const;
  await em.insertMany(Departure, rows);
  await em.insertMany(
    SeatLedger,
    paired(rows, scheduled).map(([{ id, available }, { cause }]) => ({ ...opened, departure: id, available, cause })),
  );
  // a new departure without seats is announced as sold out, as the fare subgraph would offer it otherwise
  const full = rows.filter(({ available }) => available === 0);
  await announce(
    em,
    full.flatMap((row) => newsEvents(row, { available: 1 }, row, now)),
  );
  return rows.length;
}

/** Gives open departures the capacity filed for them, unless one was filed before, or a seat is held or sold. */
async function takeOver(em: EntityManager, scheduled: readonly Scheduled[], now: Date): Promise<void> {
  const filed = new Map(
    scheduled.flatMap(({ departure: { id, capacity }, cause }) =>
      capacity === null ? [] : [[id, { capacity, cause }] as const],
    ),
  );
  if (!filed.size) return;
  const seats = await lockSeats(em, filed.keys(), now);
  const untouched = { id: { $in: [...filed.keys()] }, filed: false, held: 0, sold: 0 };
  for (const { id } of await em.find(Departure, untouched, { fields: ['id'], disableIdentityMap: true })) {
    const [of, before] = [filed.get(id), seats.on(id)];
    if (!of || !before || of.capacity === before.total) continue;
    const available = of.capacity - before.total;
    seats.change(id, 'CAPACITY', { available, held: 0, sold: 0 }, { orderId: null, cause: of.cause });
  }
  await em.nativeUpdate(Departure, untouched, { filed: true });
  await seats.save();
}

/** Each departure once, with the first capacity that was filed. */
function firstOfEach(scheduled: readonly Scheduled[]): Map<string, Scheduled> {
  const byId = new Map<string, Scheduled>();
  for (const one of scheduled) {
    const { id, capacity } = one.departure;
    const known = byId.get(id);
    if (!known || (known.departure.capacity === null && capacity !== null)) byId.set(id, one);
  }
  return byId;
}
