// The demo payment provider, a partner like a real one: an API, payment pages, webhooks and a log of its own.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { decimals } from '../../../schema/terms/money.ts';
import { openServer } from '../../http/http-server.ts';
import type { Log } from '../../logging/log.ts';
import { isByDisk } from '../../database/disk-fault.ts';
import type { BookedIntent } from './books.ts';
import { behaviourOf } from './cards.ts';
import { type Desk, openDesk, ProviderRefusal, intentView } from './desk.ts';
import { type JournalEntry, openJournal } from './journal.ts';
import { notFoundPage, page, pageHeaders } from './page.ts';
import { paymentStatementOf } from './statement.ts';
import { startSending } from './webhooks.ts';

export interface ProviderOptions {
  /** The file of its log, which holds all of its state. */
  file: string;
  /** The merchant's bearer token. */
  apiKey: string;
  /** The key that signs webhooks, in base64. */
  webhookSecret: string;
  now: () => Date;
  /** The address of its pages for browsers, if it differs from the merchant's address of the API. */
  publicUrl?: string | undefined;
  log?: Log;
}

export interface DemoProvider {
  app: FastifyInstance;
  /** All events, oldest first. */
  log(): readonly JournalEntry[];
}

const LARGEST_BODY = 10_000; // bytes
const httpUrl = z.url({ protocol: /^https?$/ });
const asked = z.object({
  amount: z.number().int().positive(),
  currency: z.string().refine((code) => decimals(code) !== undefined),
  reference: z.string().min(1).max(100),
  description: z.string().max(4000).nullable().default(null),
  returnUrl: httpUrl,
  webhookUrl: httpUrl,
});
const refundAsked = z.object({ intent: z.string(), amount: z.number().int().positive() });
const statementAsked = z.object({ after: z.string().nullable().default(null) });
const idempotencyKey = z.string().min(1).max(255);
const statusOf = { IDEMPOTENCY_CONFLICT: 409, NOT_FOUND: 404, NOT_REFUNDABLE: 422, NOT_PAYABLE: 409 } as const;

/** The provider, ready to listen; it continues from the end of its log. Closing `app` stops all of it. */
export function createPaymentProvider(options: ProviderOptions): DemoProvider {
  const { file, apiKey, webhookSecret, now, publicUrl, log } = options;
  const journal = openJournal(file, log);
  const desk = openDesk(journal, now);
  const sender = startSending(desk, webhookSecret, now, log);
  const app = openServer(LARGEST_BODY);
  app.addHook('onClose', async () => {
    await sender.stop();
    journal.close();
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const { status, code } = answerTo(error);
    if (status >= 500) log?.error('request failed', { error });
    return reply
      .code(status)
      .send({ error: { code, message: status < 500 ? error.message : 'Something went wrong.' } });
  });
  void app.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) =>
      isBearer(request.headers.authorization, apiKey)
        ? undefined
        : reply.code(401).send({ error: { code: 'UNAUTHENTICATED', message: 'Show the API key.' } }),
    );
    serveApi(scope, desk, (request) => publicUrl ?? `http://${request.host}`);
    scope.get('/log', async () => journal.entries);
  });
  void app.register(async (scope) => servePages(scope, desk, sender.flush));
  return { app, log: () => journal.entries };
}

function answerTo(error: Error & { statusCode?: number }): { status: number; code: string } {
  if (error instanceof ProviderRefusal) return { status: statusOf[error.code], code: error.code };
  if (error instanceof z.ZodError) return { status: 400, code: 'BAD_REQUEST' };
  if (isByDisk(error)) return { status: 503, code: 'UNAVAILABLE' }; // the log cannot be written: nothing was done
  return { status: error.statusCode ?? 500, code: 'FAILED' };
}

function isBearer(authorization: string | undefined, apiKey: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${apiKey}`));
}

function serveApi(app: FastifyInstance, desk: Desk, baseOf: (request: FastifyRequest) => string): void {
  type Of = FastifyRequest<{ Params: { id: string } }>;
  const keyOf = (request: FastifyRequest): string => idempotencyKey.parse(request.headers['idempotency-key']);
  const answer = (request: FastifyRequest, intent: BookedIntent) => ({
    ...intentView(intent),
    pageUrl: `${baseOf(request)}/pay/${intent.id}`,
  });

  app.post('/v1/intents', async (request) => answer(request, desk.create(keyOf(request), asked.parse(request.body))));
  app.get('/v1/intents/:id', async (request: Of) => answer(request, desk.intent(request.params.id)));
  app.get('/v1/statement', async (request) =>
    paymentStatementOf(desk.books, statementAsked.parse(request.query).after),
  );
  app.post('/v1/intents/:id/cancel', async (request: Of) => answer(request, desk.cancel(request.params.id)));
  app.post('/v1/refunds', async (request, reply) => {
    const { intent, amount } = refundAsked.parse(request.body);
    const { refund, isNew } = desk.refund(keyOf(request), intent, amount);
    return isNew && desk.intent(intent).behaviour === 'CUT' ? cut(reply) : refund;
  });
}

/** The effect has happened, and the caller does not learn it. */
function cut(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.destroy();
  return reply;
}

function servePages(app: FastifyInstance, desk: Desk, flush: () => Promise<void>): void {
  type Of = FastifyRequest<{ Params: { id: string }; Body: URLSearchParams | undefined }>;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
  const send = (reply: FastifyReply, status: number, html: string) =>
    reply.code(status).headers(pageHeaders).send(html);

  app.get('/pay/:id', async ({ params: { id } }: Of, reply) => {
    const intent = desk.books.intents.get(id);
    return intent ? send(reply, 200, page(intent)) : send(reply, 404, notFoundPage);
  });

  app.post('/pay/:id', async ({ params: { id }, body }: Of, reply) => {
    const intent = desk.books.intents.get(id);
    if (!intent) return send(reply, 404, notFoundPage);
    const challenge = body?.get('challenge');
    const number = body?.get('card') ?? '';
    const behaviour = behaviourOf(number);
    if (intent.status === 'PROCESSING' && challenge) desk.answerChallenge(id, challenge === 'pass');
    else if (intent.status === 'OPEN') {
      if (!behaviour) return send(reply, 422, page(intent, 'This is not one of the demo cards.'));
      desk.give(id, behaviour, number.replaceAll(/\D/g, '').slice(-4));
    }
    if (intent.behaviour === 'EARLY') await flush();
    if (intent.behaviour === 'CUT') return cut(reply);
    return reply.code(303).headers(pageHeaders).header('location', `/pay/${id}`).send('');
  });
}
