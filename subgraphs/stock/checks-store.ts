// What must always hold of seats, recounted.
import { type Check, select, sqlCheck } from '../../infra/audit.ts';
import type { Database } from '../../infra/database.ts';
import type { HoldState } from './hold.ts';
import { HoldRow } from './tables.ts';

export const stockChecks = (db: Database): Check[] => [
  sqlCheck(db, {
    name: 'stock: counters',
    sentence: 'On every departure available + held + sold = total, and none is negative.',
    rows: 'select count(*) as count from departure',
    offending: `select id from departure
      where available + held + sold <> total or available < 0 or held < 0 or sold < 0`,
  }),
  sqlCheck(db, {
    name: 'stock: ledger',
    sentence: 'The lines of every ledger have no gap and add up to its departure’s counters.',
    rows: 'select count(*) as count from seat_ledger',
    // joined before it is grouped: MariaDB compares a grouped table row by row with each departure
    offending: `select d.id from departure d left join seat_ledger l on l.departure = d.id
      group by d.id, d.available, d.held, d.sold, d.revision
      having count(l.departure) = 0 or sum(l.available) <> d.available or sum(l.held) <> d.held or sum(l.sold) <> d.sold
        or count(l.departure) <> d.revision or min(l.revision) <> 1 or max(l.revision) <> d.revision`,
  }),
  sqlCheck(db, {
    name: 'stock: holds',
    sentence: 'On every departure as many seats are held and sold as its holds say.',
    rows: 'select count(*) as count from hold_line',
    offending: `select d.id from departure d
      left join hold_line l on l.departure = d.id left join hold h on h.id = l.hold
      group by d.id, d.held, d.sold
      having sum(case when h.state = 'HELD' then l.seats else 0 end) <> d.held
        or sum(case when h.state in ('CONFIRMED', 'RETURNED') then l.seats - l.returned else 0 end) <> d.sold`,
  }),
];

/** The states of these orders' holds, by order id; one without a hold is missing. */
export async function holdStates(db: Database, orders: readonly string[]): Promise<Map<string, HoldState>> {
  const rows = await db.read().find(HoldRow, { id: { $in: [...orders] } }, { fields: ['id', 'state'] });
  return new Map(rows.map(({ id, state }) => [id, state]));
}

/** How many seats are held or sold for these orders, by order id; one that has none is missing. */
export async function seatsOf(db: Database, orders: readonly string[]): Promise<Map<string, number>> {
  if (!orders.length) return new Map();
  const rows = await select<{ hold: string; seats: number | string }>(
    db,
    `select l.hold, sum(l.seats - l.returned) as seats from hold_line l join hold h on h.id = l.hold
      where h.state in ('HELD', 'CONFIRMED', 'RETURNED') and l.hold in (${Array(orders.length).fill('?').join()})
      group by l.hold`,
    orders,
  );
  return new Map(rows.map(({ hold, seats }) => [hold, Number(seats)]));
}

/** The ids of the next holds that have seats, after an id. */
export async function holdsAfter(db: Database, id: string, most: number): Promise<string[]> {
  const where = { id: { $gt: id }, state: { $in: ['HELD', 'CONFIRMED'] as HoldState[] } };
  const rows = await db.read().find(HoldRow, where, { fields: ['id'], orderBy: { id: 'asc' }, limit: most });
  return rows.map((row) => row.id);
}
