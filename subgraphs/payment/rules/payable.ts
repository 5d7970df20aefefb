// What an order owes, and whether a payment for it may start.
import type { Refusal } from '../../../schema/errors.ts';
import { HOUR } from '../../../schema/terms/durations.ts';
import { refusal } from './refusal.ts';

/**
 * PLACED: its seats are not held yet. DUE: it may be paid. PAID: it is paid. CLOSED: it can no longer be paid.
 */
export type PayableState = 'PLACED' | 'DUE' | 'PAID' | 'CLOSED';

/** The sequence of the states. An order only moves forward, so that a late or repeated event undoes nothing. */
const rank: Readonly<Record<PayableState, number>> = { PLACED: 0, DUE: 1, PAID: 2, CLOSED: 3 };

/** The later of two states. */
export const furthest = (a: PayableState, b: PayableState): PayableState => (rank[a] >= rank[b] ? a : b);

export interface OwedPayment {
  state: PayableState;
  account?: string | null | undefined;
  /** The deadline for starting a payment, in ms since 1970. */
  payBy: number;
}

export type NotNow = 'NOT_FOUND' | 'NOT_READY' | 'ALREADY_PAID' | 'NOT_PAYABLE';

/** The caller that wants to pay an order. */
export interface Payer {
  account: string;
  /** Whether the order's id was made for this account: if so, events that are still missing will arrive. */
  isTheirs: boolean;
  /** Whether a payment was captured that the order does not know of yet. */
  isPaid: boolean;
}

/**
 * Why no payment of the order may start; null if one may. While events are late, `order` is null or lacks its account:
 * the caller's own order is then not ready, and any other order is not found, whether it exists or not.
 */
export function whyNot(
  order: OwedPayment | null,
  { account, isTheirs, isPaid }: Payer,
  now: Date,
): Refusal<NotNow> | null {
  const isOwn = order?.account == null ? isTheirs : order.account === account;
  if (!isOwn) return refusal('NOT_FOUND');
  if (order?.state === 'CLOSED') return refusal('NOT_PAYABLE');
  if (order?.state === 'PAID' || isPaid) return refusal('ALREADY_PAID');
  if (order?.account == null || order.state === 'PLACED') return refusal('NOT_READY');
  return now.getTime() >= order.payBy ? refusal('NOT_PAYABLE') : null;
}

/** How long a top-up may stay open, in ms; payers do not return to a payment page later than that. */
export const TOP_UP_WITHIN = HOUR;

/** Whether an open payment is still needed. If not, it is cancelled at the provider. */
export function isWanted(
  payment: { order?: string | null | undefined; startedAt: number },
  order: OwedPayment | null,
  now: Date,
): boolean {
  if (!payment.order) return now.getTime() < payment.startedAt + TOP_UP_WITHIN;
  return order?.state === 'PLACED' || order?.state === 'DUE';
}
