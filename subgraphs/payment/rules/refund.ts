// Refunds: how much of a payment may be paid back, and when to retry.
import { isCaptured, type Paying } from './payment.ts';
import { listedPause } from '../../../schema/terms/back-off.ts';
import type { Refused } from '../../../schema/errors.ts';
import { HOUR, MINUTE, SECOND } from '../../../schema/terms/durations.ts';

/** The pauses after the first, second, ... failure, in ms; the last one repeats, because a refund is never given up. */
const PAUSES = [SECOND, 5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR];

/** From this many failures in a row, an operator has to look: each further failure is logged as such. */
export const MANY_TRIES = 6;

/** When to retry after this many failures, in ms since 1970. */
export const tryAgainAt = (failures: number, now: Date): number => now.getTime() + listedPause(PAUSES, failures - 1);

/** The amount of a payment to pay back. */
export interface Due {
  amount: number;
  currency: string;
}

/** How the payment changes when this refund becomes due, or why the refund is not possible. */
export function owe(payment: Paying, { amount, currency }: Due): Partial<Paying> | Refused {
  if (!isCaptured(payment)) return { refused: 'NOT_CAPTURED' };
  if (currency !== payment.capturedCurrency) return { refused: 'OTHER_CURRENCY' };
  if (amount < 1) return { refused: 'NOTHING_DUE' };
  if (payment.refundDue + amount > payment.captured) return { refused: 'MORE_THAN_CAPTURED' };
  return { status: 'REFUND_PENDING', refundDue: payment.refundDue + amount };
}

/** How the payment changes when this amount was paid back. */
export function payBack(payment: Paying, amount: number): Partial<Paying> {
  const refunded = payment.refunded + amount;
  return { refunded, status: refunded === payment.refundDue ? 'REFUNDED' : 'REFUND_PENDING' };
}
