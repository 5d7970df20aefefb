// Consistency checks of orders: what must always hold, recomputed from the rows.
import { type VerifyCheck, pagedCheck, select, sqlCheck } from '../../../infra/database/audit.ts';
import type { Database } from '../../../infra/database/database.ts';
import type { OrderStatus } from '../rules/order.ts';
import {
  CancellationEntity,
  OrderHead,
  type OrderHeadRow,
  OrderRefund,
  OrderTraveller,
  TicketEntity,
  TimelineEntry,
} from './tables.ts';
import { whyNotWhole } from '../rules/timeline.ts';
import { MINUTE } from '../../../schema/terms/durations.ts';

const LATE = MINUTE; // a worker must have acted on a deadline within this time

/** The kind of mail that a timeline step, `t`, causes. */
const MAIL_OF_STEP = `case t.step when 'PAID' then 'PAID' when 'TICKETED' then 'TICKETED'
  when 'SEATS_RELEASED' then 'CLOSED' when 'SEATS_REFUSED' then 'REJECTED' when 'HOLD_OVERDUE' then 'REJECTED'
  when 'PARTLY_REFUNDED' then 'PARTLY_REFUNDED' when 'REFUNDED' then 'REFUNDED' end`;

export const orderChecks = (db: Database, now: Date): VerifyCheck[] => [
  sqlCheck(db, {
    name: 'order: limits',
    sentence: 'No order still waits for its seats, its payment or its close one minute after the deadline.',
    rows: "select count(*) as count from order_head where status in ('PENDING', 'AWAITING_PAYMENT', 'CLOSING')",
    offending: `select id from order_head
      where (status = 'PENDING' and hold_by < ?) or (status in ('AWAITING_PAYMENT', 'CLOSING') and pay_by < ?)`,
    values: [now.getTime() - LATE, now.getTime() - LATE],
  }),
  sqlCheck(db, {
    name: 'order: amounts',
    sentence: 'The amount of an order is the sum of its travellers’ prices.',
    rows: 'select count(*) as count from order_head',
    offending: `select h.id from order_head h left join order_traveller t on t.order_id = h.id
      group by h.id, h.amount having count(t.order_id) = 0 or sum(t.price) <> h.amount`,
  }),
  pagedCheck({
    name: 'order: timeline',
    sentence: 'The entries of an order’s timeline lead to its status, and none is missing.',
    read: (after, limit) =>
      db.read().find(OrderHead, { id: { $gt: after } }, { orderBy: { id: 'asc' }, limit, disableIdentityMap: true }),
    idOf: ({ id }) => id,
    bad: (page) => brokenTimelines(db, page),
  }),
  sqlCheck(db, {
    name: 'order: timeline entries',
    sentence: 'Every timeline entry belongs to an existing order.',
    rows: 'select count(*) as count from timeline_entry',
    offending: `select distinct t.order_id as id from timeline_entry t
      left join order_head h on h.id = t.order_id where h.id is null`,
  }),
  sqlCheck(db, {
    name: 'order: parts',
    sentence: 'Every order has flights, every flight has travellers, and every reference of a part exists.',
    rows: 'select count(*) as count from order_item',
    offending: `select concat(h.id, ' has no flight') as id from order_head h
        left join order_item i on i.order_id = h.id where i.id is null
      union select concat(i.id, ' has no traveller') from order_item i
        left join order_traveller t on t.order_id = i.order_id and t.item = i.id where t.id is null
      union select concat(t.id, ' is on no flight of ', t.order_id) from order_traveller t
        left join order_item i on i.id = t.item and i.order_id = t.order_id where i.id is null
      union select concat(t.id, ' names ', t.cancellation, ', which is not there') from order_traveller t
        left join cancellation c on c.id = t.cancellation and c.order_id = t.order_id
        where t.cancellation is not null and c.id is null
      union select concat(r.id, ' names ', r.cancellation, ', which is not there') from order_refund r
        left join cancellation c on c.id = r.cancellation and c.order_id = r.order_id
        where r.cancellation is not null and c.id is null`,
  }),
  sqlCheck(db, {
    name: 'order: idempotency keys',
    sentence: 'Every order was placed under an idempotency key of its account, and every key placed an order.',
    rows: 'select count(*) as count from idempotency_key',
    offending: `select concat(h.id, ' has no idempotency key') as id from order_head h
        left join idempotency_key k on k.account = h.account and k.order_id = h.id where k.order_id is null
      union select concat('an idempotency key names ', k.order_id, ', which is not there') from idempotency_key k
        left join order_head h on h.id = k.order_id where h.id is null`,
  }),
  sqlCheck(db, {
    name: 'order: mails',
    sentence: 'Every step that causes a mail has its mail (sent, given up or due), and every mail has its step.',
    rows: 'select count(*) as count from mail',
    offending: `select concat(t.order_id, ' has no mail of ', t.step) as id from timeline_entry t
        left join mail m on m.order_id = t.order_id and m.kind = ${MAIL_OF_STEP}
        where ${MAIL_OF_STEP} is not null and t.at < ? and m.order_id is null
          and t.step <> 'PARTLY_REFUNDED'
      union select concat(t.order_id, ' has no mail of a refund') from timeline_entry t
        where t.step = 'PARTLY_REFUNDED' and t.event is not null -- the previous release sent none, and stored no event
        group by t.order_id having count(*) > (select count(*) from mail m
          where m.order_id = t.order_id and m.kind = 'PARTLY_REFUNDED')
      union select concat(m.order_id, ' has a mail ', m.kind, ' that is ', m.state) from mail m
        where (m.state = 'DUE') <> (m.due_at is not null) or (m.state = 'SENT') <> (m.sent_at is not null)
          or m.due_at < ?
      union select concat(m.order_id, ' has a mail ', m.kind, ' for no step') from mail m
        left join timeline_entry t on t.order_id = m.order_id and m.kind = ${MAIL_OF_STEP}
        where t.order_id is null`,
    values: [now.getTime() - LATE, now.getTime() - LATE],
  }),
  sqlCheck(db, {
    name: 'order: tickets',
    sentence: 'Every traveller on a ticketed order has one valid ticket, and no other traveller has one.',
    rows: 'select count(*) as count from order_traveller',
    offending: `select t.id from order_traveller t
      join order_head h on h.id = t.order_id
      left join ticket k on k.traveller = t.id and k.cancelled_at is null
      left join cancellation c on c.id = t.cancellation
      where (h.status = 'TICKETED' and t.cancellation is null and k.id is null)
        or (k.id is not null and (h.status not in ('TICKETED', 'REFUNDING')
          or (h.status = 'REFUNDING' and t.cancellation is null) or c.tickets_taken_back_at is not null))
      union select k.id from ticket k
      left join order_traveller t on t.id = k.traveller and t.order_id = k.order_id where t.id is null`,
  }),
  sqlCheck(db, {
    name: 'order: ticketing',
    sentence:
      'The issuer is called in time for every paid order without tickets, and for every cancellation that waits for it.',
    rows: 'select count(*) as count from order_head where ticketing_due_at is not null',
    offending: `select h.id from order_head h
      where (h.ticketing_due_at < ?)
        or (h.ticketing_due_at is null and (h.status = 'PAID'
          or exists (select 1 from cancellation c where c.order_id = h.id and c.tickets_taken_back_at is null)))`,
    values: [now.getTime() - LATE],
  }),
  sqlCheck(db, {
    name: 'order: payment',
    sentence: 'An order that is or was paid names its payment, and no other order names the same one.',
    rows: 'select count(*) as count from order_head',
    offending: `select h.id from order_head h
      where (h.payment_id is null) = (h.status in ('PAID', 'TICKETED', 'REFUNDING', 'REFUNDED'))
      union select max(id) from order_head where payment_id is not null group by payment_id having count(*) > 1`,
  }),
  sqlCheck(db, {
    name: 'order: refunds',
    sentence:
      'A REFUNDED order has paid back everything due; refunds and fees add up to the amount paid. A REFUNDING order has more to pay back.',
    rows: "select count(*) as count from order_head where status in ('REFUNDING', 'REFUNDED')",
    offending: `select h.id from order_head h where h.status in ('REFUNDING', 'REFUNDED') and (
      (h.status = 'REFUNDED' and exists (select 1 from order_refund r where r.order_id = h.id and r.state <> 'PAID_BACK'))
      or (h.status = 'REFUNDING'
        and not exists (select 1 from order_refund r where r.order_id = h.id and r.state <> 'PAID_BACK')
        and not exists (select 1 from cancellation c where c.order_id = h.id and c.tickets_taken_back_at is null))
      or h.amount <> (select coalesce(sum(r.amount), 0) from order_refund r
          where r.order_id = h.id and r.payment_id = h.payment_id)
        + (select coalesce(sum(c.fee), 0) from cancellation c where c.order_id = h.id))
      union select order_id as id from order_refund where state = 'WAITING' and cancellation is null`,
  }),
  sqlCheck(db, {
    name: 'order: cancellations',
    sentence:
      'The fee and the refund of a cancellation add up to its travellers’ prices, and the refund waits only for the issuer.',
    rows: 'select count(*) as count from cancellation',
    offending: `select c.id from cancellation c
      where c.fee + c.refund <> (select coalesce(sum(t.price), 0) from order_traveller t
          where t.order_id = c.order_id and t.cancellation = c.id)
        or c.refund <> (select coalesce(sum(r.amount), 0) from order_refund r
          where r.order_id = c.order_id and r.cancellation = c.id)
        or exists (select 1 from order_refund r where r.order_id = c.order_id and r.cancellation = c.id
          and (r.state = 'WAITING') <> (c.tickets_taken_back_at is null))`,
  }),
];

