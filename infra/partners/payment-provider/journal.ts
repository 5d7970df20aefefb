// The provider's own log: append-only lines of JSON, on the disk before anybody hears of what they say.
import type { Log } from '../../logging/log.ts';
import { openJsonLines, readJsonLines } from '../json-lines.ts';
import type { Behaviour } from './cards.ts';

export interface Amount {
  /** Minor units. */
  amount: number;
  currency: string;
}

/** What an intent was asked for as. */
export interface Asked extends Amount {
  /** The merchant's own name of it. */
  reference: string;
  /** What the payer reads it is for, in lines; the log of release 0.1.0 has none. */
  description?: string | null;
  /** Where the payer goes back to. */
  returnUrl: string;
  /** Where webhooks go. */
  webhookUrl: string;
}

/** What happened, each with the intent it happened to. */
export type Happening =
  | ({ type: 'intent.created'; key: string } & Asked)
  | { type: 'card.given'; behaviour: Behaviour; lastFour: string; captureAt: string | null }
  | ({ type: 'intent.captured' } & Amount)
  | { type: 'intent.failed'; because: string }
  | { type: 'intent.cancelled' }
  | { type: 'refund.made'; refund: string; key: string; amount: number }
  | { type: 'webhook.due'; webhook: string; body: string; times: number }
  | { type: 'webhook.tried'; webhook: string; status: number | null; nextAt: string | null };

/** A line of the log. */
export type Entry = { at: string; intent: string } & Happening;

export interface Journal {
  /** All that was written, the oldest first. */
  entries: readonly Entry[];
  /** Writes a line; it survives a power cut once this returns. */
  append(entry: Entry): void;
  close(): void;
}

/** The entries of a log that another process may be writing; none where there is no file. */
export const readJournal = (file: string): Entry[] => readJsonLines(file);

/** Opens the log in a file, which is made where it is missing; damage is reported as openJsonLines does. */
export function openJournal(file: string, log?: Log): Journal {
  const { entries, append, close } = openJsonLines<Entry>(file, 'payment-provider', log);
  return {
    entries,
    append(entry) {
      append([entry]);
      entries.push(entry);
    },
    close,
  };
}
