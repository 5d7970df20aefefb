// The provider's state, computed from its log: intents, refunds, and the webhooks still to be sent.
import type { Behaviour } from './cards.ts';
import type { JournalAmount, IntentTerms, JournalEntry } from './journal.ts';

export type IntentStatus = 'OPEN' | 'PROCESSING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

export interface BookedIntent extends IntentTerms {
  id: string;
  key: string;
  status: IntentStatus;
  behaviour: Behaviour | null;
  /** When a late card is charged, in ms since 1970. */
  captureAt: number | null;
  captured: JournalAmount | null;
  /** Minor units. */
  refunded: number;
  failure: string | null;
}

export interface BookedRefund {
  id: string;
  intent: string;
  amount: number;
}

export interface StoredWebhook {
  id: string;
  intent: string;
  body: string;
  /** How many deliveries are left. */
  times: number;
  tries: number;
  /** When it is sent next, in ms since 1970. */
  dueAt: number;
}

export interface Books {
  intents: Map<string, BookedIntent>;
  /** Intents by the idempotency key they were created with. */
  intentsByKey: Map<string, BookedIntent>;
  /** Refunds by their idempotency key. */
  refunds: Map<string, BookedRefund>;
  /** Webhooks that the receiver has not accepted yet. */
  webhooks: Map<string, StoredWebhook>;
}

/** The state after all entries of the log. */
export function booksOf(entries: readonly JournalEntry[]): Books {
  const books: Books = { intents: new Map(), intentsByKey: new Map(), refunds: new Map(), webhooks: new Map() };
  for (const entry of entries) enter(books, entry);
  return books;
}

/** Applies an entry. */
export function enter(books: Books, entry: JournalEntry): void {
  const at = Date.parse(entry.at);
  if (entry.type === 'intent.created') {
    created(books, entry);
    return;
  }
  const intent = books.intents.get(entry.intent)!;
  switch (entry.type) {
    case 'card.given':
      intent.status = 'PROCESSING';
      intent.behaviour = entry.behaviour;
      intent.captureAt = entry.captureAt === null ? null : Date.parse(entry.captureAt);
      return;
    case 'intent.captured':
      intent.status = 'SUCCEEDED';
      intent.captured = { amount: entry.amount, currency: entry.currency };
      intent.captureAt = null;
      return;
    case 'intent.failed':
      intent.status = 'FAILED';
      intent.failure = entry.because;
      return;
    case 'intent.cancelled':
      intent.status = 'CANCELLED';
      return;
    case 'refund.made':
      intent.refunded += entry.amount;
      books.refunds.set(entry.key, { id: entry.refund, intent: intent.id, amount: entry.amount });
      return;
    case 'webhook.due': {
      const { webhook: id, body, times } = entry;
      books.webhooks.set(id, { id, intent: intent.id, body, times, tries: 0, dueAt: at });
      return;
    }
    case 'webhook.tried':
      tried(books, entry);
  }
}

function created(books: Books, entry: Extract<JournalEntry, { type: 'intent.created' }>): void {
  const { type: _, at: __, intent: id, ...asked } = entry;
  const fresh = { behaviour: null, captureAt: null, captured: null, refunded: 0, failure: null };
  const intent: BookedIntent = { id, ...asked, status: 'OPEN', ...fresh };
  books.intents.set(id, intent);
  books.intentsByKey.set(intent.key, intent);
}

function tried({ webhooks }: Books, entry: Extract<JournalEntry, { type: 'webhook.tried' }>): void {
  const webhook = webhooks.get(entry.webhook)!;
  webhook.tries++;
  if (isTaken(entry.status)) webhook.times--;
  if (webhook.times === 0) webhooks.delete(webhook.id);
  else webhook.dueAt = entry.nextAt === null ? Date.parse(entry.at) : Date.parse(entry.nextAt);
}

/** Whether the receiver accepted a webhook. */
export const isTaken = (status: number | null): boolean => status !== null && status >= 200 && status < 300;