async function brokenTimelines(db: Database, heads: readonly OrderHeadRow[]): Promise<string[]> {
  const em = db.read();
  const mine = { orderId: { $in: heads.map(({ id }) => id) } };
  const by = <Row extends { orderId: string }>(rows: Row[]) => Map.groupBy(rows, ({ orderId }) => orderId);
  const entries = by(await em.find(TimelineEntry, mine, { orderBy: { version: 'asc' } }));
  const cancellations = by(await em.find(CancellationEntity, mine));
  const refunds = by(await em.find(OrderRefund, mine));
  return heads.flatMap((head) => {
    const parts = { cancellations: cancellations.get(head.id) ?? [], refunds: refunds.get(head.id) ?? [] };
    return whyNotWhole({ ...head, ...parts }, entries.get(head.id) ?? []) ?? [];
  });
}

/** The next orders after an id, with the fields that other subgraphs have to agree with. */
export async function ordersAfter(
  db: Database,
  id: string,
  most: number,
): Promise<{ id: string; status: OrderStatus }[]> {
  const fields = ['id', 'status'] as const;
  return db.read().find(OrderHead, { id: { $gt: id } }, { fields, orderBy: { id: 'asc' }, limit: most });
}

/** An order with the number of seats that its travellers need now. */
export interface Seated {
  id: string;
  status: OrderStatus;
  seats: number;
}

