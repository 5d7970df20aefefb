// A payment's life: what the provider's word, or ours, makes of it.
//
//   INITIATED ─► PROCESSING ─► SUCCEEDED | FAILED | CANCELLED;   SUCCEEDED ─► REFUND_PENDING ─► REFUNDED
//
// The provider's verdict may come before its reply to us, so INITIATED goes to any verdict as well. Its word wins: a late
// SUCCEEDED after FAILED or CANCELLED is accepted, and the order decides what becomes of the money. A payment can be paid
// back in parts: REFUNDED says that all which was due is back, and the next part makes it REFUND_PENDING again.

export const statuses = [
  'INITIATED',
  'PROCESSING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'REFUND_PENDING',
  'REFUNDED',
] as const;
export type Status = (typeof statuses)[number];

/** Every arrow there is. */
export const arrows: Readonly<Record<Status, readonly Status[]>> = {
  INITIATED: ['PROCESSING', 'SUCCEEDED', 'FAILED', 'CANCELLED'],
  PROCESSING: ['SUCCEEDED', 'FAILED', 'CANCELLED'],
  SUCCEEDED: ['REFUND_PENDING'],
  FAILED: ['SUCCEEDED'],
  CANCELLED: ['SUCCEEDED'],
  REFUND_PENDING: ['REFUNDED'],
  REFUNDED: ['REFUND_PENDING'],
};

/** What rules look at in a payment. Amounts are minor units; what was captured may be in another amount or currency than asked. */
export interface Paying {
  status: Status;
  captured: number;
  capturedCurrency?: string | null | undefined;
  /** What is or will be paid back, and what is back. */
  refundDue: number;
  refunded: number;
}

/** What is heard of a payment. */
export type Word =
  | { is: 'PROCESSING' }
  | { is: 'SUCCEEDED'; captured: { amount: number; currency: string } }
  | { is: 'FAILED'; because: string }
  | { is: 'CANCELLED' };

/** What becomes of a payment; null where the word changes nothing: it is old, or came twice. */
export function hear(payment: Paying, word: Word): (Partial<Paying> & { status: Status; failure?: string }) | null {
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

/** The provider's view of a payment as a word. */
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

/** Whether the payment waits for a verdict. */
export const isOpen = ({ status }: Pick<Paying, 'status'>): boolean =>
  status === 'INITIATED' || status === 'PROCESSING';

/** Whether its money is or was here. */
export const isCaptured = ({ status }: Pick<Paying, 'status'>): boolean =>
  status === 'SUCCEEDED' || status === 'REFUND_PENDING' || status === 'REFUNDED';
