// The issuer's statement: every ticket that it ever issued, and whether it is void, in pages.
import type { StatedTicket, TicketStatement } from '../ticket-issuer.ts';
import { stateOf } from './issuing.ts';
import { type IssuerLogEntry, readEntries } from './log.ts';

const PAGE = 500; // tickets

/** The page after a ticket's number, in the order in which the orders first had an entry. */
export function ticketStatementOf(entries: readonly IssuerLogEntry[], after: string | null) {
  const all = [...Map.groupBy(entries, ({ order }) => order)].flatMap(([order, own]): StatedTicket[] =>
    [...stateOf(own).tickets.values()].map(({ traveller, number, status }) => ({ order, traveller, number, status })),
  );
  const start = after === null ? 0 : all.findIndex(({ number }) => number === after) + 1;
  const page = all.slice(start, start + PAGE);
  return { tickets: page, next: start + PAGE < all.length ? (page.at(-1)?.number ?? null) : null };
}

/**
 * The statement from an issuer's log file alone, which another process may have open. A missing log is an empty one.
 */
export const ticketStatementIn = (file: string): TicketStatement => ({
  statement: async (after) => ticketStatementOf(readEntries(file), after),
});