/** The next orders after an id, with the seats of all travellers except those with voided tickets; infants need none. */
export async function seatedAfter(db: Database, id: string, limit: number): Promise<Seated[]> {
  const rows = await select<{ id: string; status: OrderStatus; seats: number | string }>(
    db,
    `select h.id, h.status, (
        select count(*) from order_traveller t left join cancellation c on c.id = t.cancellation
        where t.order_id = h.id and t.type <> 'INFANT' and c.tickets_taken_back_at is null
          and h.status in ('AWAITING_PAYMENT', 'PAID', 'TICKETED')
      ) as seats from order_head h where h.id > ? order by h.id limit ${limit}`,
    [id],
  );
  return rows.map(({ seats, ...order }) => ({ ...order, seats: Number(seats) }));
}

/** The amount due for an order; `payBy` is in milliseconds since 1970. */
export interface Owing {
  id: string;
  account: string;
  amount: number;
  currency: string;
  payBy: number;
}

/** The next orders after an id that wait for their payment. */
export async function owingAfter(db: Database, id: string, limit: number): Promise<Owing[]> {
  const where = { id: { $gt: id }, status: 'AWAITING_PAYMENT' as const };
  const rows = await db.read().find(OrderHead, where, { orderBy: { id: 'asc' }, limit });
  return rows.map(({ id, account, amount, currency, payBy }) => ({ id, account, amount, currency, payBy }));
}

/** A paid order with its payment. */
export interface PaidOrder {
  id: string;
  paymentId: string;
  amount: number;
  currency: string;
}

/** The next orders after an id that name a payment. */
export async function paidAfter(db: Database, id: string, limit: number): Promise<PaidOrder[]> {
  const where = { id: { $gt: id }, paymentId: { $ne: null } };
  const rows = await db.read().find(OrderHead, where, { orderBy: { id: 'asc' }, limit });
  return rows.flatMap(({ id, paymentId, amount, currency }) =>
    paymentId ? [{ id, paymentId, amount, currency }] : [],
  );
}

/** The subset of the ids that are orders. */
export async function areOrders(db: Database, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.read().find(OrderHead, { id: { $in: [...ids] } }, { fields: ['id'] });
  return new Set(rows.map(({ id }) => id));
}

/** How an order accounts for the money received for it in one currency, in minor units. */
export interface OrderBooks {
  id: string;
  currency: string;
  /** The prices of travellers with a ticket. */
  tickets: number;
  /** The fees kept for cancellations. */
  fees: number;
  /** Money that is neither covered by a ticket nor paid back yet. */
  underWay: number;
}

