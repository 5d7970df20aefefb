// The ticket issuer, our own partner service for demos and tests. It has its own log and knows nothing of Fareloom.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { openServer } from '../../http/http-server.ts';
import type { Log } from '../../logging/log.ts';
import { isByDisk } from '../../database/disk-fault.ts';
import { type IssuerFault, faultsByName } from './faults.ts';
import { issue, type IssuerTicket, stateOf, voidTickets } from './issuing.ts';
import { type EntryLog, openEntryLog } from './log.ts';
import { checkDigit } from './numbers.ts';
import { ticketStatementOf } from './statement.ts';

export interface IssuerOptions {
  /** The file of its log. */
  file: string;
  /** The bearer token of callers. */
  key: string;
  now: () => Date;
  /** The duration of a slow call, in ms. */
  slowness?: number;
  /** The fault of a call; by default chosen by the travellers' names. */
  faultOf?: (order: string, names: readonly string[]) => IssuerFault | null;
  log?: Log;
}

const LARGEST_BODY = 100_000; // bytes; an order has some fifty travellers at most
const SLOWNESS = 30_000; // ms; no caller waits that long
const id = z.string().min(1).max(100);
const issuing = z.object({
  travellers: z
    .array(z.object({ id, name: z.string().max(200), carrier: z.string().max(10) }))
    .min(1)
    .max(100),
});
const voiding = z.object({ travellers: z.array(id).max(100).nullable().default(null) });
const statementAsked = z.object({ after: z.string().nullable().default(null) });
const path = z.object({ order: id });

/**
 * The service, ready to listen. Every call may be repeated: a traveller of an order gets one ticket, however often it
 * is requested, and 409 once it was voided, even if the voiding came first.
 */
export function createTicketIssuer({
  file,
  key,
  now,
  slowness = SLOWNESS,
  faultOf = faultsByName(),
  log: systemLog,
}: IssuerOptions): FastifyInstance {
  const log = openEntryLog(file, systemLog);
  const app = openServer(LARGEST_BODY);
  const closing = new AbortController();
  app.addHook('onRequest', async (request, reply) => {
    const open = /^\/(livez|readyz)$/.test(request.url);
    if (open || sameKey(request.headers.authorization, key)) return undefined;
    return reply.code(401).send({ error: 'UNAUTHENTICATED' });
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const bad = error instanceof z.ZodError || (error.statusCode ?? 500) < 500;
    if (bad) return reply.code(400).send({ error: 'BAD_REQUEST' });
    systemLog?.error('request failed', { error });
    if (isByDisk(error)) return reply.code(503).send({ error: 'UNAVAILABLE' }); // the log cannot be written: nothing was done
    return reply.code(500).send({ error: 'FAILED' });
  });

  const ticketsOf = (order: string): IssuerTicket[] => [...stateOf(log.entriesOf(order)).tickets.values()];
  const shown = (tickets: readonly IssuerTicket[]) => ({
    tickets: tickets.map((ticket) => ({ ...ticket, checkDigit: checkDigit(ticket.number) })),
  });

  app.post('/orders/:order/tickets', async (request, reply) => {
    const { order } = path.parse(request.params);
    const { travellers } = issuing.parse(request.body);
    const fault = faultOf(
      order,
      travellers.map(({ name }) => name),
    );
    if (fault === 'fails') return reply.code(503).send({ error: 'TRY_AGAIN' });
    if (fault === 'refuses') return refuse(reply, log, { at: now().toISOString(), order, because: 'NOT_ISSUABLE' });
    if (fault === 'slow') await wait(slowness, undefined, { signal: closing.signal });
    const at = now().toISOString();
    const decided = issue(stateOf(log.entriesOf(order)), { order, travellers }, log.issued(), at);
    if ('refused' in decided) return refuse(reply, log, { at, order, because: decided.refused });
    log.add(decided.entries);
    if (fault === 'cuts') return reply.hijack().raw.destroy();
    return shown(ticketsOf(order).filter(({ traveller }) => travellers.some(({ id }) => id === traveller)));
  });

  app.post('/orders/:order/void', async (request) => {
    const { order } = path.parse(request.params);
    const { travellers } = voiding.parse(request.body ?? {});
    log.add(voidTickets(stateOf(log.entriesOf(order)), { order, travellers }, now().toISOString()));
    return shown(ticketsOf(order));
  });

  app.get('/orders/:order', async (request) => shown(ticketsOf(path.parse(request.params).order)));
  app.get('/tickets', async (request) => ticketStatementOf(log.entries(), statementAsked.parse(request.query).after));
  app.get('/log', async () => ({ entries: log.entries() }));
  app.addHook('preClose', async () => closing.abort());
  app.addHook('onClose', async () => log.close());
  return app;
}

function refuse(reply: FastifyReply, log: EntryLog, refusal: { at: string; order: string; because: string }) {
  log.add([{ did: 'REFUSED', ...refusal }]);
  return reply.code(409).send({ error: refusal.because });
}

function sameKey(authorization: string | undefined, key: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest(); // one length for any text
  return timingSafeEqual(hash(authorization ?? ''), hash(`Bearer ${key}`));
}
