// Departures without a seat left, from the events of the stock subgraph: they are not offered.
import { isNonEmpty } from '../../../schema/values/non-empty.ts';
import type { EntityManager } from '@mikro-orm/core';
import { type Database, placesFor } from '../../../infra/database/database.ts';
import { handleOnce } from '../../../infra/database/inbox.ts';
import type { Event } from '../../../schema/events.ts';
import type { DayOf } from '../rules/day.ts';
import type { FiledFare } from '../rules/filing.ts';
import { departureOf } from '../rules/offers.ts';
import { announceChanges, lockRoutes, routeOf } from './route-store.ts';
import { termsOf } from './rows.ts';
import { Fare, SoldOutDeparture } from './tables.ts';

export type SeatsNews = Event<'stock.sold-out'> | Event<'stock.back-on-sale'>;

export interface SoldOut {
  /**
   * Records these events in one transaction with the events that trigger the rebuild of the days. An event older than
   * the stored one changes nothing. Returns how many departures went off or on sale.
   */
  mark(consumer: string, events: readonly SeatsNews[], now: Date): Promise<number>;
}

export function openSoldOut(db: Database): SoldOut {
  return {
    mark(consumer, events, now) {
      return db.write(async (em) => {
        const latest = newestOfEach(await handleOnce(em, consumer, events, now));
        const routes = [...latest.values()].map(({ data }) => routeOf(data));
        await lockRoutes(em, routes); // a departure's state is read and written under its route's lock
        const ids = { departure: { $in: [...latest.keys()] } };
        const known = new Map(
          (await em.find(SoldOutDeparture, ids, { disableIdentityMap: true })).map((row) => [row.departure, row]),
        );
        const rows = [...latest.values()]
          .filter(({ sequence, subject }) => sequence > (known.get(subject)?.sequence ?? 0))
          .flatMap(rowOf);
        await em.upsertMany(SoldOutDeparture, rows);
        const turned = rows.filter(({ departure, soldOut }) => soldOut !== (known.get(departure)?.soldOut ?? false));
        const touched: FiledFare[] = [];
        for (const row of turned) touched.push(...(await faresOf(em, row)));
        await announceChanges(em, { touched, scheduled: [] }, now);
        return turned.length;
      });
    },
  };
}

/** The ids of sold-out departures on these routes, from the first of these days to the last. */
export async function soldOutOn(db: Database, days: readonly DayOf[]): Promise<Set<string>> {
  if (!isNonEmpty(days)) return new Set();
  const each = (value: (day: DayOf) => string) => [...new Set(days.map(value))];
  const [origins, destinations] = [each(({ origin }) => origin), each(({ destination }) => destination)];
  let [first, last] = [days[0].date, days[0].date];
  for (const { date } of days) {
    if (date < first) first = date;
    if (date > last) last = date;
  }
  const rows = await db.rows<{ departure: string }>(
    `select departure from sold_out_departure where origin in (${placesFor(origins)})
     and destination in (${placesFor(destinations)}) and date between ? and ? and sold_out`,
    [...origins, ...destinations, first, last],
  );
  return new Set(rows.map(({ departure }) => departure));
}

/** Of several events about one departure, the one with the highest revision. */
function newestOfEach(events: readonly SeatsNews[]): Map<string, SeatsNews> {
  const latest = new Map<string, SeatsNews>();
  for (const event of events) {
    const known = latest.get(event.subject);
    if (!known || event.sequence > known.sequence) latest.set(event.subject, event);
  }
  return latest;
}

/** The row for an event; none when the departure's id has a foreign format. */
function rowOf({ subject: departure, type, sequence, data: { origin, destination } }: SeatsNews) {
  const named = departureOf(departure);
  return named
    ? [{ departure, origin, destination, date: named.date, soldOut: type === 'stock.sold-out', sequence }]
    : [];
}

type SoldOutRow = ReturnType<typeof rowOf>[number];

/** The fares that sell a departure on its day, in every currency and brand. */
async function faresOf(em: EntityManager, { departure, origin, destination }: SoldOutRow): Promise<FiledFare[]> {
  const named = departureOf(departure);
  if (!named) return [];
  const { flight, date, cabin } = named;
  const where = { origin, destination, cabin, flight, firstDate: { $lte: date }, lastDate: { $gte: date } };
  const rows = await em.find(Fare, { ...where, withdrawn: false }, { disableIdentityMap: true });
  return rows.map((row) => ({ ...termsOf(row), firstDate: date, lastDate: date }));
}
