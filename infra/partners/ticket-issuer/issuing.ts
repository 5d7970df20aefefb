// What the issuer does with a call, by what its log says: one ticket per traveller of an order, and none after it was voided.
import type { Entry } from './log.ts';
import { ticketNumber } from './numbers.ts';

/** A ticket as the issuer knows it. */
export interface IssuedTicket {
  traveller: string;
  number: string;
  status: 'ISSUED' | 'VOID';
  issuedAt: string;
}

/** All that the log says of an order. */
export interface OrderState {
  tickets: ReadonlyMap<string, IssuedTicket>;
  /** Travellers whose ticket was voided, whether there was one or not. */
  voided: ReadonlySet<string>;
  closed: boolean;
}

/** An order by its entries, oldest first. */
export function stateOf(entries: readonly Entry[]): OrderState {
  const tickets = new Map<string, IssuedTicket>();
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

/** The entries that give each of the travellers a ticket who has none yet; none of them, with the reason, where one may not have any. */
export function issue(
  state: OrderState,
  { order, travellers }: { order: string; travellers: readonly { id: string; carrier: string }[] },
  issuedSoFar: number,
  at: string,
): { entries: Entry[] } | { refused: string } {
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

/** The entries that void the travellers' tickets, or with null the whole order's: also those that an issue on its way would make. */
export function voidTickets(
  state: OrderState,
  { order, travellers }: { order: string; travellers: readonly string[] | null },
  at: string,
): Entry[] {
  const meant = travellers ?? [...state.tickets.keys()];
  const entries = [...new Set(meant)]
    .filter((traveller) => !state.voided.has(traveller))
    .map((traveller): Entry => {
      const number = state.tickets.get(traveller)?.number ?? null;
      return { at, did: 'VOIDED', order, traveller, number };
    });
  return travellers === null && !state.closed ? [...entries, { at, did: 'CLOSED', order }] : entries;
}