/** The accounts of the next orders after an id, one for each currency of an order. */
export async function orderBooks(db: Database, id: string, limit: number): Promise<{ id: string; of: OrderBooks[] }[]> {
  const em = db.read();
  const heads = await em.find(OrderHead, { id: { $gt: id } }, { orderBy: { id: 'asc' }, limit });
  const mine = { orderId: { $in: heads.map((head) => head.id) } };
  const by = <Row extends { orderId: string }>(rows: Row[]) => Map.groupBy(rows, ({ orderId }) => orderId);
  const travellers = by(
    await em.find(OrderTraveller, { ...mine, cancellation: null }, { fields: ['orderId', 'price'] }),
  );
  const cancellations = by(await em.find(CancellationEntity, mine));
  const open = by(await em.find(OrderRefund, { ...mine, state: { $ne: 'PAID_BACK' } }));
  return heads.map(({ id, status, amount, currency }) => {
    const left = (travellers.get(id) ?? []).reduce((sum, { price }) => sum + price, 0);
    const fees = (cancellations.get(id) ?? []).reduce((sum, { fee }) => sum + fee, 0);
    const own = { id, currency, tickets: status === 'TICKETED' ? left : 0, fees, underWay: 0 };
    const books = new Map<string, OrderBooks>([[currency, own]]);
    if (status === 'PAID') own.underWay += amount;
    for (const { currency: other, amount: due } of open.get(id) ?? []) {
      const there = books.get(other) ?? { id, currency: other, tickets: 0, fees: 0, underWay: 0 };
      books.set(other, { ...there, underWay: there.underWay + due });
    }
    return { id, of: [...books.values()] };
  });
}

/** A refund, with the fields that the payment subgraph has to agree with. */
export interface RefundTold {
  id: string;
  orderId: string;
  paymentId: string;
  amount: number;
  currency: string;
  isBack: boolean;
}

/** The next refunds after an id that were announced to the payment subgraph. */
export async function refundsTold(db: Database, id: string, limit: number): Promise<RefundTold[]> {
  const where = { id: { $gt: id }, state: { $ne: 'WAITING' as const } };
  const rows = await db.read().find(OrderRefund, where, { orderBy: { id: 'asc' }, limit });
  return rows.map(({ id, orderId, paymentId, amount, currency, state }) => {
    return { id, orderId, paymentId, amount, currency, isBack: state === 'PAID_BACK' };
  });
}

/** The subset of the ids that are refunds of an order. */
export async function areRefunds(db: Database, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.read().find(OrderRefund, { id: { $in: [...ids] } }, { fields: ['id'] });
  return new Set(rows.map(({ id }) => id));
}

/** A ticket, with the fields that the issuer has to agree with. */
export interface KnownTicket {
  id: string;
  orderId: string;
  traveller: string;
  number: string;
  isVoid: boolean;
  /** Its traveller is cancelled, and the issuer has not confirmed it yet. */
  isVoiding: boolean;
}

/** The data that the issuer has to agree with: the tickets of these orders by traveller, and the status of each order. */
export async function ticketsOf(db: Database, orders: readonly string[]) {
  const em = db.read();
  const heads = await em.find(OrderHead, { id: { $in: [...orders] } }, { fields: ['id', 'status'] });
  const tickets = await known(db, await em.find(TicketEntity, { orderId: { $in: [...orders] } }));
  return {
    statuses: new Map(heads.map(({ id, status }) => [id, status])),
    tickets: new Map(tickets.map((ticket) => [ticket.traveller, ticket])),
  };
}

/** The next tickets after an id. */
export const ticketsAfter = async (db: Database, id: string, limit: number) =>
  db.read().find(TicketEntity, { id: { $gt: id } }, { fields: ['id', 'number'], orderBy: { id: 'asc' }, limit });

async function known(
  db: Database,
  rows: readonly {
    id: string;
    orderId: string;
    traveller: string;
    number: string;
    cancelledAt?: number | null | undefined;
  }[],
): Promise<KnownTicket[]> {
  const em = db.read();
  const waiting = await em.find(CancellationEntity, {
    orderId: { $in: [...new Set(rows.map(({ orderId }) => orderId))] },
    ticketsTakenBackAt: null,
  });
  const going = await em.find(OrderTraveller, {
    cancellation: { $in: waiting.map(({ id }) => id) },
    orderId: { $in: waiting.map(({ orderId }) => orderId) },
  });
  const voiding = new Set(going.map(({ id }) => id));
  return rows.map(({ id, orderId, traveller, number, cancelledAt }) => {
    return {
      id,
      orderId,
      traveller,
      number,
      isVoid: typeof cancelledAt === 'number',
      isVoiding: voiding.has(traveller),
    };
  });
}
