// The trace of a request: new or continued from its traceparent, and propagated to all work for the request.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type OpenRequest, openRequest } from '../../infra/tracing/spans.ts';
import { traceIdHere } from '../../infra/tracing/trace.ts';
import { traceIdOf as traceIdIn } from '../../schema/wire/traceparent.ts';

declare module 'fastify' {
  interface FastifyRequest {
    trace: OpenRequest | null;
  }
}

/** Called every few seconds by load balancers and orchestrators. */
const probes: ReadonlySet<string | undefined> = new Set(['/livez', '/readyz']);

/** Opens a trace for every request of the server, and ends it with the response. */
export function traceRequests(app: FastifyInstance): void {
  app.decorateRequest('trace', null);
  app.addHook('onRequest', (request, _reply, done) => {
    const { method, headers, routeOptions } = request;
    const route = routeOptions.url; // never the URL itself: a ticket's URL is a secret
    if (probes.has(route)) {
      done();
      return;
    }
    const attributes = { 'http.request.method': method, ...(route !== undefined && { 'http.route': route }) };
    const name = route === undefined ? method : `${method} ${route}`;
    request.trace = openRequest('gateway', name, headers['traceparent'], attributes);
    request.trace.goOn(done);
  });
  // the body arrived through socket events, which have no request context
  app.addHook('preValidation', ({ trace }, _reply, done) => (trace ? trace.goOn(done) : done()));
  app.addHook('onResponse', async (request, reply) => request.trace?.end(reply.statusCode));
}

/**
 * The trace id of a request, 32 hexadecimal digits: in its errors, in the log, and in the events it causes. A request
 * that is refused before its trace begins has the id of its traceparent, or a new one.
 */
export const requestTraceId = ({ trace, headers }: FastifyRequest): string =>
  trace?.traceId ?? traceIdIn(String(headers['traceparent'])) ?? traceIdHere();
