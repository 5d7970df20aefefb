// The payment provider's webhooks: passed unread to the payment subgraph, which decides on the response's status.
import type { FastifyInstance } from 'fastify';
import type { Log } from '../../infra/logging/log.ts';
import { traceIdHere } from '../../infra/tracing/trace.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import { type HttpRefusal, refuse } from '../errors/refusal.ts';
import { ask, type Upstream } from '../subgraph-client/upstream.ts';

/** The subgraph that handles payments. */
export const PAYMENT_ROOM = 'payment';

const LARGEST_WEBHOOK = 1_048_576; // bytes; the expected webhooks have a few hundred
const COME_AGAIN = 503; // the provider retries

/** By the status that the payment subgraph decides on. */
const refusals: Readonly<Record<number, HttpRefusal>> = {
  401: { status: 401, code: 'UNAUTHENTICATED', message: 'The webhook has no valid signature, or it is too old.' },
  [COME_AGAIN]: {
    status: COME_AGAIN,
    code: 'UNAVAILABLE',
    message: 'Webhooks cannot be stored now: send it again in a moment.',
  },
};

const RECEIVE = `mutation($id: String!, $timestamp: String!, $signature: String!, $body: String!) {
  status: receivePaymentWebhook(id: $id, timestamp: $timestamp, signature: $signature, body: $body) }`;

/**
 * Serves POST /webhooks/payments. Webhooks are authenticated by their signature, not by cookies, tokens or a CSRF
 * header.
 */
export function serveWebhooks(app: FastifyInstance, payment: Upstream, log: Log): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers(); // the signature is over the body as it was sent
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: LARGEST_WEBHOOK }, (_request, body, done) =>
      done(null, body),
    );
    scope.post<{ Body: string | undefined }>(
      '/webhooks/payments',
      { bodyLimit: LARGEST_WEBHOOK },
      async (request, reply) => {
        const { body = '', headers } = request;
        const header = (name: string): string => String(headers[`webhook-${name}`] ?? '');
        const variables = { id: header('id'), timestamp: header('timestamp'), signature: header('signature'), body };
        const status = await receive(payment, variables).catch((error: unknown) => {
          log.error('passing on a webhook failed', { error });
          return COME_AGAIN;
        });
        const refusal = refusals[status];
        return refusal ? refuse(request, reply, refusal) : reply.code(status).send();
      },
    );
  });
}

async function receive(payment: Upstream, variables: Record<string, string>): Promise<number> {
  const nobody = anonymous(traceIdHere());
  const { data } = (await ask(payment, { who: nobody, question: { query: RECEIVE, variables } })).result;
  if (typeof data?.['status'] !== 'number') throw new Error('the payment subgraph failed');
  return data['status'];
}
