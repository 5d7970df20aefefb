// The provider's operations: every change is first a line in its log.
import { randomBytes } from 'node:crypto';
import { type Books, booksOf, enter, type BookedIntent, type BookedRefund } from './books.ts';
import type { Behaviour } from './cards.ts';
import type { IntentTerms, Happening, Journal } from './journal.ts';
import { MINUTE } from '../../../schema/terms/durations.ts';

/** How long after it was given a late card is charged, in ms: by then the time limit of every payment is over. */
const LATE_AFTER = 20 * MINUTE;

/** The provider refuses; `code` says why. */
export class ProviderRefusal extends Error {
  readonly code: 'IDEMPOTENCY_CONFLICT' | 'NOT_FOUND' | 'NOT_REFUNDABLE' | 'NOT_PAYABLE';
  constructor(code: ProviderRefusal['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export interface Desk {
  books: Books;
  /** The intent of this key: created now, or by the first call with the key. */
  create(key: string, asked: IntentTerms): BookedIntent;
  intent(id: string): BookedIntent;
  /** Cancels an undecided intent; a decided one stays unchanged. */
  cancel(id: string): BookedIntent;
  /** The payer submits a card. */
  give(id: string, behaviour: Behaviour, lastFour: string): BookedIntent;
  /** The payer completes the step that a challenge requires, or gives up. */
  answerChallenge(id: string, passed: boolean): BookedIntent;
  /** Refunds once for each key. */
  refund(key: string, intent: string, amount: number): { refund: BookedRefund; isNew: boolean };
  /** Charges late cards that are due. */
  captureLate(): void;
  /** Records an attempt to deliver a webhook. */
  noteTry(webhook: string, status: number | null, nextAt: number | null): void;
}

const newId = (prefix: string): string => `${prefix}_${randomBytes(18).toString('base64url')}`;

/** The operations over a log; `now` is its clock. */
export function openDesk(journal: Journal, now: () => Date): Desk {
  const books = booksOf(journal.entries);

  function note(intent: string, happening: Happening): void {
    const entry = { at: now().toISOString(), intent, ...happening };
    journal.append(entry);
    enter(books, entry);
  }

  function find(id: string): BookedIntent {
    const intent = books.intents.get(id);
    if (!intent) throw new ProviderRefusal('NOT_FOUND', 'There is no such intent.');
    return intent;
  }

  /** Sends the merchant a webhook about the intent's state. */
  function tell(intent: BookedIntent, times = 1): void {
    const type = `intent.${intent.status.toLowerCase()}`;
    const body = JSON.stringify({ type, timestamp: now().toISOString(), data: intentView(intent) });
    note(intent.id, { type: 'webhook.due', webhook: newId('msg'), body, times });
  }

  function capture(intent: BookedIntent): void {
    const { behaviour, amount, currency } = intent;
    const tooLittle = behaviour === 'WRONG_AMOUNT' ? Math.min(100, amount - 1) : 0;
    note(intent.id, { type: 'intent.captured', amount: amount - tooLittle, currency });
    if (behaviour !== 'SILENT') tell(intent, behaviour === 'TWICE' ? 2 : 1);
  }

  function fail(intent: BookedIntent, because: string): void {
    note(intent.id, { type: 'intent.failed', because });
    tell(intent);
  }

  return {
    books,
    intent: find,

    create(key, asked) {
      const known = books.intentsByKey.get(key);
      if (!known) {
        const id = newId('pi');
        note(id, { type: 'intent.created', key, ...asked });
        return find(id);
      }
      const isSame = known.amount === asked.amount && known.currency === asked.currency;
      if (!isSame || known.reference !== asked.reference)
        throw new ProviderRefusal('IDEMPOTENCY_CONFLICT', 'This key was used for another intent.');
      return known;
    },

    cancel(id) {
      const intent = find(id);
      if (intent.status === 'OPEN' || intent.status === 'PROCESSING') {
        note(id, { type: 'intent.cancelled' });
        tell(intent);
      }
      return intent;
    },

    give(id, behaviour, lastFour) {
      const intent = find(id);
      if (intent.status !== 'OPEN') throw new ProviderRefusal('NOT_PAYABLE', 'This payment takes no card any more.');
      const captureAt = behaviour === 'LATE' ? new Date(now().getTime() + LATE_AFTER).toISOString() : null;
      note(id, { type: 'card.given', behaviour, lastFour, captureAt });
      if (behaviour === 'DECLINE') fail(intent, 'CARD_DECLINED');
      else if (behaviour !== 'CHALLENGE' && behaviour !== 'LATE') capture(intent);
      return intent;
    },

    answerChallenge(id, passed) {
      const intent = find(id);
      if (intent.status !== 'PROCESSING' || intent.behaviour !== 'CHALLENGE')
        throw new ProviderRefusal('NOT_PAYABLE', 'This payment asks for no step.');
      if (passed) capture(intent);
      else fail(intent, 'CHALLENGE_FAILED');
      return intent;
    },

    refund(key, id, amount) {
      const made = books.refunds.get(key);
      if (made && (made.intent !== id || made.amount !== amount))
        throw new ProviderRefusal('IDEMPOTENCY_CONFLICT', 'This key was used for another refund.');
      if (made) return { refund: made, isNew: false };
      const intent = find(id);
      if (amount > (intent.captured?.amount ?? 0) - intent.refunded)
        throw new ProviderRefusal('NOT_REFUNDABLE', 'This is more than was captured and not paid back.');
      const refund = { id: newId('re'), intent: id, amount };
      note(id, { type: 'refund.made', refund: refund.id, key, amount });
      return { refund, isNew: true };
    },

    captureLate() {
      for (const intent of books.intents.values()) {
        if (intent.captureAt !== null && intent.captureAt <= now().getTime()) capture(intent);
      }
    },

    noteTry(id, status, nextAt) {
      const { intent } = books.webhooks.get(id)!;
      const next = nextAt === null ? null : new Date(nextAt).toISOString();
      note(intent, { type: 'webhook.tried', webhook: id, status, nextAt: next });
    },
  };
}

/** An intent as the API and the webhooks show it. */
export const intentView = ({ id, reference, status, amount, currency, captured, refunded, failure }: BookedIntent) => ({
  id,
  reference,
  status,
  amount,
  currency,
  captured,
  refunded,
  failure,
});
