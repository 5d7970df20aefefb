// The life cycle of a payment: how news from the provider, or our own decisions, change it.
//
//   INITIATED ─► PROCESSING ─► SUCCEEDED | FAILED | CANCELLED;   SUCCEEDED ─► REFUND_PENDING ─► REFUNDED
//
// The provider's verdict may arrive before its reply to our request, so INITIATED may change to any verdict as well. The
// provider is authoritative: a late SUCCEEDED after FAILED or CANCELLED is accepted, and the order decides what to do with
// the money. A payment can be refunded in parts: REFUNDED means that everything due is paid back, and the next part makes
// it REFUND_PENDING again.
import { type Money, money } from '../../../schema/terms/money.ts';

export const paymentStatuses = [
  'INITIATED',
  'PROCESSING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'REFUND_PENDING',
  'REFUNDED',
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** Every allowed transition. */
export const arrows: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  INITIATED: ['PROCESSING', 'SUCCEEDED', 'FAILED', 'CANCELLED'],
  PROCESSING: ['SUCCEEDED', 'FAILED', 'CANCELLED'],
  SUCCEEDED: ['REFUND_PENDING'],
  FAILED: ['SUCCEEDED'],
  CANCELLED: ['SUCCEEDED'],
  REFUND_PENDING: ['REFUNDED'],
  REFUNDED: ['REFUND_PENDING'],
};

/** The fields of a payment that rules need. Amounts are minor units; the captured amount and currency may differ from the requested ones. */
export interface Paying {
  status: PaymentStatus;
  captured: number;
  capturedCurrency?: string | null | undefined;
  /** The sum of all refunds due or paid, and the sum already paid back. */
  refundDue: number;
  refunded: number;
}

/** News about a payment from the provider. */
export type Word =
  | { is: 'PROCESSING' }
  | { is: 'SUCCEEDED'; captured: { amount: number; currency: string } }
  | { is: 'FAILED'; because: string }
  | { is: 'CANCELLED' };

/** The change that the news causes; null if it changes nothing, because it is old or a repetition. */
export function hear(
  payment: Paying,
  word: Word,
): (Partial<Paying> & { status: PaymentStatus; failure?: string }) | null {
  if (!arrows[payment.status].includes(word.is)) return null;
  switch (word.is) {
    case 'SUCCEEDED':
      return { status: word.is, captured: word.captured.amount, capturedCurrency: word.captured.currency };
    case 'FAILED':
      return { status: word.is, failure: word.because };
    default:
      return { status: word.is };
  }
}

/** The provider's view of a payment as news. */
export function wordOf(intent: {
  status: 'OPEN' | 'PROCESSING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  captured: { amount: number; currency: string } | null;
  failure: string | null;
}): Word {
  switch (intent.status) {
    case 'SUCCEEDED':
      return intent.captured ? { is: 'SUCCEEDED', captured: intent.captured } : { is: 'PROCESSING' };
    case 'FAILED':
      return { is: 'FAILED', because: intent.failure ?? 'DECLINED' };
    case 'CANCELLED':
      return { is: 'CANCELLED' };
    default:
      return { is: 'PROCESSING' };
  }
}

/** Whether the payment waits for a verdict of the provider. */
export const isOpen = ({ status }: Pick<Paying, 'status'>): boolean =>
  status === 'INITIATED' || status === 'PROCESSING';

/** Whether money was captured, even if it was paid back later. */
export const isCaptured = ({ status }: Pick<Paying, 'status'>): boolean =>
  status === 'SUCCEEDED' || status === 'REFUND_PENDING' || status === 'REFUNDED';

/** An amount in the currency that was captured; null while nothing is. */
export function inCapturedCurrency(payment: Pick<Paying, 'status' | 'capturedCurrency'>, amount: number): Money | null {
  const { capturedCurrency: currency } = payment;
  return isCaptured(payment) && currency ? money(amount, currency) : null;
}
