// The content of a ticket's documents, and their addresses.
import type { ETicket } from '../../../schema/terms/e-ticket.ts';
import { money } from '../../../schema/terms/money.ts';
import { travellerIn, type Order, type Ticket } from './order.ts';

/** The format of the secret in a document's address. */
export const TOKEN = /^[\w-]{32}$/;

/** The data of an e-ticket; null if its traveller's personal data is deleted. */
export function eTicket(order: Order, ticket: Ticket): ETicket | null {
  const traveller = travellerIn(order, ticket.traveller);
  if (!traveller.person) return null;
  return {
    number: ticket.number,
    status: statusOf(order, ticket),
    issuedAt: new Date(ticket.issuedAt).toISOString(),
    orderNumber: order.number,
    traveller: { name: traveller.person.name, type: traveller.type },
    journeys: order.items.filter(({ id }) => id === traveller.item).map(({ offer }) => offer),
    price: money(traveller.price, order.currency),
  };
}

/** A ticket is valid until its traveller is cancelled, whether or not the issuer has voided it yet. */
export const statusOf = (order: Order, { traveller }: Ticket): 'ISSUED' | 'VOID' =>
  travellerIn(order, traveller).cancellation === null ? 'ISSUED' : 'VOID';

/** The address of a ticket's page. */
export const pageUrl = (publicUrl: string, { token }: Pick<Ticket, 'token'>): string => `${publicUrl}/tickets/${token}`;

/** The address of its PDF. */
export const pdfUrl = (publicUrl: string, ticket: Pick<Ticket, 'token'>): string => `${pageUrl(publicUrl, ticket)}.pdf`;
