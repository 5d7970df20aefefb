// The payment provider port: what we ask of whoever takes money for us, shaped so that a real provider fits in.
// Every call that changes anything carries an idempotency key: asked again with it, the provider does nothing new.

/** An amount in minor units. */
export interface Amount {
  amount: number;
  currency: string;
}

/** A payment as the provider knows it. */
export interface Intent {
  id: string;
  /** Our own name of it. */
  reference: string;
  /** OPEN waits for the payer, PROCESSING for the bank; the others are the provider's verdict. */
  status: 'OPEN' | 'PROCESSING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  /** What was really taken; null unless it SUCCEEDED. */
  captured: Amount | null;
  /** Why it FAILED, in a word. */
  failure: string | null;
}

/** What a webhook tells: `id` is the message's, the same however often it comes. */
export interface Webhook {
  id: string;
  /** Null where it tells of something else. */
  intent: Intent | null;
}

/** The three headers of Standard Webhooks. */
export interface WebhookHeaders {
  id: string;
  timestamp: string;
  signature: string;
}

/** What the provider is asked to take. */
export interface Wanted extends Amount {
  /** The idempotency key: the same key gives the same intent. */
  key: string;
  reference: string;
  /** What the payer reads it is for: lines of plain text. Null for an order of release 0.1.0, of which it is not known. */
  description: string | null;
  /** Where the payer goes back to. */
  returnUrl: string;
  /** Where the provider tells us how it went. */
  webhookUrl: string;
}

/** Nobody knows whether it was done: the provider was not reached, too slow, or at fault. Ask again with the same key. */
export class ProviderUnavailable extends Error {}

/** The provider will not do it, now or later; `code` says why. */
export class ProviderRefused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`the payment provider refused: ${code}`);
    this.code = code;
  }
}

/** One intent in the provider's statement: what it took, and every refund that it made. */
export interface StatedIntent {
  id: string;
  reference: string;
  status: Intent['status'];
  captured: Amount | null;
  /** `key` is the idempotency key under which we asked for the refund; `amount` is in the currency of the capture. */
  refunds: readonly { key: string; amount: number }[];
}

/**
 * What reconciliation needs of a provider: a list of all our intents, with their refunds. Real providers have it as a
 * list API or as settlement reports; where one does not give back our idempotency key, send it as metadata as well.
 */
export interface PaymentStatement {
  /** A page of intents; `next` continues after it, null where there are no more. Rejects as the other calls do. */
  statement(after: string | null): Promise<{ intents: readonly StatedIntent[]; next: string | null }>;
}

/** Every call rejects with ProviderUnavailable or ProviderRefused. */
export interface PaymentProvider extends PaymentStatement {
  createIntent(wanted: Wanted): Promise<Intent & { pageUrl: string }>;
  /** The intent as it stands; null where there is none. */
  intent(id: string): Promise<Intent | null>;
  /** Cancels what is not decided yet. The answer is how the intent stands: it may have been paid a moment ago. */
  cancelIntent(id: string): Promise<Intent>;
  /** Pays back; resolves with the provider's own id of the refund. */
  refund(wanted: Amount & { key: string; intent: string }): Promise<string>;
  /** What a webhook tells; null unless the provider signed this very body within five minutes of `now`. */
  verifyWebhook(headers: WebhookHeaders, body: string, now: Date): Webhook | null;
  /** In a word why the provider will never do it; null for an error after which it may yet be done, or be done already. */
  refusalIn(error: unknown): string | null;
  close(): Promise<void>;
}
