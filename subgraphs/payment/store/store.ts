// The only reader and writer of payments, of the amounts that orders owe, and of received webhooks.
import { type EntityManager, LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { Database } from '../../../infra/database/database.ts';
import { handleOnce } from '../../../infra/database/inbox.ts';
import { announce } from '../../../infra/database/outbox.ts';
import type { Intent } from '../../../infra/partners/payment-provider.ts';
import { crossed } from '../../../infra/tracing/event-spans.ts';
import { type Event, event } from '../../../schema/events.ts';
import { traceIdOf } from '../../../schema/wire/traceparent.ts';
import { describeOrder } from '../rules/description.ts';
import { removeKeyTexts } from './key-store.ts';
import { furthest, isWanted, type PayableState } from '../rules/payable.ts';
import { hear, isOpen, wordOf } from '../rules/payment.ts';
import { Payable, type PayableRow, Payment, type PaymentRow, WebhookMark } from './tables.ts';
import { move } from './wallet-store.ts';

/** How long a process has the exclusive claim to open a payment at the provider, in ms; opening takes three seconds at most. */
export const CLAIM_FOR = 10_000;

const open = { $in: ['INITIATED', 'PROCESSING'] } as const;

/** The order events that change what the order owes. */
export type Follows =
  | Event<'order.placed'>
  | Event<'order.awaiting-payment'>
  | Event<'order.paid'>
  | Event<'order.closing'>
  | Event<'order.rejected'>;

/** A claim to ask about a payment: if `isWanted` is false, the payment is to be cancelled at the provider. */
export interface Turn {
  payment: PaymentRow;
  isWanted: boolean;
}

export interface Payments {
  byId(id: string): Promise<PaymentRow | null>;
  /** The payments of an order, oldest first. */
  ofOrder(order: string): Promise<PaymentRow[]>;
  /** The payments and top-ups of an account, oldest first. */
  ofAccount(account: string): Promise<PaymentRow[]>;
  /** What the order of a payment owes; null for a top-up, or if no event has announced the order. */
  payableOf(payment: PaymentRow): Promise<PayableRow | null>;
  /** Handles an order's event. Resolves with the ids of its open payments that are no longer needed: they are due to be cancelled. */
  follow(consumer: string, event: Follows): Promise<string[]>;
  /** Records that the provider has opened the payment, with its state there. Resolves with the updated payment. */
  opened(id: string, intent: Intent & { pageUrl?: string }): Promise<PaymentRow>;
  /** Applies the state of an intent, in one transaction with its consequences. */
  hear(id: string, intent: Intent): Promise<void>;
  /** Records that the provider refuses to open the payment. */
  refuse(id: string, because: string): Promise<PaymentRow>;
  /** Handles a webhook, once. A webhook of an unknown payment is stored. */
  receive(webhook: { id: string; intent: Intent }, traceparent?: string): Promise<void>;
  /** Claims the payment for CLAIM_FOR, so that no other process opens it at the provider; false if it is claimed or already opened. */
  claim(id: string): Promise<boolean>;
  /** Gives up the claim. */
  release(id: string): Promise<void>;
  /** The ids of the open payments to ask the provider about by the database's time, up to `most`. */
  due(most: number): Promise<string[]>;
  /**
   * Claims a payment for one question to the provider; null if another process claimed it or it is decided. The next
   * question is due after `pauseAfter` ms, given the number of questions so far. The result says whether the payment is
   * still needed.
   */
  takeTurn(id: string, pauseAfter: (asked: number) => number): Promise<Turn | null>;
  /** Removes the texts of a deleted account's idempotency keys; its payments stay, as ids and amounts. */
  forgetKeys(account: string): Promise<void>;
}

export const locked = (em: EntityManager, id: string): Promise<PaymentRow | null> =>
  em.findOne(Payment, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });

