// The fares of days, for searches and rebuilds: plain rows with few columns, because there are many.
import type { Database } from '../../../infra/database/database.ts';
import { dayName, type DayOf, type FareOnDay, type Market, marketOf } from '../rules/day.ts';
import { departureId } from '../rules/offers.ts';
import { soldOutOn } from './sold-out-store.ts';
import { DAY } from '../../../schema/terms/durations.ts';

/** A row from the driver: a fare, with the number of the stretch that it was found for. */
interface Row extends Omit<FareOnDay, 'via'> {
  stretch: number;
  firstDate: string;
  lastDate: string;
  via: string;
}

const COLUMNS = `first_date as firstDate, last_date as lastDate, flight, carrier, flight_number as flightNumber, via, departs,
  arrives, arrival_days as arrivalDays, brand, traveller_type as travellerType, amount, note`;

const STRETCHES_AT_ONCE = 100; // two branches each: SQLite allows at most 500 in one statement

/**
 * The fares in force on each of these days, in the order of the days, without sold-out departures. Two queries for up
 * to a hundred stretches of days.
 */
export async function faresOn(db: Database, days: readonly DayOf[]): Promise<FareOnDay[][]> {
  const found: FaresFound = new Map();
  const soldOut = await soldOutOn(db, days);
  const stretches = [...Map.groupBy(days, marketOf).values()].flatMap((ofMarket) => stretchesOf(ofMarket, found));
  for (let done = 0; done < stretches.length; done += STRETCHES_AT_ONCE) {
    const some = stretches.slice(done, done + STRETCHES_AT_ONCE);
    for (const row of await rowsOn(db, some)) {
      const { cabin, dates } = some[row.stretch]!;
      const fare = { ...row, via: row.via ? row.via.split('|') : [] };
      for (const date of row.firstDate === row.lastDate ? [row.firstDate] : dates.keys()) {
        if (date < row.firstDate || row.lastDate < date) continue;
        if (soldOut.size && soldOut.has(departureId(row.flight, date, cabin))) continue;
        dates.get(date)?.push(fare);
      }
    }
  }
  return days.map((day) => faresIn(found, day));
}

/** The fares found, by the name of their day. */
type FaresFound = Map<string, FareOnDay[]>;

/** The list of a day's fares; a new one for a day without. */
function faresIn(found: FaresFound, day: DayOf): FareOnDay[] {
  const name = dayName(day);
  const before = found.get(name);
  if (before) return before;
  const list: FareOnDay[] = [];
  found.set(name, list);
  return list;
}

/** A range of days in a market, with the fares found for each requested date. */
interface Stretch extends Market {
  first: string;
  last: string;
  dates: Map<string, FareOnDay[]>;
}

const FAR = 7 * DAY; // a gap shorter than this is cheaper to read than another range

/** The days of one market as ranges that skip only long gaps. */
function stretchesOf(days: readonly DayOf[], found: FaresFound): Stretch[] {
  const stretches: Stretch[] = [];
  for (const day of [...days].sort((a, b) => (a.date < b.date ? -1 : 1))) {
    const { date, ...market } = day;
    let open = stretches.at(-1);
    if (!open || Date.parse(date) - Date.parse(open.last) > FAR) {
      open = { ...market, first: date, last: date, dates: new Map() };
      stretches.push(open);
    }
    open.last = date;
    open.dates.set(date, faresIn(found, day));
  }
  return stretches;
}

/** The fares in force on any day of each stretch, in two ranges, each with an index. One statement. */
function rowsOn(db: Database, stretches: readonly Stretch[]): Promise<Row[]> {
  const branches = stretches.flatMap(({ origin, destination, cabin, currency, first, last }, n) => {
    const market = [origin, destination, cabin, currency];
    return [
      { sql: branch(n, 'many_days = false and first_date between ? and ?'), values: [...market, first, last] },
      { sql: branch(n, 'many_days = true and first_date <= ? and last_date >= ?'), values: [...market, last, first] },
    ];
  });
  const sql = branches.map((one) => one.sql).join(' union all ');
  return db.rows<Row>(
    sql,
    branches.flatMap(({ values }) => values),
  );
}

const branch = (stretch: number, inForce: string): string =>
  `select ${stretch} as stretch, ${COLUMNS} from fare
   where origin = ? and destination = ? and cabin = ? and currency = ? and ${inForce} and not withdrawn`;
