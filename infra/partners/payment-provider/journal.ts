// The provider's own log: append-only lines of JSON, on the disk before anybody hears of what they say.
import { closeSync, fdatasyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { failpoint, inNameOf } from '../../failpoint.ts';
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

/** The log in a file, which is made where it is missing. Half a line at its end, left by a crash, was never answered: it goes. */
export function openJournal(file: string): Journal {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fd = openSync(file, 'a+', 0o600);
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) ftruncateSync(fd, Buffer.byteLength(whole));
  const entries = whole
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Entry);
  return {
    entries,
    append(entry) {
      inNameOf('payment-provider', () => {
        failpoint('before-commit');
        writeSync(fd, `${JSON.stringify(entry)}\n`);
        fdatasyncSync(fd);
        failpoint('after-commit');
      });
      entries.push(entry);
    },
    close: () => closeSync(fd),
  };
}
