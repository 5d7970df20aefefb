// How an order reacts to the other subgraphs: seats held, refused or released, a payment captured or failed.
import type { Payload } from '../../../schema/events.ts';
import { isRefused } from '../../../schema/errors.ts';
import { type OrderDecision, may, type Order, partId, type Refund, take } from './order.ts';
import { refusal } from './refusal.ts';

/** The order's data in the events that other subgraphs act on. */
export const due = ({ id, account, amount, currency, payBy }: Order): Omit<Payload<'order.placed'>, 'seats'> => ({
  orderId: id,
  account,
  amount,
  currency,
  payBy: new Date(payBy).toISOString(),
});

/** The order's description for the payer on the payment page. */
const bought = ({ number, items }: Order): Payload<'order.awaiting-payment'>['bought'] => ({
  number,
  flights: items
    .flatMap(({ offer }) => offer.slices)
    .map(({ carrier, flightNumber, origin, destination, departure }) => {
      return { carrier, flightNumber, origin, destination, departure };
    }),
});

/** All seats are held: the order may be paid. */
export const confirmHold = (order: Order): OrderDecision =>
  take(order, 'SEATS_HELD', {
    events: [{ type: 'order.awaiting-payment', data: { ...due(order), bought: bought(order) } }],
  });

const rejected = (order: Order, step: 'SEATS_REFUSED' | 'HOLD_OVERDUE', because: string): OrderDecision =>
  take(order, step, { because, events: [{ type: 'order.rejected', data: { orderId: order.id, because } }] });

/** The seats cannot be held: the order gets none of them. */
export const reject = (order: Order, { because }: Pick<Payload<'stock.refused'>, 'because'>): OrderDecision =>
  rejected(order, 'SEATS_REFUSED', because);

/**
 * Ends an overdue order. If its seats were not held in time, it is rejected, which also releases them should they be held
 * later. If it was not paid in time, it is closed. OrderRefusal while nothing is overdue.
 */
export function close(order: Order, now: Date): OrderDecision {
  const late = (by: number) => now.getTime() >= by;
  if (may(order, 'HOLD_OVERDUE') && late(order.holdBy)) return rejected(order, 'HOLD_OVERDUE', 'HOLD_OVERDUE');
  if (may(order, 'PAYMENT_OVERDUE') && late(order.payBy)) return closing(order, 'PAYMENT_OVERDUE');
  return refusal('NOT_POSSIBLE_NOW', `Nothing is overdue: the order is ${order.status}.`);
}

/** Starts closing an unpaid order: its seats are released first. */
export const closing = (order: Order, step: 'PAYMENT_OVERDUE' | 'CANCELLED'): OrderDecision =>
  take(order, step, { events: [{ type: 'order.closing', data: { orderId: order.id, because: step } }] });

/** The seats are released: the order is closed for good. */
export const released = (order: Order): OrderDecision =>
  take(order, 'SEATS_RELEASED', { events: [{ type: 'order.closed', data: { orderId: order.id } }] });

/** Sold seats are released. */
export const seatsReturned = (order: Order): OrderDecision => take(order, 'SEATS_RETURNED');

/** A payment failed; another may be tried until payBy. */
export const paymentFailed = (order: Order, { because }: Pick<Payload<'payment.failed'>, 'because'>): OrderDecision =>
  take(order, 'PAYMENT_FAILED', { because });

type Capture = Pick<Payload<'payment.captured'>, 'paymentId' | 'amount' | 'currency'>;

/**
 * A payment arrived. The first one with the exact amount and in time pays the order. If the amount is exact but the order
 * has ended, the payment is refunded and the order ends REFUNDED. Any other payment (wrong amount or currency, or a
 * second one) is refunded in full, and the order keeps its status.
 */
export function capture(order: Order, payment: Capture, now: Date): OrderDecision {
  const { paymentId } = payment;
  const known = order.paymentId === paymentId || order.refunds.some((refund) => refund.paymentId === paymentId);
  if (known) return refusal('NOT_POSSIBLE_NOW', `The payment ${paymentId} is already counted.`);
  const exact = payment.amount === order.amount && payment.currency === order.currency && order.paymentId === null;
  if (exact && may(order, 'PAID')) {
    const change = { paymentId, ticketingDueAt: now.getTime(), ticketingTries: 0 };
    return take(order, 'PAID', { change, events: [{ type: 'order.paid', data: { orderId: order.id, paymentId } }] });
  }
  const late = exact && may(order, 'PAID_TOO_LATE');
  const because = late
    ? 'PAID_TOO_LATE'
    : order.paymentId !== null
      ? 'PAID_BEFORE'
      : exact
        ? 'NOT_DUE'
        : 'WRONG_AMOUNT';
  const refund = refundOf(order, payment, because);
  return take(order, late ? 'PAID_TOO_LATE' : 'PAYMENT_SENT_BACK', {
    change: { refunds: [...order.refunds, refund], ...(late && { paymentId }) },
    because,
    events: [refundDue(order, refund)],
  });
}

/** The order's next refund: a whole payment, due at once. */
export const refundOf = (order: Order, { paymentId, amount, currency }: Capture, because: string): Refund => ({
  id: partId('rfd', order, order.refunds.length + 1),
  paymentId,
  amount,
  currency,
  because,
  cancellation: null,
  state: 'DUE',
});

/** The event that asks the payment subgraph to pay back. */
export const refundDue = ({ id: orderId }: Order, { id: refundId, paymentId, amount, currency, because }: Refund) => ({
  type: 'order.refund-due' as const,
  data: { orderId, refundId, paymentId, amount, currency, because },
});

/** A refund was paid. The last one due ends an order that is REFUNDING. */
export function paidBack(order: Order, { refundId }: Pick<Payload<'payment.refunded'>, 'refundId'>): OrderDecision {
  if (!order.refunds.some(({ id, state }) => id === refundId && state === 'DUE')) {
    return refusal('NOT_POSSIBLE_NOW', `No refund ${refundId} is due.`);
  }
  const refunds = order.refunds.map((refund) =>
    refund.id === refundId ? { ...refund, state: 'PAID_BACK' as const } : refund,
  );
  const end = refunded({ ...order, refunds });
  if (end) return end;
  const part = take(order, 'PARTLY_REFUNDED', { change: { refunds } });
  return isRefused(part) ? part : { ...part, mailRefund: refundId };
}

/** Ends an order that is REFUNDING once nothing more is due; null before. */
export function refunded(order: Order): OrderDecision | null {
  const isOpen =
    order.refunds.some(({ state }) => state !== 'PAID_BACK') ||
    order.cancellations.some(({ ticketsTakenBackAt }) => ticketsTakenBackAt === null);
  if (isOpen || !may(order, 'REFUNDED')) return null;
  return take(order, 'REFUNDED', { events: [{ type: 'order.refunded', data: { orderId: order.id } }] });
}
