// Consistency checks of payments, refunds, wallets and webhooks: what must always hold, recomputed from the rows.
import { type VerifyCheck, select, sqlCheck } from '../../../infra/database/audit.ts';
import type { Database } from '../../../infra/database/database.ts';
import { Payable, Payment, RefundEntity, type RefundRow } from './tables.ts';
import { MINUTE } from '../../../schema/terms/durations.ts';

const LATE = MINUTE; // the provider must have been called within this time after the due time

const CAPTURED = `('SUCCEEDED', 'REFUND_PENDING', 'REFUNDED')`;

export const paymentChecks = (db: Database, now: Date): VerifyCheck[] => [
  sqlCheck(db, {
    name: 'payment: refunds',
    sentence: 'No payment pays back more than it captured, and the sums due and paid back match its refunds.',
    rows: 'select count(*) as count from payment',
    offending: `select p.id from payment p
      left join (
        select payment_id, sum(amount) as due, sum(case when status = 'PAID_BACK' then amount else 0 end) as back
        from refund where status <> 'REFUSED' group by payment_id
      ) r on r.payment_id = p.id
      where p.refunded > p.refund_due or p.refund_due > p.captured
        or p.refund_due <> coalesce(r.due, 0) or p.refunded <> coalesce(r.back, 0)`,
  }),
  sqlCheck(db, {
    name: 'payment: states',
    sentence: 'A payment’s captured money and refunds match its status.',
    rows: 'select count(*) as count from payment',
    offending: `select id from payment
      where (captured > 0 and captured_currency is not null) <> (status in ${CAPTURED})
        or (status = 'SUCCEEDED' and refund_due <> 0)
        or (status = 'REFUND_PENDING' and refunded >= refund_due)
        or (status = 'REFUNDED' and (refunded <> refund_due or refunded = 0))`,
  }),
  sqlCheck(db, {
    name: 'payment: limits',
    sentence: 'The provider is asked in time about every open payment and for every refund due.',
    rows: `select (select count(*) from payment where status in ('INITIATED', 'PROCESSING'))
      + (select count(*) from refund where status = 'DUE') as count`,
    offending: `select id from payment
        where status in ('INITIATED', 'PROCESSING') and (ask_at is null or ask_at < ?)
      union select id from refund where status = 'DUE' and (try_at is null or try_at < ?)`,
    values: [now.getTime() - LATE, now.getTime() - LATE],
  }),
  sqlCheck(db, {
    name: 'payment: ledger',
    sentence: 'The lines of every transaction sum to zero in each currency.',
    rows: 'select count(*) as count from ledger_entry',
    offending: `select transaction_id as id from ledger_entry
      group by transaction_id, currency having sum(amount) <> 0`,
  }),
  sqlCheck(db, {
    name: 'payment: wallets',
    sentence: 'No wallet is negative, and each balance is the sum of its ledger entries.',
    rows: 'select count(*) as count from wallet',
    offending: `select concat(w.account, ' ', w.currency) as id from wallet w
      left join (select ledger, currency, sum(amount) as total from ledger_entry group by ledger, currency) l
        on l.ledger = concat('wallet:', w.account) and l.currency = w.currency
      where w.balance < 0 or w.balance <> coalesce(l.total, 0)
      union select concat(e.ledger, ' ', e.currency) as id from ledger_entry e
      where e.ledger like 'wallet:%' and not exists (
        select 1 from wallet w where w.account = substr(e.ledger, 8) and w.currency = e.currency)`,
  }),
  sqlCheck(db, {
    name: 'payment: wallet movements',
    sentence: 'Every top-up, wallet payment and refund to a wallet has a ledger entry of the same amount.',
    rows: `select count(*) as count from payment where method = 'WALLET' or order_id is null`,
    offending: `select m.id from (
        select id, account, captured as amount, captured_currency as currency from payment
          where order_id is null and status in ${CAPTURED}
        union all select id, account, -captured, captured_currency from payment
          where method = 'WALLET' and status in ${CAPTURED}
        union all select r.id, p.account, r.amount, r.currency from refund r join payment p on p.id = r.payment_id
          where p.method = 'WALLET' and r.status = 'PAID_BACK'
      ) m
      left join ledger_entry e on e.transaction_id = m.id and e.currency = m.currency
        and e.ledger = concat('wallet:', m.account)
      where e.amount is null or e.amount <> m.amount`,
  }),
  sqlCheck(db, {
    name: 'payment: webhooks',
    sentence:
      'A webhook marked as taken belongs to a payment that applied it; one not taken belongs to no payment known to the provider.',
    rows: 'select count(*) as count from webhook_inbox',
    // the intent is stored as JSON.stringify wrote it: a quote inside a value is escaped
    offending: `select w.id from webhook_inbox w left join payment p on p.id = w.reference
      where (w.taken = 1 and p.id is null) or (w.taken = 0 and p.intent is not null)
        or (w.taken = 1 and p.status not in ${CAPTURED} and w.intent like '%"status":"SUCCEEDED"%'
          and w.intent like concat('%"id":"', p.intent, '"%'))`,
  }),
  sqlCheck(db, {
    name: 'payment: parts',
    sentence:
      'Everything that a payment, a refund or a ledger entry refers to exists, and a refund’s dates fit its status.',
    rows: 'select count(*) as count from refund',
    offending: `select concat(p.id, ' pays ', p.order_id, ', of which nothing is owed') as id from payment p
        left join payable o on o.order_id = p.order_id where p.order_id is not null and o.order_id is null
      union select concat(r.id, ' is of ', r.payment_id, ', which is not there') from refund r
        left join payment p on p.id = r.payment_id where r.status <> 'REFUSED' and p.id is null
      union select concat(r.id, ' is ', r.status, ', which its dates are not') from refund r
        where (r.status = 'PAID_BACK') <> (r.paid_back_at is not null) or (r.status = 'DUE') <> (r.try_at is not null)
      union select concat('a ledger entry is of ', e.transaction_id, ', which is not there') from ledger_entry e
        left join payment p on p.id = e.transaction_id left join refund r on r.id = e.transaction_id
        where p.id is null and r.id is null`,
  }),
  sqlCheck(db, {
    name: 'payment: idempotency keys',
    sentence: 'Every payment was started under an idempotency key of its account, and every key started a payment.',
    rows: 'select count(*) as count from key_use',
    offending: `select concat(p.id, ' has no idempotency key') as id from payment p
        left join key_use k on k.account = p.account and k.payment_id = p.id where k.payment_id is null
      union select concat('an idempotency key names ', k.payment_id, ', which is not there') from key_use k
        left join payment p on p.id = k.payment_id where p.id is null`,
  }),
];

