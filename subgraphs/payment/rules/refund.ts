// Paying back: what may be due of a payment, and when to try again.
import { isCaptured, type Paying } from './payment.ts';

const MINUTE = 60_000;

/** The pauses after the first, second, ... failure, in ms; the last one stands for all that follow: it is never given up. */
const PAUSES = [1000, 5000, 30_000, 2 * MINUTE, 10 * MINUTE, 60 * MINUTE];

/** So many failures in a row need somebody to look: the log says so each time from then on. */
export const MANY_TRIES = 6;

/** When to try again after this many failures, in ms since 1970. */
export const tryAgainAt = (failures: number, now: Date): number =>
  now.getTime() + PAUSES[Math.min(failures, PAUSES.length) - 1]!;

/** What of a payment is to be paid back. */
export interface Due {
  amount: number;
  currency: string;
}

/** The payment once this is due of it, or why it cannot be. */
export function owe(payment: Paying, { amount, currency }: Due): Partial<Paying> | { refused: string } {
  if (!isCaptured(payment)) return { refused: 'NOT_CAPTURED' };
  if (currency !== payment.capturedCurrency) return { refused: 'OTHER_CURRENCY' };
  if (amount < 1) return { refused: 'NOTHING_DUE' };
  if (payment.refundDue + amount > payment.captured) return { refused: 'MORE_THAN_CAPTURED' };
  return { status: 'REFUND_PENDING', refundDue: payment.refundDue + amount };
}

/** The payment once this much is back. */
export function payBack(payment: Paying, amount: number): Partial<Paying> {
  const refunded = payment.refunded + amount;
  return { refunded, status: refunded === payment.refundDue ? 'REFUNDED' : 'REFUND_PENDING' };
}
