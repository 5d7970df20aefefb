// The fares of days, as searches and rebuilds read them: plain rows of few columns, for there are many of them.
import type { Database } from '../../infra/database.ts';
import { addDays, type Brand, type TravellerType } from '../../schema/shopping.ts';
import { type DayOf, type FareOnDay, type Market, marketOf } from './day.ts';
import { departureId } from './offers.ts';
import { soldOutOn } from './sold-out-store.ts';
import { Fare } from './tables.ts';

const COLUMNS = [
  ...(['id', 'origin', 'destination', 'cabin', 'currency', 'firstDate', 'lastDate', 'manyDays'] as const),
  ...(['flight', 'carrier', 'flightNumber', 'via', 'departs', 'arrives', 'arrivalDays'] as const),
  ...(['brand', 'travellerType', 'amount', 'note'] as const),
];

/** A row as the driver has it. Entities would cost a rebuild most of its time. */
interface Row extends Market {
  id: string;
  first_date: string;
  last_date: string;
  many_days: number;
  flight: string;
  carrier: string;
  flight_number: string | null;
  via: string;
  departs: string;
  arrives: string;
  arrival_days: number;
  brand: Brand;
  traveller_type: TravellerType;
  amount: number;
  note: string | null;
}

const fareOf = (row: Row): FareOnDay => ({
  flight: row.flight,
  carrier: row.carrier,
  flightNumber: row.flight_number,
  via: row.via ? row.via.split('|') : [],
  departs: row.departs,
  arrives: row.arrives,
  arrivalDays: row.arrival_days,
  brand: row.brand,
  travellerType: row.traveller_type,
  amount: row.amount,
  note: row.note,
});

/**
 * The fares that hold on each of these days, in the days' order, without those whose departure is sold out. Two queries
 * for up to a hundred stretches of days.
 */
export async function faresOn(db: Database, days: readonly DayOf[]): Promise<FareOnDay[][]> {
  const markets = new Map<string, Map<string, FareOnDay[]>>(); // by date
  for (const day of days) {
    const market = marketOf(day);
    const dates = markets.get(market) ?? new Map<string, FareOnDay[]>();
    markets.set(market, dates.set(day.date, []));
  }
  const soldOut = await soldOutOn(db.read(), days);
  for (const row of await rowsOn(db, Map.groupBy(days, marketOf).values())) {
    const dates = markets.get(marketOf(row))!;
    const fare = fareOf(row);
    for (const date of row.many_days ? dates.keys() : [row.first_date]) {
      if (date < row.first_date || row.last_date < date) continue;
      if (!soldOut.has(departureId(row.flight, date, row.cabin))) dates.get(date)?.push(fare);
    }
  }
  return days.map((day) => markets.get(marketOf(day))!.get(day.date)!);
}

const STRETCHES_AT_ONCE = 100; // two branches each: SQLite takes no expression of more than a thousand

/** The fares that were ever in force between the first and the last day of a stretch, a hundred stretches at once. */
async function rowsOn(db: Database, markets: Iterable<readonly DayOf[]>): Promise<Iterable<Row>> {
  const stretches = [...markets].flatMap((days) => stretchesOf(days));
  const rows: Row[] = [];
  for (let done = 0; done < stretches.length; done += STRETCHES_AT_ONCE) {
    const some = stretches.slice(done, done + STRETCHES_AT_ONCE).flatMap(inForce);
    for (const row of await db.rows<Row>(Fare, COLUMNS, { $or: some, withdrawn: false })) rows.push(row);
  }
  if (stretches.length <= STRETCHES_AT_ONCE) return rows;
  return new Map(rows.map((row) => [row.id, row])).values(); // a fare of many days may be in stretches of two statements
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
