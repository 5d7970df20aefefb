// The payment provider port: our requirements on a payment service, in a form that real providers fit. Every call with
// an effect carries an idempotency key: repeated with it, the provider does nothing new.

/** An amount in minor units. */
export interface Amount {
  amount: number;
  currency: string;
}

/** A payment at the provider. */
export interface Intent {
  id: string;
  /** Our own id of the payment. */
  reference: string;
  /** OPEN waits for the payer, PROCESSING for the bank; the others are the provider's final decision. */
  status: 'OPEN' | 'PROCESSING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  /** The amount that was captured; null unless it SUCCEEDED. */
  captured: Amount | null;
  /** The reason why it FAILED, in a word. */
  failure: string | null;
}

/** The content of a webhook: `id` identifies the message, and is the same for each delivery. */
export interface Webhook {
  id: string;
  /** Null if the webhook is about something else. */
  intent: Intent | null;
}

/** The three headers of Standard Webhooks. */
export interface WebhookHeaders {
  id: string;
  timestamp: string;
  signature: string;
}

/** The payment to create at the provider. */
export interface IntentRequest extends Amount {
  /** The idempotency key: the same key returns the same intent. */
  key: string;
  reference: string;
  /**
   * The description for the payer: lines of plain text. Null for an order of release 0.1.0, for which it is unknown.
   */
  description: string | null;
  /** The address to which the payer returns. */
  returnUrl: string;
  /** The address to which the provider sends webhooks. */
  webhookUrl: string;
}

/** The outcome is unknown: the provider was not reached, too slow, or at fault. Try again with the same key. */
export class ProviderUnavailable extends Error {}

/** The provider will never do this; `code` says why. */
export class ProviderRefused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`the payment provider refused: ${code}`);
    this.code = code;
  }
}

/** One intent in the provider's statement: the captured amount, and every refund. */
export interface StatedIntent {
  id: string;
  reference: string;
  status: Intent['status'];
  captured: Amount | null;
  /** `key` is the idempotency key of our refund request; `amount` is in the currency of the capture. */
  refunds: readonly { key: string; amount: number }[];
}

/**
 * The part of a provider that reconciliation needs: a list of all our intents, with their refunds. Real providers offer
 * a list API or settlement reports; if one does not return our idempotency key, send it as metadata as well.
 */
export interface PaymentStatement {
  /** A page of intents; `next` continues after it, and is null at the end. Rejects as the other calls do. */
  statement(after: string | null): Promise<{ intents: readonly StatedIntent[]; next: string | null }>;
}

/** Every call rejects with ProviderUnavailable or ProviderRefused. */
export interface PaymentProvider extends PaymentStatement {
  createIntent(wanted: IntentRequest): Promise<Intent & { pageUrl: string }>;
  /** The intent in its current state; null if there is none. */
  intent(id: string): Promise<Intent | null>;
  /** Cancels the intent if it is undecided. Returns its current state: it may have been paid a moment ago. */
  cancelIntent(id: string): Promise<Intent>;
  /** Refunds; resolves with the provider's own id of the refund. */
  refund(wanted: Amount & { key: string; intent: string }): Promise<string>;
  /** The content of a webhook; null unless the provider signed this very body within five minutes of `now`. */
  verifyWebhook(headers: WebhookHeaders, body: string, now: Date): Webhook | null;
  /**
   * Why the provider will never do it, in a word; null for an error after which a retry may succeed, or the effect may
   * have happened.
   */
  refusalIn(error: unknown): string | null;
  close(): Promise<void>;
}