/** Saves a change of a payment that was read under lock, with the events and the ledger lines that follow from it. */
export async function save(
  em: EntityManager,
  row: PaymentRow,
  change: Partial<PaymentRow> | null,
  now: Date,
  traceparent?: string,
): Promise<PaymentRow> {
  if (!change) return row;
  const next: PaymentRow = { ...row, ...change, version: row.version + 1 };
  const isDecided = next.status !== row.status && !isOpen(next);
  if (isDecided && isOpen(row)) Object.assign(next, { askAt: null, decidedAt: now.getTime() });
  const { id, ...values } = next;
  const isSaved = await em.nativeUpdate(Payment, { id, status: row.status, version: row.version }, values);
  if (!isSaved) throw new Error(`the payment ${id} was changed without a lock`);
  if (next.status !== row.status) await follow(em, next, now, traceparent);
  return next;
}

/** The consequences of a payment's new status, in the trace of the order if it pays one. */
async function follow(em: EntityManager, payment: PaymentRow, now: Date, asked?: string): Promise<void> {
  const payable = payment.order && (await em.findOne(Payable, { order: payment.order }));
  const ofOrder = payable ? payable.traceparent : null;
  const traceparent = ofOrder ? crossed(`payment ${payment.status.toLowerCase()}`, 'payment', ofOrder) : asked;
  const { id, order, status, account, captured: amount, capturedCurrency: currency, method } = payment;
  const about = { source: '/payment', subject: id, sequence: payment.version, now, traceparent };
  if (status === 'SUCCEEDED' && order) {
    const at = now.toISOString();
    const data = { paymentId: id, orderId: order, amount, currency: currency!, method, at };
    await announce(em, [event('payment.captured', about, data)]);
  }
  if (status === 'SUCCEEDED' && !order && amount > 0)
    await move(em, { movement: 'TOP_UP', transaction: id, payment: id, account, amount, currency: currency!, now });
  if (status === 'FAILED' && order) {
    const because = payment.failure ?? 'DECLINED';
    await announce(em, [event('payment.failed', about, { paymentId: id, orderId: order, because })]);
  }
}

/** The change that an intent causes; null for an intent that does not belong to the payment. */
function heard(payment: PaymentRow, intent: Intent): Partial<PaymentRow> | null {
  if (payment.intent && payment.intent !== intent.id) return null;
  const change = hear(payment, wordOf(intent));
  const isNew = !payment.intent;
  return change || isNew ? { ...change, intent: intent.id } : null;
}

