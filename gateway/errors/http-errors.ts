// Requests that fail before GraphQL execution: answered in the same shape as all other errors, with a code and a trace
// id.
import type { FastifyError, FastifyInstance } from 'fastify';
import { BAD_HOST } from '../../infra/http/http-server.ts';
import type { Log } from '../../infra/logging/log.ts';
import { GRAPHQL, type HttpRefusal, refuse } from './refusal.ts';
import { requestTraceId } from '../http/tracing.ts';

/** Answers failed requests on any path, unknown paths (404), and methods that a path does not serve (405). */
export function answerHttpErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { statusCode = 500, code, message } = error;
    if (code === BAD_HOST) return refuse(request, reply, badRequest(400, message));
    if (statusCode === 413) return refuse(request, reply, tooLarge(request.routeOptions.bodyLimit));
    if (statusCode >= 400 && statusCode < 500) {
      return refuse(request, reply, statusCode === 415 ? wrongType : unreadable);
    }
    log.error('a request failed', { traceId: requestTraceId(request), error });
    return refuse(request, reply, failed);
  });

  const served = new Map<string, { pattern: URLPattern; methods: Set<string> }>(); // by path
  app.addHook('onRoute', ({ url, method }) => {
    if (url === '*') return; // preflight requests on any path
    const path = served.get(url) ?? { pattern: new URLPattern({ pathname: url }), methods: new Set() };
    for (const one of [method].flat()) path.methods.add(one);
    served.set(url, path);
  });
  app.setNotFoundHandler((request, reply) => {
    const [pathname = ''] = request.url.split('?');
    const path = [...served.values()].find(({ pattern }) => pattern.test({ pathname }));
    if (!path) return refuse(request, reply, notFound);
    const allow = [...path.methods].join(', ');
    const message = `This path does not serve ${request.method}; it serves ${allow}.`;
    return refuse(request, reply.header('allow', allow), badRequest(405, message));
  });
}

/** Adds the request's trace id to errors that Apollo Server wrote without one. */
export function traceRefusals(scope: FastifyInstance): void {
  scope.addHook('onSend', async (request, reply, payload) =>
    reply.statusCode >= 400 && typeof payload === 'string' ? traced(payload, requestTraceId(request)) : payload,
  );
}

// The server's own messages are not used, as they repeat the client's input.
const unreadable = badRequest(400, 'The body cannot be read: send a JSON object with a query.');
// Apollo Server answers 400 to the content types that browsers send without a preflight; other types get the same
const wrongType = badRequest(
  400,
  'The body must be of the content-type application/json, plain or gzip, deflate or br.',
);

const tooLarge = (limit: number): HttpRefusal => ({
  status: 413,
  code: 'OPERATION_TOO_LARGE',
  message: `The body is too large: ${limit} bytes are allowed. Send it in parts.`,
});

function badRequest(status: number, message: string): HttpRefusal {
  return { status, code: 'BAD_REQUEST', message };
}

const notFound: HttpRefusal = {
  status: 404,
  code: 'NOT_FOUND',
  message: `Nothing is served here; the graph is on ${GRAPHQL}.`,
};
const failed: HttpRefusal = { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong here.' };

/** Apollo Server's refusals before it has a context (CSRF, batches, a body without a query) lack a trace id. */
function traced(payload: string, traceId: string): string {
  const { errors, ...result } = JSON.parse(payload) as { errors?: { extensions?: object }[] };
  if (!errors) return payload;
  return JSON.stringify({
    errors: errors.map(({ extensions, ...error }) => ({ ...error, extensions: { traceId, ...extensions } })),
    ...result,
  });
}
