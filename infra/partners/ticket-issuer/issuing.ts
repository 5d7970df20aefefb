// The issuer's rules, on the entries of its log: one ticket per traveller of an order, and none after it was voided.
import type { IssuerLogEntry } from './log.ts';
import { ticketNumber } from './numbers.ts';
import type { Refused } from '../../../schema/errors.ts';

/** A ticket in the issuer's log. */
export interface IssuerTicket {
  traveller: string;
  number: string;
  status: 'ISSUED' | 'VOID';
  issuedAt: string;
}

/** The state of an order, from all of its log entries. */
export interface OrderState {
  tickets: ReadonlyMap<string, IssuerTicket>;
  /** Travellers whose ticket was voided, whether there was one or not. */
  voided: ReadonlySet<string>;
  closed: boolean;
}

/** An order by its entries, oldest first. */
export function stateOf(entries: readonly IssuerLogEntry[]): OrderState {
  const tickets = new Map<string, IssuerTicket>();
  const voided = new Set<string>();
  let closed = false;
  for (const entry of entries) {
    if (entry.did === 'CLOSED') closed = true;
    if (entry.did === 'ISSUED') {
      const { traveller, number, at } = entry;
      tickets.set(traveller, { traveller, number, status: 'ISSUED', issuedAt: at });
    }
    if (entry.did === 'VOIDED') {
      voided.add(entry.traveller);
      const ticket = tickets.get(entry.traveller);
      if (ticket) tickets.set(entry.traveller, { ...ticket, status: 'VOID' });
    }
  }
  return { tickets, voided, closed };
}

/**
 * The entries that issue a ticket to each of the travellers without one; if one of them may not have any, none at all,
 * with the reason.
 */
export function issue(
  state: OrderState,
  { order, travellers }: { order: string; travellers: readonly { id: string; carrier: string }[] },
  issuedSoFar: number,
  at: string,
): { entries: IssuerLogEntry[] } | Refused {
  if (state.closed || travellers.some(({ id }) => state.voided.has(id))) return { refused: 'VOIDED_BEFORE' };
  const fresh = [...new Map(travellers.map((each) => [each.id, each])).values()].filter(
    ({ id }) => !state.tickets.has(id),
  );
  return {
    entries: fresh.map(({ id: traveller, carrier }, n) => {
      const number = ticketNumber(carrier, issuedSoFar + n + 1);
      return { at, did: 'ISSUED', order, traveller, number };
    }),
  };
}

/**
 * The entries that void the travellers' tickets, or with null the whole order's, including those of an issuing call on
 * its way.
 */
export function voidTickets(
  state: OrderState,
  { order, travellers }: { order: string; travellers: readonly string[] | null },
  at: string,
): IssuerLogEntry[] {
  const meant = travellers ?? [...state.tickets.keys()];
  const entries = [...new Set(meant)]
    .filter((traveller) => !state.voided.has(traveller))
    .map((traveller): IssuerLogEntry => {
      const number = state.tickets.get(traveller)?.number ?? null;
      return { at, did: 'VOIDED', order, traveller, number };
    });
  return travellers === null && !state.closed ? [...entries, { at, did: 'CLOSED', order }] : entries;
}
