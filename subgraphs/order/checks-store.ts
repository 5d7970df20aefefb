// What must always hold of orders, recounted.
import { type Check, sqlCheck } from '../../infra/audit.ts';
import type { Database } from '../../infra/database.ts';
import type { OrderStatus } from './order.ts';
import { OrderHead } from './tables.ts';

const LATE = 60_000; // ms after its limit within which an order has to have gone on

export const orderChecks = (db: Database, now: Date): Check[] => [
  sqlCheck(db, {
    name: 'order: limits',
    sentence: 'No order waits for its seats, its payment or its close a minute past its limit.',
    rows: "select count(*) as count from order_head where status in ('PENDING', 'AWAITING_PAYMENT', 'CLOSING')",
    offending: `select id from order_head
      where (status = 'PENDING' and hold_by < ?) or (status in ('AWAITING_PAYMENT', 'CLOSING') and pay_by < ?)`,
    values: [now.getTime() - LATE, now.getTime() - LATE],
  }),
  sqlCheck(db, {
    name: 'order: amounts',
    sentence: 'An order costs what its travellers cost.',
    rows: 'select count(*) as count from order_head',
    offending: `select h.id from order_head h
      left join (select order_id, sum(price) as price from order_traveller group by order_id) t on t.order_id = h.id
      where t.price is null or t.price <> h.amount`,
  }),
  sqlCheck(db, {
    name: 'order: timeline',
    sentence: 'The last step of an order led to where it is.',
    rows: 'select count(*) as count from timeline_entry',
    offending: `select h.id from order_head h
      left join timeline_entry t on t.order_id = h.id
        and t.version = (select max(l.version) from timeline_entry l where l.order_id = h.id)
      where t.status is null or t.status <> h.status or t.version > h.version`,
  }),
  sqlCheck(db, {
    name: 'order: tickets',
    sentence: 'Every traveller on a ticketed order has one valid ticket, and nobody else has any.',
    rows: 'select count(*) as count from order_traveller',
    offending: `select t.id from order_traveller t
      join order_head h on h.id = t.order_id
      left join ticket k on k.traveller = t.id and k.cancelled_at is null
      where (h.status = 'TICKETED' and t.cancellation is null and k.id is null)
        or (h.status not in ('TICKETED', 'REFUNDING') and k.id is not null)`,
  }),
  sqlCheck(db, {
    name: 'order: refunds',
    sentence: 'A refunded order has its money back, all of it that was due.',
    rows: "select count(*) as count from order_head where status = 'REFUNDED'",
    offending: `select h.id from order_head h where h.status = 'REFUNDED' and (
      not exists (select 1 from order_refund r where r.order_id = h.id)
      or exists (select 1 from order_refund r where r.order_id = h.id and r.state <> 'PAID_BACK'))`,
  }),
];

/** The next orders after an id, as far as other rooms have to agree with them. */
export async function ordersAfter(
  db: Database,
  id: string,
  most: number,
): Promise<{ id: string; status: OrderStatus }[]> {
  const fields = ['id', 'status'] as const;
  return db.read().find(OrderHead, { id: { $gt: id } }, { fields, orderBy: { id: 'asc' }, limit: most });
}

/** Those of the ids that are orders. */
export async function areOrders(db: Database, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.read().find(OrderHead, { id: { $in: [...ids] } }, { fields: ['id'] });
  return new Set(rows.map(({ id }) => id));
}
