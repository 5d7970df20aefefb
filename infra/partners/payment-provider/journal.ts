// The provider's own log: append-only JSON lines, on disk before any response reports them.
import type { Log } from '../../logging/log.ts';
import { openJsonLines, readJsonLines } from '../json-lines.ts';
import type { Behaviour } from './cards.ts';

export interface JournalAmount {
  /** Minor units. */
  amount: number;
  currency: string;
}

/** The request that created an intent. */
export interface IntentTerms extends JournalAmount {
  /** The merchant's own id of the payment. */
  reference: string;
  /** The description for the payer, in lines; the log of release 0.1.0 has none. */
  description?: string | null;
  /** The address to which the payer returns. */
  returnUrl: string;
  /** The address of webhooks. */
  webhookUrl: string;
}

/** An event, with the intent that it belongs to. */
export type Happening =
  | ({ type: 'intent.created'; key: string } & IntentTerms)
  | { type: 'card.given'; behaviour: Behaviour; lastFour: string; captureAt: string | null }
  | ({ type: 'intent.captured' } & JournalAmount)
  | { type: 'intent.failed'; because: string }
  | { type: 'intent.cancelled' }
  | { type: 'refund.made'; refund: string; key: string; amount: number }
  | { type: 'webhook.due'; webhook: string; body: string; times: number }
  | { type: 'webhook.tried'; webhook: string; status: number | null; nextAt: string | null };

/** A line of the log. */
export type JournalEntry = { at: string; intent: string } & Happening;

export interface Journal {
  /** All entries, oldest first. */
  entries: readonly JournalEntry[];
  /** Appends an entry; durable once this returns, even after a power cut. */
  append(entry: JournalEntry): void;
  close(): void;
}

/** The entries of a log that another process may be writing; none if there is no file. */
export const readJournal = (file: string): JournalEntry[] => readJsonLines(file);

/** Opens the log in a file, which is created if it is missing; damage is reported as in openJsonLines. */
export function openJournal(file: string, log?: Log): Journal {
  const { entries, append, close } = openJsonLines<JournalEntry>(file, 'payment-provider', log);
  return {
    entries,
    append(entry) {
      append([entry]);
      entries.push(entry);
    },
    close,
  };
}
