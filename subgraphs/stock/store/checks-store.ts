// Consistency checks of seats: counters, ledgers and holds must agree.
import { type VerifyCheck, select, sqlCheck } from '../../../infra/database/audit.ts';
import type { Database } from '../../../infra/database/database.ts';
import type { HoldState } from '../rules/hold.ts';
import { HoldRow } from './tables.ts';

export const stockChecks = (db: Database): VerifyCheck[] => [
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
    // joined before grouping: MariaDB compares a grouped table row by row with each departure
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
  sqlCheck(db, {
    name: 'stock: holds and their ledger',
    sentence: 'Each hold has as many seats of each departure as the ledger moved for its order.',
    rows: 'select count(*) as count from hold_line',
    // summed in one pass: the ledger has no index for a hold's lines
    offending: `select concat(m.order_id, ' ', m.departure) as id from (
        select order_id, departure, held, sold from seat_ledger where order_id is not null
        union all
        select l.hold, l.departure, case when h.state = 'HELD' then -l.seats else 0 end,
          case when h.state in ('CONFIRMED', 'RETURNED') then l.returned - l.seats else 0 end
        from hold_line l join hold h on h.id = l.hold
      ) m group by m.order_id, m.departure having sum(m.held) <> 0 or sum(m.sold) <> 0`,
  }),
  sqlCheck(db, {
    name: 'stock: parts',
    sentence: 'Every ledger line is of a departure, every line of a hold of both, and every hold with seats has lines.',
    rows: 'select count(*) as count from hold',
    offending: `select distinct concat('the ledger names ', l.departure, ', which is not there') as id
        from seat_ledger l left join departure d on d.id = l.departure where d.id is null
      union select concat('a line names the hold ', l.hold, ', which is not there') from hold_line l
        left join hold h on h.id = l.hold where h.id is null
      union select concat('the hold ', l.hold, ' names ', l.departure, ', which is not there') from hold_line l
        left join departure d on d.id = l.departure where d.id is null
      union select concat('the hold ', h.id, ' has no line') from hold h
        left join hold_line l on l.hold = h.id where h.state <> 'TOMBSTONE' and l.hold is null`,
  }),
];

/** The states of these orders' holds, by order id; an order without a hold is missing. */
export async function holdStates(db: Database, orders: readonly string[]): Promise<Map<string, HoldState>> {
  const rows = await db.read().find(HoldRow, { id: { $in: [...orders] } }, { fields: ['id', 'state'] });
  return new Map(rows.map(({ id, state }) => [id, state]));
}

/** The number of seats held or sold for these orders, by order id; an order with none is missing. */
export async function seatsByOrder(db: Database, orders: readonly string[]): Promise<Map<string, number>> {
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

/** The ids of the next holds with seats, after an id. */
export async function holdsAfter(db: Database, id: string, most: number): Promise<string[]> {
  const where = { id: { $gt: id }, state: { $in: ['HELD', 'CONFIRMED'] as HoldState[] } };
  const rows = await db.read().find(HoldRow, where, { fields: ['id'], orderBy: { id: 'asc' }, limit: most });
  return rows.map((row) => row.id);
}
