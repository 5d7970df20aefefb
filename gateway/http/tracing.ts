// The trace of a request: begun with it or taken over from its traceparent, carried through all that is done for it.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type OpenRequest, openRequest } from '../../infra/tracing/spans.ts';
import { traceIdHere } from '../../infra/tracing/trace.ts';
import { traceIdOf as traceIdIn } from '../../schema/wire/traceparent.ts';

declare module 'fastify' {
  interface FastifyRequest {
    trace: OpenRequest | null;
  }
}

/** Asked every few seconds by whoever watches the process. */
const probes: ReadonlySet<string | undefined> = new Set(['/livez', '/readyz']);

/** Opens a trace for every request of the server, and ends it with the answer. */
export function traceRequests(app: FastifyInstance): void {
  app.decorateRequest('trace', null);
  app.addHook('onRequest', (request, _reply, done) => {
    const { method, headers, routeOptions } = request;
    const route = routeOptions.url; // never the address itself: a ticket's is a secret
    if (probes.has(route)) return done();
    const attributes = { 'http.request.method': method, ...(route !== undefined && { 'http.route': route }) };
    const name = route === undefined ? method : `${method} ${route}`;
    request.trace = openRequest('gateway', name, headers['traceparent'], attributes);
    request.trace.goOn(done);
  });
  // the body came in by the socket's own events, which know of no request
  app.addHook('preValidation', ({ trace }, _reply, done) => (trace ? trace.goOn(done) : done()));
  app.addHook('onResponse', async (request, reply) => request.trace?.end(reply.statusCode));
}

/**
 * The trace id of a request, 32 hexadecimal digits: in its errors, in the log, and in what comes of it. A request that is
 * refused before its trace begins has the id of its traceparent, or one of its own.
 */
export const traceIdOf = ({ trace, headers }: FastifyRequest): string =>
  trace?.traceId ?? traceIdIn(String(headers['traceparent'])) ?? traceIdHere();
