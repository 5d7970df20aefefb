// The only reader and writer of the fare room's tables and outbox. What is cached of them is fare-cache.ts's.
import { type EntityManager, type InferEntity, raw } from '@mikro-orm/core';
import { createHash } from 'node:crypto';
import { typeidUnboxed } from 'typeid-js';
import type { Database } from '../../infra/database.ts';
import { announce } from '../../infra/outbox.ts';
import { event, type Event } from '../../schema/events.ts';
import { addDays } from '../../schema/shopping.ts';
import { changesOf, departuresOf } from './announcing.ts';
import { dayName, type DayOf, type FareOnDay, marketOf } from './day.ts';
import { flight, identity, type Filing } from './filing.ts';
import { Fare, Route } from './tables.ts';

/** What became of filed fares. */
export interface Filed {
  imported: number;
  updated: number;
  duplicates: number;
}

export interface Fares {
  /**
   * Files fares in one transaction, with the events that announce them. A fare that is filed already changes nothing;
   * one with a fare basis takes over a new amount.
   */
  file(filings: readonly Filing[], now: Date): Promise<Filed>;
  /** Whether this very fare is filed, at whatever amount. */
  isFiled(filing: Filing): Promise<boolean>;
  /** The fares that hold on each of these days, in the days' order. One query. */
  onDays(days: readonly DayOf[]): Promise<FareOnDay[][]>;
  /** How often each route (as DEL-BLR) was written; 0 for one that never was. One query. */
  revisions(routes: readonly string[]): Promise<Map<string, number>>;
}

/** A route as DEL-BLR: the aggregate that the fare room's events are about. */
export const routeOf = ({ origin, destination }: { origin: string; destination: string }): string =>
  `${origin}-${destination}`;

/** 128 bits of a digest; `length` characters of base64url. */
const digest = (text: string, length = 22): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, length);

const flightId = (filing: Filing): string => digest(flight(filing), 16);

export function openFares(db: Database): Fares {
  return {
    file(filings, now) {
      return db.write(async (em) => {
        const { fresh, changed, duplicates } = await sort(em, filings);
        if (fresh.size)
          await em.insertMany(
            Fare,
            [...fresh].map(([key, filing]) => rowOf(key, filing)),
          );
        for (const [id, { amount, note }] of changed) await em.nativeUpdate(Fare, { identity: id }, { amount, note });
        await announceChanges(em, [...fresh.values()], [...changed.values()], now);
        return { imported: fresh.size, updated: changed.size, duplicates };
      });
    },

    async isFiled(filing) {
      return (await db.read().count(Fare, { identity: digest(identity(filing)) })) > 0;
    },

    async onDays(days) {
      const markets = Map.groupBy(days, marketOf);
      const found = new Map(days.map((day) => [dayName(day), [] as FareOnDay[]]));
      for (const row of await rowsOn(db.read(), [...markets.values()])) {
        const fare = fareOf(row);
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

/** Tells new fares from changed ones and from those that are filed already. Of several alike, the last speaks. */
async function sort(em: EntityManager, filings: readonly Filing[]) {
  const byKey = new Map(filings.map((filing) => [digest(identity(filing)), filing]));
  const rows = await em.find(
    Fare,
    { identity: { $in: [...byKey.keys()] } },
    { fields: ['identity', 'amount'], disableIdentityMap: true },
  );
  const filed = new Map(rows.map((row) => [row.identity, row.amount]));
  const fresh = new Map([...byKey].filter(([key]) => !filed.has(key)));
  const changed = new Map([...byKey].filter(([key, { amount }]) => filed.has(key) && filed.get(key) !== amount));
  return { fresh, changed, duplicates: filings.length - fresh.size - changed.size };
}

function rowOf(key: string, { capacity: _, via, ...filing }: Filing) {
  return {
    ...filing,
    id: typeidUnboxed('fare'),
    identity: key,
    flight: flightId({ ...filing, via, capacity: null }),
    via: via.join('|'),
    manyDays: filing.firstDate < filing.lastDate,
  };
}

/** The fares that were ever in force between the first and the last day of a stretch, for all stretches at once. */
async function rowsOn(em: EntityManager, markets: readonly (readonly DayOf[])[]) {
  const stretches = markets.flatMap((days) => stretchesOf(days));
  if (!stretches.length) return [];
  return em.find(
    Fare,
    {
      $or: stretches.flatMap(({ first, last, ...market }) => [
        { ...market, manyDays: false, firstDate: { $gte: first, $lte: last } },
        { ...market, manyDays: true, firstDate: { $lte: last }, lastDate: { $gte: first } },
      ]),
    },
    { disableIdentityMap: true },
  );
}

const FAR = 7; // days; a gap shorter than this is cheaper to read than another range

const fareOf = ({ flightNumber, note, via, ...row }: InferEntity<typeof Fare>): FareOnDay => ({
  ...row,
  flightNumber: flightNumber ?? null,
  note: note ?? null,
  via: via ? via.split('|') : [],
});

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

/** Writes the next revision of each route that was touched, and the events that say what changed. */
async function announceChanges(em: EntityManager, fresh: Filing[], changed: Filing[], now: Date): Promise<void> {
  const touched = Map.groupBy([...fresh, ...changed], routeOf);
  const scheduled = Map.groupBy(fresh, routeOf);
  // in one order everywhere, so that two writers never wait for each other
  for (const subject of [...touched.keys()].sort()) {
    const about = { source: '/fare', subject, sequence: await nextRevision(em, subject), now };
    await announce(em, [
      ...changesOf(touched.get(subject)!).map((data) => event('fare.changed', about, data)),
      ...departuresOf(scheduled.get(subject) ?? [], flightId).map((data) => event('departure.scheduled', about, data)),
    ] satisfies Event[]);
  }
}

async function nextRevision(em: EntityManager, id: string): Promise<number> {
  const increase = () => em.nativeUpdate(Route, { id }, { revision: raw<number>('revision + 1') });
  if (!(await increase())) {
    // another writer may make the first revision at the same time
    await em.upsert(Route, { id, revision: 0 }, { onConflictAction: 'ignore' });
    await increase();
  }
  const { revision } = await em.findOneOrFail(Route, { id }, { disableIdentityMap: true });
  return revision;
}
