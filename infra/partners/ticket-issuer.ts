import type { Refused } from '../../schema/errors.ts';
// The ticket issuer port: issues the tickets of a paid order. Every call may be repeated.

/** The tickets to issue: one for each traveller, on the paper of their airline. */
export interface Issue {
  /** The order's id; with the traveller's id it makes a call idempotent. */
  order: string;
  /** `carrier` is the airline's IATA code. */
  travellers: readonly { id: string; name: string; carrier: string }[];
}

/** A ticket that was issued. */
export interface IssuedTicket {
  /** The traveller's id. */
  traveller: string;
  /** By the IATA pattern, as 098-2400000001. */
  number: string;
  status: 'ISSUED' | 'VOID';
  issuedAt: string;
}

/** A ticket in the issuer's statement. */
export interface StatedTicket {
  order: string;
  traveller: string;
  number: string;
  status: 'ISSUED' | 'VOID';
}

/** The part of an issuer that reconciliation needs: a list of all tickets that it ever issued for us. */
export interface TicketStatement {
  /** A page of tickets; `next` continues after it, and is null at the end. Throws if the issuer did not answer. */
  statement(after: string | null): Promise<{ tickets: readonly StatedTicket[]; next: string | null }>;
}

export interface TicketIssuer extends TicketStatement {
  /**
   * The tickets of these travellers, issued now or before; refused if the issuer will never issue them. Throws if the
   * issuer did not answer: they may have been issued, and repeating the call shows that.
   */
  issue(what: Issue): Promise<{ tickets: readonly IssuedTicket[] } | Refused>;
  /**
   * Voids these travellers' tickets, or with null all of the order. No further ticket is issued to them, not even by a
   * call that is on its way. Throws if the issuer did not confirm.
   */
  void(order: string, travellers: readonly string[] | null): Promise<void>;
  /** The tickets of an order. Throws if the issuer did not answer. */
  ticketsOf(order: string): Promise<readonly IssuedTicket[]>;
  /** Closes the connections. */
  close(): Promise<void>;
}
