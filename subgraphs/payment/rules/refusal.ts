// Refusals of the payment subgraph.
import { refusals } from '../../../schema/errors.ts';

const sentences = {
  NOT_FOUND: 'You have no order with this id; use the id of one of your orders, not its number.',
  NOT_READY: 'The seats of this order are not held yet; try again in a second with the same key.',
  ALREADY_PAID: 'This order is already paid; nothing more is due.',
  NOT_PAYABLE: 'This order can no longer be paid; search again and place a new order.',
  INSUFFICIENT_FUNDS: 'The wallet has too little in the currency of this order; top it up first, or pay by card.',
  PROVIDER_UNAVAILABLE: 'The payment service does not answer; try again in a moment with the same key.',
  INVALID_AMOUNT:
    'Give an amount above 0, with no more decimals than the currency has, and at most 1,000,000,000 of its smallest unit.',
};

export type PaymentRefusalCode = keyof typeof sentences;

/** A refusal with its usual sentence, or a more specific one. */
export const refusal = refusals(sentences);
