// Resolvers of tickets, their documents and mails.
import type { Order, Ticket, Traveller } from '../rules/order.ts';
import type { Resolvers } from './schema.generated.ts';
import { eTicket, pageUrl, pdfUrl, statusOf, TOKEN } from '../rules/ticket-document.ts';

const instant = (ms: number): string => new Date(ms).toISOString();
const asPage = (html: string) => ({
  mediaType: 'text/html; charset=utf-8',
  base64: Buffer.from(html).toString('base64'),
});

/** A traveller's ticket with its order; null until it is issued. */
export function ticketOf(order: Order, traveller: Traveller): { ticket: Ticket; order: Order } | null {
  const ticket = order.tickets.find((each) => each.traveller === traveller.id);
  return ticket ? { ticket, order } : null;
}

export const ticketResolvers = {
  Query: {
    async ticketDocument(_, { token, format }, { tickets, documents }) {
      const found = TOKEN.test(token) ? await tickets.byToken(token) : null;
      const ticket = found && eTicket(found.order, found.ticket);
      if (!ticket) return { ...asPage(documents.noTicketPage()), isFound: false };
      if (format === 'PAGE') return { ...asPage(documents.page(ticket, `${token}.pdf`)), isFound: true };
      const pdf = await documents.pdf(ticket);
      return { mediaType: 'application/pdf', base64: pdf.toString('base64'), isFound: true };
    },
  },

  Ticket: {
    id: ({ ticket }) => ticket.id,
    number: ({ ticket }) => ticket.number,
    status: ({ ticket, order }) => statusOf(order, ticket),
    traveller: ({ ticket, order }) => ({
      traveller: order.travellers.find(({ id }) => id === ticket.traveller)!,
      order,
    }),
    pageUrl: ({ ticket }, _, { publicUrl }) => pageUrl(publicUrl, ticket),
    pdfUrl: ({ ticket }, _, { publicUrl }) => pdfUrl(publicUrl, ticket),
    issuedAt: ({ ticket: { issuedAt } }) => instant(issuedAt),
    cancelledAt: ({ ticket: { cancelledAt } }) => (cancelledAt === null ? null : instant(cancelledAt)),
  },

  OrderMail: {
    sentAt: ({ sentAt }) => (sentAt == null ? null : instant(sentAt)),
  },
} satisfies Resolvers;