/** What the payments of an order have captured and refunded in one currency; minor units. */
export interface Taken {
  currency: string;
  captured: number;
  refunded: number;
}

const TAKEN = (
  orders: number,
) => `select order_id, captured_currency, sum(captured) as captured, sum(refunded) as refunded
  from payment where captured > 0 and order_id in (${Array(orders).fill('?').join()})
  group by order_id, captured_currency`;

/** The money captured and refunded for these orders, by order id. */
export async function takenFor(db: Database, orders: readonly string[]): Promise<Map<string, Taken[]>> {
  if (!orders.length) return new Map();
  const rows = await select<Record<string, string | number>>(db, TAKEN(orders.length), orders);
  const byOrder = Map.groupBy(rows, (row) => String(row['order_id']));
  return new Map(
    [...byOrder].map(([order, some]) => [
      order,
      some.map((row) => ({
        currency: String(row['captured_currency']),
        captured: Number(row['captured']),
        refunded: Number(row['refunded']),
      })),
    ]),
  );
}

/** The next payments after an id that belong to an order and have captured money. */
export async function capturedAfter(db: Database, id: string, limit: number): Promise<{ id: string; order: string }[]> {
  const where = { id: { $gt: id }, order: { $ne: null }, captured: { $gt: 0 } };
  const rows = await db.read().find(Payment, where, { fields: ['id', 'order'], orderBy: { id: 'asc' }, limit });
  return rows.flatMap(({ id, order }) => (order ? [{ id, order }] : []));
}

/** What these orders owe, by order id. */
export async function payablesOf(db: Database, orders: readonly string[]) {
  const rows = await db.read().find(Payable, { order: { $in: [...orders] } });
  return new Map(rows.map((row) => [row.order, row]));
}

/** These payments, by id. */
export async function paymentsOf(db: Database, ids: readonly string[]) {
  const rows = await db.read().find(Payment, { id: { $in: [...ids] } });
  return new Map(rows.map((row) => [row.id, row]));
}

/** These refunds, by id. */
export async function refundsOf(db: Database, ids: readonly string[]) {
  const rows = await db.read().find(RefundEntity, { id: { $in: [...ids] } });
  return new Map(rows.map((row) => [row.id, row]));
}

/** The ids of the next refunds after an id. */
export async function refundsAfter(db: Database, id: string, limit: number): Promise<string[]> {
  const rows = await db
    .read()
    .find(RefundEntity, { id: { $gt: id } }, { fields: ['id'], orderBy: { id: 'asc' }, limit });
  return rows.map((row) => row.id);
}

/** The next payments after an id that have an intent at the provider. */
export async function atProviderAfter(db: Database, id: string, limit: number) {
  const where = { id: { $gt: id }, intent: { $ne: null } };
  const rows = await db.read().find(Payment, where, { fields: ['id', 'intent'], orderBy: { id: 'asc' }, limit });
  return rows.flatMap(({ id, intent }) => (intent ? [{ id, intent }] : []));
}

/** The refunds of these orders, by payment. The orders are named because refunds are indexed by them. */
export async function refundsByPayment(db: Database, orders: readonly string[]): Promise<Map<string, RefundRow[]>> {
  const rows = await db.read().find(RefundEntity, { order: { $in: [...orders] } });
  return Map.groupBy(rows, ({ payment }) => payment);
}

/** The ids of the next orders after an id that are known here. */
export async function payablesAfter(db: Database, id: string, limit: number): Promise<string[]> {
  const rows = await db
    .read()
    .find(Payable, { order: { $gt: id } }, { fields: ['order'], orderBy: { order: 'asc' }, limit });
  return rows.map(({ order }) => order);
}