export function openPayments(db: Database): Payments {
  const change = (id: string, rule: (row: PaymentRow) => Partial<PaymentRow> | null): Promise<PaymentRow> =>
    db.write(async (em, now) => {
      const row = await locked(em, id);
      if (!row) throw new Error(`there is no payment ${id}`);
      return save(em, row, rule(row), await now());
    });

  return {
    byId: (id) => db.read().findOne(Payment, { id }),
    ofOrder: (order) => db.read().find(Payment, { order }, { orderBy: { startedAt: 'asc', id: 'asc' } }),
    ofAccount: (account) => db.read().find(Payment, { account }, { orderBy: { startedAt: 'asc', id: 'asc' } }),
    payableOf: async ({ order }) => (!order ? null : db.read().findOne(Payable, { order })),

    follow: (consumer, told) =>
      db.write(async (em, clock) => {
        const now = await clock();
        const [fresh] = await handleOnce(em, consumer, [told], now);
        return fresh ? takeNote(em, fresh, now) : [];
      }),

    async opened(id, intent) {
      const { pageUrl = null } = intent;
      return db.write(async (em, clock) => {
        const row = await locked(em, id);
        if (!row) throw new Error(`there is no payment ${id}`);
        const now = await clock();
        let payment = await save(em, row, { ...heard(row, intent), pageUrl, claimedUntil: 0 }, now);
        // webhooks that arrived before the payment's row existed
        const waiting = await em.find(WebhookMark, { reference: id, taken: false }, { orderBy: { receivedAt: 'asc' } });
        for (const { intent: text } of waiting)
          payment = await save(em, payment, heard(payment, JSON.parse(text) as Intent), now);
        if (waiting.length) await em.nativeUpdate(WebhookMark, { reference: id }, { taken: true });
        return payment;
      });
    },

    async hear(id, intent) {
      await change(id, (row) => heard(row, intent));
    },

    refuse: (id, because) =>
      change(id, (row) => {
        const next = hear(row, { is: 'FAILED', because });
        return next && { ...next, claimedUntil: 0 };
      }),

    async receive({ id, intent }, traceparent) {
      try {
        await db.write(async (em, clock) => {
          if (await em.findOne(WebhookMark, { id })) return;
          const row = await locked(em, intent.reference);
          const now = await clock();
          const about = { reference: intent.reference.slice(0, 100), intent: JSON.stringify(intent) };
          await em.insert(WebhookMark, { id, ...about, receivedAt: now.getTime(), taken: row !== null });
          if (row) await save(em, row, heard(row, intent), now, traceparent);
        });
      } catch (error) {
        if (!(error instanceof UniqueConstraintViolationException)) throw error; // the same webhook arrived twice at once
      }
    },

    claim: (id) =>
      db.write(async (em, clock) => {
        const now = (await clock()).getTime();
        const free = { id, status: 'INITIATED' as const, intent: null, claimedUntil: { $lte: now } };
        return (await em.nativeUpdate(Payment, free, { claimedUntil: now + CLAIM_FOR })) === 1;
      }),

    async release(id) {
      await db.write((em) => em.nativeUpdate(Payment, { id }, { claimedUntil: 0 }));
    },

    async due(most) {
      const where = { askAt: { $lte: (await db.now()).getTime() } };
      const rows = await db.read().find(Payment, where, { orderBy: { askAt: 'asc' }, limit: most, fields: ['id'] });
      return rows.map(({ id }) => id);
    },

    takeTurn: (id, pauseAfter) =>
      db.write(async (em, clock) => {
        const now = await clock();
        const payment = await em.findOne(Payment, { id, status: open, askAt: { $lte: now.getTime() } });
        if (!payment) return null;
        const next = { askAt: now.getTime() + pauseAfter(payment.asked), asked: payment.asked + 1 };
        const turn = { id, status: open, asked: payment.asked, askAt: payment.askAt ?? null };
        if ((await em.nativeUpdate(Payment, turn, next)) !== 1) return null;
        const { order } = payment;
        const payable = order ? await em.findOne(Payable, { order }, { disableIdentityMap: true }) : null;
        return { payment, isWanted: isWanted(payment, payable, now) };
      }),

    forgetKeys: (account) => removeKeyTexts(db, account),
  };
}

const stateOf: Readonly<Record<Follows['type'], PayableState>> = {
  'order.placed': 'PLACED',
  'order.awaiting-payment': 'DUE',
  'order.paid': 'PAID',
  'order.closing': 'CLOSED',
  'order.rejected': 'CLOSED',
};

/** Stores what an order owes. If the order can no longer be paid, the provider is asked about its open payments at once. */
async function takeNote(em: EntityManager, { type, data, id: event, ...told }: Follows, now: Date): Promise<string[]> {
  const order = data.orderId;
  const traceparent = told.traceparent !== undefined && traceIdOf(told.traceparent) !== null ? told.traceparent : null; // only a valid traceparent is sure to fit the column
  const unknown = { account: null, amount: 0, currency: '', payBy: 0, description: null };
  const blank = { ...unknown, state: 'PLACED' as const, traceparent, event };
  await em.upsert(Payable, { order, ...blank }, { onConflictAction: 'ignore' });
  const row = await em.findOneOrFail(Payable, { order }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  const state = furthest(row.state, stateOf[type]);
  const owed =
    'amount' in data
      ? {
          account: data.account,
          amount: data.amount,
          currency: data.currency,
          payBy: Date.parse(data.payBy),
          traceparent,
        }
      : {};
  const described = 'bought' in data && data.bought ? { description: describeOrder(data.bought) } : {};
  await em.nativeUpdate(Payable, { order }, { state, event, ...owed, ...described });
  if (state !== 'PAID' && state !== 'CLOSED') return [];
  const rows = await em.find(Payment, { order, status: open }, { fields: ['id'] });
  const ids = rows.map(({ id }) => id).sort();
  if (ids.length) await em.nativeUpdate(Payment, { id: { $in: ids }, status: open }, { askAt: now.getTime() });
  return ids;
}
