// What the resolvers of this subgraph work with.
import type { ETicket } from '../../../schema/terms/e-ticket.ts';
import type { Tickets } from '../store/ticket-store.ts';
import type { Orders } from '../store/store.ts';
import type { Mails } from '../store/mail-store.ts';
import type { Carts } from '../store/cart-store.ts';
import type { SeatCaps } from '../rules/unpaid.ts';
import type DataLoader from 'dataloader';
import type { Identity } from '../../../schema/wire/identity.ts';
import type { SigningKey } from '../../../schema/wire/signing-key.ts';
import type { OrderMailRow, TimelineEntryRow } from '../store/tables.ts';

/** How tickets are drawn. */
export interface Documents {
  page(ticket: ETicket, pdf: string): string;
  noTicketPage(): string;
  pdf(ticket: ETicket): Promise<Buffer>;
}

/** What the order room keeps its things in, and shows tickets by. */
export interface OrderRoom {
  orders: Orders;
  carts: Carts;
  mails: Mails;
  tickets: Tickets;
  documents: Documents;
  /** Where browsers reach the gateway. */
  publicUrl: string;
  /** How many seats may wait for payment. */
  seatCaps: SeatCaps | 'off';
}

/** What the resolvers of one request share. */
export interface Context extends OrderRoom {
  identity: Identity;
  now: Date;
  offerKeys: readonly SigningKey[];
  /** The mails of orders; all of a request are one query. */
  mailsOf: DataLoader<string, OrderMailRow[]>;
  /** The timelines of orders; all of a request are one query. */
  timelines: DataLoader<string, TimelineEntryRow[]>;
}
