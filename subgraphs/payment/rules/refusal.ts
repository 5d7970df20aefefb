// Refusals: what the payment room says when it says no.
import type { PaymentRefusal, PaymentRefusalCode } from '../graph/schema.generated.ts';

const sentences: Readonly<Record<PaymentRefusalCode, string>> = {
  NOT_FOUND: 'You have no order of this id; give the id of an order of yours, not its number.',
  NOT_READY: 'The seats of this order are being held; try again in a second with the same key.',
  ALREADY_PAID: 'This order was paid; nothing more is due.',
  NOT_PAYABLE: 'This order takes no payment any more; search again and place another.',
  INSUFFICIENT_FUNDS:
    'There is not enough in the wallet in the currency of this order; top it up first, or pay by card.',
  PROVIDER_UNAVAILABLE: 'The payment service does not answer; try again in a moment with the same key.',
  INVALID_AMOUNT:
    'Give an amount above 0 in the decimals of the currency, of at most 1,000,000,000 of its smallest unit.',
};

/** A refusal with its usual sentence, or a more helpful one. */
export const refusal = (code: PaymentRefusalCode, message = sentences[code]): PaymentRefusal => ({ code, message });
