// Requests that fail before GraphQL sees them: answered in the shape of every other error, with a code and a trace id.
import type { FastifyError, FastifyInstance } from 'fastify';
import type { Log } from '../../infra/log.ts';
import { LARGEST_BODY } from '../limits/limits.ts';
import { type Refusal, refuse } from './refusal.ts';
import { traceIdOf } from '../tracing.ts';

/** Answers what fails on the routes of the scope, and gives errors that were written without one their trace id. */
export function answerHttpErrors(scope: FastifyInstance, log: Log): void {
  scope.setErrorHandler((error: FastifyError, request, reply) => {
    const { statusCode = 500 } = error;
    if (statusCode >= 400 && statusCode < 500) {
      return refuse(request, reply, refusals[statusCode] ?? refusals[400]!);
    }
    log.error('a request failed', { traceId: traceIdOf(request), error });
    return refuse(request, reply, failed);
  });
  scope.addHook('onSend', async (request, reply, payload) =>
    reply.statusCode >= 400 && typeof payload === 'string' ? traced(payload, traceIdOf(request)) : payload,
  );
}

/** By the status that the HTTP server means. Its own messages repeat what was sent. */
const refusals: Readonly<Record<number, Refusal>> = {
  400: badRequest(400, 'The body cannot be read: send a JSON object with a query.'),
  413: badRequest(413, `The body is too large: ${LARGEST_BODY} bytes are allowed. Send it in parts.`),
  // Apollo Server refuses the types that a browser sends unasked with 400; the others get the same
  415: badRequest(400, 'The body must be of the content-type application/json, plain or gzip, deflate or br.'),
};

function badRequest(status: number, message: string): Refusal {
  return { status, code: 'BAD_REQUEST', message };
}

const failed: Refusal = { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong here.' };

/** What Apollo Server refuses before it has a context (CSRF, batches, a body without a query) knows no trace id. */
function traced(payload: string, traceId: string): string {
  const { errors, ...result } = JSON.parse(payload) as { errors?: { extensions?: object }[] };
  if (!errors) return payload;
  return JSON.stringify({
    errors: errors.map(({ extensions, ...error }) => ({ ...error, extensions: { traceId, ...extensions } })),
    ...result,
  });
}
