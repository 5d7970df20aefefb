// Resolvers of tickets and of the mails about an order.
import { travellerIn, type Order, type Ticket, type Traveller } from '../rules/order.ts';
import type { Resolvers } from './schema.generated.ts';
import { pageUrl, pdfUrl, statusOf } from '../rules/ticket-document.ts';

const instant = (ms: number): string => new Date(ms).toISOString();

/** A traveller's ticket with its order; null until it is issued. */
export function ticketOf(order: Order, traveller: Traveller): { ticket: Ticket; order: Order } | null {
  const ticket = order.tickets.find((each) => each.traveller === traveller.id);
  return ticket ? { ticket, order } : null;
}

export const ticketResolvers = {
  Ticket: {
    id: ({ ticket }) => ticket.id,
    number: ({ ticket }) => ticket.number,
    status: ({ ticket, order }) => statusOf(order, ticket),
    traveller: ({ ticket, order }) => ({ traveller: travellerIn(order, ticket.traveller), order }),
    pageUrl: ({ ticket }, _, { publicUrl }) => pageUrl(publicUrl, ticket),
    pdfUrl: ({ ticket }, _, { publicUrl }) => pdfUrl(publicUrl, ticket),
    issuedAt: ({ ticket: { issuedAt } }) => instant(issuedAt),
    cancelledAt: ({ ticket: { cancelledAt } }) => (cancelledAt === null ? null : instant(cancelledAt)),
  },

  OrderMail: {
    sentAt: ({ sentAt }) => (sentAt == null ? null : instant(sentAt)),
  },
} satisfies Resolvers;
