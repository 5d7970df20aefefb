// The only reader and writer of the stock room's tables.
import type { EntityManager } from '@mikro-orm/core';
import type { Database } from '../../infra/database.ts';
import { takeIn } from '../../infra/inbox.ts';
import type { Event, Payload } from '../../schema/events.ts';
import type { Cabin } from '../../schema/shopping.ts';
import { Departure } from './tables.ts';

/** Seats on sale on a departure whose capacity nobody filed. */
export type Capacities = Readonly<Record<Cabin, number>>;

export interface Stock {
  /** The seats that can still be sold, by departure id; a departure we do not know is missing. One query. */
  available(ids: readonly string[]): Promise<Map<string, number>>;
  /**
   * Opens the departures of these events for sale, each once. The first capacity filed for a departure stands; one that
   * was opened at its cabin's usual capacity takes it over while no seat is held or sold. Returns how many are new.
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
        const fresh = await takeIn(em, consumer, events, now);
        const scheduled = firstOfEach(fresh.flatMap(({ data }) => data.departures));
        const known = await em.find(Departure, { id: { $in: [...scheduled.keys()] } }, { fields: ['id'] });
        await takeOver(
          em,
          known.map(({ id }) => scheduled.get(id)!),
        );
        for (const { id } of known) scheduled.delete(id);
        const rows = [...scheduled.values()].map(({ capacity, ...departure }) => {
          const total = capacity ?? capacities[departure.cabin];
          return { ...departure, filed: capacity !== null, total, available: total, held: 0, sold: 0 };
        });
        if (rows.length) await em.insertMany(Departure, rows);
        return rows.length;
      });
    },
  };
}

type Scheduled = Payload<'departure.scheduled'>['departures'][number];

/** Gives departures that are open the capacities filed for them, unless one was before, or a seat is held or sold. */
async function takeOver(em: EntityManager, departures: readonly Scheduled[]): Promise<void> {
  const filed = departures.filter(({ capacity }) => capacity !== null);
  for (const [total, some] of Map.groupBy(filed, ({ capacity }) => capacity!)) {
    const ids = some.map(({ id }) => id).sort(); // in one order everywhere, as the rows are locked
    const untouched = { id: { $in: ids }, filed: false, held: 0, sold: 0 };
    await em.nativeUpdate(Departure, untouched, { filed: true, total, available: total });
  }
}

/** Each departure once; the first capacity that was filed wins. */
function firstOfEach(departures: readonly Scheduled[]): Map<string, Scheduled> {
  const byId = new Map<string, Scheduled>();
  for (const departure of departures) {
    const known = byId.get(departure.id);
    if (!known || (known.capacity === null && departure.capacity !== null)) byId.set(departure.id, departure);
  }
  return byId;
}
