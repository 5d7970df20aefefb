// The ticket issuer: how the system reaches it, and the demo's.
import type { FastifyInstance } from 'fastify';
import type { PartnerDefinition } from './definition.ts';
import type { TicketIssuer, TicketStatement } from './ticket-issuer.ts';

interface Secrets {
  TICKET_ISSUER_KEY: string;
}

export const ticketIssuer = {
  name: 'ticket-issuer',
  port: 4202,
  variable: 'TICKET_ISSUER_URL',
  secrets: { TICKET_ISSUER_KEY: (kept) => kept('issuer-key').toString('base64url') },
  calls: ['issue', 'void', 'ticketsOf'],
  connect: async (url, { TICKET_ISSUER_KEY: key }) =>
    (await import('./ticket-issuer.http.ts')).openHttpTicketIssuer({ url, key }),
  demo: async (parts, { TICKET_ISSUER_KEY: key }) => ({
    app: (await import('./ticket-issuer/server.ts')).createTicketIssuer({ ...parts, key }),
  }),
  statementIn: async (file) => (await import('./ticket-issuer/statement.ts')).ticketStatementIn(file),
} as const satisfies PartnerDefinition<Secrets, TicketIssuer, TicketStatement, { app: FastifyInstance }>;
