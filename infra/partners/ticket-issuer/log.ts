// The issuer's log: one JSON line for each action, append-only, on disk before any response reports it.
import type { Log } from '../../logging/log.ts';
import { openJsonLines, readJsonLines } from '../json-lines.ts';

/** One action of the issuer. It contains no personal data. */
export type IssuerLogEntry = { at: string; order: string } & (
  | { did: 'ISSUED'; traveller: string; number: string }
  /** `number` is null if no ticket was issued before: none will be. */
  | { did: 'VOIDED'; traveller: string; number: string | null }
  /** All tickets of the order are void, and no more will be issued. */
  | { did: 'CLOSED' }
  | { did: 'REFUSED'; because: string }
);

export interface EntryLog {
  /** All entries, oldest first. */
  entries(): readonly IssuerLogEntry[];
  /** The entries of one order, oldest first. */
  entriesOf(order: string): readonly IssuerLogEntry[];
  /** The number of tickets ever issued. */
  issued(): number;
  /** Adds entries; they are on disk when it returns. */
  add(entries: readonly IssuerLogEntry[]): void;
  close(): void;
}

/** The entries of a log that another process may be writing; none if there is no file. */
export const readEntries = (file: string): IssuerLogEntry[] => readJsonLines(file);

/** Opens the log in a file, which is created if it is missing; damage is reported as in openJsonLines. */
export function openEntryLog(file: string, log?: Log): EntryLog {
  const lines = openJsonLines<IssuerLogEntry>(file, 'ticket-issuer', log);
  const entries: IssuerLogEntry[] = [];
  const byOrder = new Map<string, IssuerLogEntry[]>();
  let issued = 0;
  function take(entry: IssuerLogEntry): void {
    entries.push(entry);
    byOrder.set(entry.order, [...(byOrder.get(entry.order) ?? []), entry]);
    if (entry.did === 'ISSUED') issued++;
  }
  lines.entries.forEach(take);
  return {
    entries: () => entries,
    entriesOf: (order) => byOrder.get(order) ?? [],
    issued: () => issued,
    add(more) {
      lines.append(more);
      more.forEach(take);
    },
    close: lines.close,
  };
}
