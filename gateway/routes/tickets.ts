// Ticket documents: the URL alone grants access, and nothing may cache the response.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Log } from '../../infra/logging/log.ts';
import { traceIdHere } from '../../infra/tracing/trace.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import { type HttpRefusal, refuse } from '../errors/refusal.ts';
import { ask, type Upstream } from '../subgraph-client/upstream.ts';

/** The subgraph that owns tickets. */
export const ORDER_ROOM = 'order';

interface TicketDocument {
  mediaType: string;
  base64: string;
  isFound: boolean;
}

const notNow: HttpRefusal = {
  status: 503,
  code: 'UNAVAILABLE',
  message: 'Tickets cannot be shown now: try again in a moment.',
  retryAfter: 5,
};

const QUESTION = `query ($token: String!, $format: TicketFormat!) {
  ticketDocument(token: $token, format: $format) { mediaType base64 isFound } }`;

const ADDRESS = /^([\w-]{1,100}?)(\.pdf)?$/;

/** Serves GET /tickets/TOKEN as a page and GET /tickets/TOKEN.pdf. */
export function serveTickets(app: FastifyInstance, orderRoom: Upstream, log: Log): void {
  app.get<{ Params: { address: string } }>('/tickets/:address', async (request, reply) => {
    const [, token = '-', pdf] = ADDRESS.exec(request.params.address) ?? []; // an invalid address is an unknown ticket
    try {
      const document = await documentOf(orderRoom, token, pdf ? 'PDF' : 'PAGE');
      return guarded(reply)
        .code(document.isFound ? 200 : 404)
        .type(document.mediaType)
        .send(Buffer.from(document.base64, 'base64'));
    } catch (error) {
      log.error('showing a ticket failed', { error });
      return refuse(request, guarded(reply), notNow);
    }
  });
}

async function documentOf(orderRoom: Upstream, token: string, format: 'PAGE' | 'PDF'): Promise<TicketDocument> {
  const nobody = anonymous(traceIdHere());
  const question = { query: QUESTION, variables: { token, format } };
  const { data } = (await ask(orderRoom, { who: nobody, question })).result;
  if (!data?.['ticketDocument']) throw new Error('the order subgraph failed');
  return data['ticketDocument'] as TicketDocument;
}

/** Allows the page's inline style, nothing else, and no framing. */
const guarded = (reply: FastifyReply): FastifyReply =>
  reply.headers({
    'cache-control': 'private, no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
    'referrer-policy': 'no-referrer',
  });
