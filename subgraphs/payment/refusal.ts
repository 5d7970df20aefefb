// Refusals: what the payment room says when it says no.
import type { PaymentRefusal, PaymentRefusalCode } from './schema.generated.ts';

const sentences: Readonly<Record<PaymentRefusalCode, string>> = {
  NOT_FOUND: 'You have no order of this id that is to be paid; one that was placed just now is here in a moment.',
  NOT_READY: 'The seats of this order are not held yet; try again in a moment.',
  ALREADY_PAID: 'This order is paid.',
  NOT_PAYABLE: 'This order takes no payment any more.',
  INSUFFICIENT_FUNDS: 'There is not enough in the wallet in the currency of this order.',
  PROVIDER_UNAVAILABLE: 'The payment service does not answer; try again in a moment with the same key.',
  INVALID_AMOUNT: 'This amount cannot be added to a wallet.',
};

/** A refusal with its usual sentence, or a more helpful one. */
export const refusal = (code: PaymentRefusalCode, message = sentences[code]): PaymentRefusal => ({ code, message });
