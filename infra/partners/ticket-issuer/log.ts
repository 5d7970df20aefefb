// The issuer's log: what it did, a line of JSON each, only ever added to, on the disk before anybody hears of it.
import { closeSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { failpoint, inNameOf } from '../../failpoint.ts';

/** One thing that the issuer did. It names no person. */
export type Entry = { at: string; order: string } & (
  | { did: 'ISSUED'; traveller: string; number: string }
  /** `number` is null where no ticket was issued before: none will be. */
  | { did: 'VOIDED'; traveller: string; number: string | null }
  /** All tickets of the order are void, and no more will be issued. */
  | { did: 'CLOSED' }
  | { did: 'REFUSED'; because: string }
);

export interface EntryLog {
  /** All entries, oldest first. */
  entries(): readonly Entry[];
  /** Those of one order, oldest first. */
  entriesOf(order: string): readonly Entry[];
  /** How many tickets were ever issued. */
  issued(): number;
  /** Adds entries; they are on the disk when it returns. */
  add(entries: readonly Entry[]): void;
  close(): void;
}

/** The log in a file, made where it is missing. A last line that a dying process did not finish is taken off: nobody heard of it. */
export function openEntryLog(file: string): EntryLog {
  const descriptor = openSync(file, 'a+', 0o600);
  const written = readFileSync(file);
  const whole = written.subarray(0, written.lastIndexOf('\n') + 1);
  if (whole.length < written.length) truncateSync(file, whole.length);
  const entries: Entry[] = [];
  const byOrder = new Map<string, Entry[]>();
  let issued = 0;
  function take(entry: Entry): void {
    entries.push(entry);
    byOrder.set(entry.order, [...(byOrder.get(entry.order) ?? []), entry]);
    if (entry.did === 'ISSUED') issued++;
  }
  for (const line of whole.toString().split('\n')) if (line) take(JSON.parse(line) as Entry);
  return {
    entries: () => entries,
    entriesOf: (order) => byOrder.get(order) ?? [],
    issued: () => issued,
    add(more) {
      if (!more.length) return;
      inNameOf('ticket-issuer', () => {
        failpoint('before-commit');
        writeSync(descriptor, more.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
        fsyncSync(descriptor);
        failpoint('after-commit');
      });
      more.forEach(take);
    },
    close: () => closeSync(descriptor),
  };
}
