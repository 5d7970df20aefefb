// The ticket issuer as the house sees it: who makes a paid order's tickets. Every call may be made again.

/** What to issue: one ticket for each traveller, on the paper of their airline. */
export interface Issue {
  /** The order's id; with the traveller's it is what makes a call the same call. */
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

/** What reconciliation needs of an issuer: a list of all tickets that it ever issued for us. */
export interface TicketStatement {
  /** A page of tickets; `next` continues after it, null where there are no more. Throws where the issuer did not say. */
  statement(after: string | null): Promise<{ tickets: readonly StatedTicket[]; next: string | null }>;
}

export interface TicketIssuer extends TicketStatement {
  /**
   * The tickets of these travellers, issued now or before; refused where the issuer will never issue them. Throws where
   * it did not say: they may have been issued, and the same call tells.
   */
  issue(what: Issue): Promise<{ tickets: readonly IssuedTicket[] } | { refused: string }>;
  /**
   * Voids these travellers' tickets, or with null all of the order. Nothing is issued to them any more, not even by a
   * call that is on its way. Throws where the issuer did not say so.
   */
  void(order: string, travellers: readonly string[] | null): Promise<void>;
  /** The tickets of an order. Throws where the issuer did not say. */
  ticketsOf(order: string): Promise<readonly IssuedTicket[]>;
  /** Lets go of the connections. */
  close(): Promise<void>;
}
