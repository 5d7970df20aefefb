// The only reader and writer of refunds, from the order subgraph's request until the money is paid back.
import { LockMode } from '@mikro-orm/core';
import type { Database } from '../../../infra/database/database.ts';
import { handleOnce } from '../../../infra/database/inbox.ts';
import { announce } from '../../../infra/database/outbox.ts';
import { isRefused } from '../../../schema/errors.ts';
import { type Event, event } from '../../../schema/events.ts';
import { owe, payBack, tryAgainAt } from '../rules/refund.ts';
import { locked, save } from './store.ts';
import { Payment, type PaymentRow, RefundEntity, type RefundRow } from './tables.ts';
import { move } from './wallet-store.ts';

/** A refund to pay now, and its payment. */
export interface DueRefund {
  refund: RefundRow;
  payment: PaymentRow;
}

export interface Refunds {
  byId(id: string): Promise<RefundRow | null>;
  /** The refunds of an order, oldest first. */
  ofOrder(order: string): Promise<RefundRow[]>;
  /** Stores a due refund, once by its id; a refund that its payment does not allow is stored as REFUSED. Null if already stored. */
  owe(consumer: string, event: Event<'order.refund-due'>): Promise<RefundRow | null>;
  /** The ids of the refunds to try by the database's time, up to `most`. */
  due(most: number): Promise<string[]>;
  /** Claims a refund for one try; null if another process claimed it or it is done. Without `paidBack` it becomes due again. */
  takeTurn(id: string): Promise<DueRefund | null>;
  /** Records a paid refund, once and in one transaction: the row, the payment, the wallet's entries if any, and the event. */
  paidBack(id: string, providerRefund: string | null): Promise<void>;
}

export function openRefunds(db: Database): Refunds {
  return {
    byId: (id) => db.read().findOne(RefundEntity, { id }),
    ofOrder: (order) => db.read().find(RefundEntity, { order }, { orderBy: { dueSince: 'asc', id: 'asc' } }),

    owe: (consumer, told) =>
      db.write(async (em, clock) => {
        const now = await clock();
        const [fresh] = await handleOnce(em, consumer, [told], now);
        const { refundId: id, paymentId, orderId, amount, currency, because } = told.data;
        if (!fresh || (await em.findOne(RefundEntity, { id }))) return null;
        const payment = await locked(em, paymentId);
        const isOurs = payment?.order === orderId;
        const change = isOurs ? owe(payment, { amount, currency }) : { refused: 'NO_SUCH_PAYMENT' };
        const refusal = isRefused(change) ? change.refused : null;
        if (payment && !isRefused(change)) await save(em, payment, change, now);
        const row: RefundRow = {
          ...{ id, payment: paymentId, order: orderId, amount, currency, because: because.slice(0, 255) },
          status: refusal === null ? 'DUE' : 'REFUSED',
          refusal,
          providerRefund: null,
          dueSince: now.getTime(),
          paidBackAt: null,
          tryAt: refusal === null ? now.getTime() : null,
          failures: 0,
          event: told.id,
        };
        await em.insert(RefundEntity, row);
        return row;
      }),

    async due(most) {
      const where = { tryAt: { $lte: (await db.now()).getTime() } };
      const rows = await db
        .read()
        .find(RefundEntity, where, { orderBy: { tryAt: 'asc' }, limit: most, fields: ['id'] });
      return rows.map(({ id }) => id);
    },

    takeTurn: (id) =>
      db.write(async (em, clock) => {
        const now = await clock();
        const refund = await em.findOne(RefundEntity, { id, status: 'DUE', tryAt: { $lte: now.getTime() } });
        if (!refund) return null;
        const failures = refund.failures + 1; // counted before the try, and kept unless it succeeds
        const turn = { id, status: 'DUE' as const, failures: refund.failures };
        const next = { failures, tryAt: tryAgainAt(failures, now) };
        if (!(await em.nativeUpdate(RefundEntity, turn, next))) return null;
        return { refund: { ...refund, ...next }, payment: await em.findOneOrFail(Payment, { id: refund.payment }) };
      }),

    paidBack: (id, providerRefund) =>
      db.write(async (em, clock) => {
        const refund = await em.findOneOrFail(RefundEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
        if (refund.status !== 'DUE') return;
        const now = await clock();
        const done = { status: 'PAID_BACK' as const, providerRefund, paidBackAt: now.getTime(), tryAt: null };
        await em.nativeUpdate(RefundEntity, { id }, done);
        const { payment: paymentId, order: orderId, amount, currency } = refund;
        const row = (await locked(em, paymentId))!;
        const payment = await save(em, row, payBack(row, amount), now);
        if (payment.method === 'WALLET') {
          const { account } = payment;
          await move(em, { movement: 'REFUND', transaction: id, payment: paymentId, account, amount, currency, now });
        }
        const about = { source: '/payment', subject: paymentId, sequence: payment.version, now };
        const data = { refundId: id, paymentId, orderId, amount, currency };
        await announce(em, [event('payment.refunded', about, data)]);
      }),
  };
}
