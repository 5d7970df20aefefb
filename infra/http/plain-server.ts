// The HTTP server of a process that only shows itself: Node's own, as Fastify would take a fifth of a worker's memory.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { newId } from '../tracing/trace.ts';
import type { InsideAnswer, InsideRoutes } from './inside.ts';
import type { Listener } from './listen.ts';

/** Called once an answer was sent, after `took` ms; an unknown path is (none). */
export type OnAnswer = (answered: { method: string; route: string; status: number; took: number }) => void;

const SENDING = 10_000; // ms; the whole of a request, which has no body
const CLOSING = 5000; // ms; a client that reads slower must not use all of the time in which a process stops
const CHECKED_EVERY = 1000; // ms

/** A server of these routes. Closing it answers every request that is arriving. */
export function openPlainServer(routes: (server: Listener) => InsideRoutes, onAnswer?: OnAnswer): Listener {
  const closing = new AbortController();
  const limits = { headersTimeout: SENDING, requestTimeout: SENDING, connectionsCheckingInterval: CHECKED_EVERY };
  const server = createServer(limits, (request, response) => void serve(request, response));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const began = performance.now();
    const { method = '', url = '' } = request;
    const { pathname = '', searchParams = [] } = URL.parse(url, 'http://inside') ?? {};
    const isServed = Object.hasOwn(served, pathname) && (method === 'GET' || method === 'HEAD');
    const left = new AbortController();
    response.once('close', () => left.abort());
    response.once('finish', () =>
      onAnswer?.({
        ...{ method, route: isServed ? pathname : '(none)', status: response.statusCode },
        took: performance.now() - began,
      }),
    );
    const asked = {
      query: Object.fromEntries(searchParams),
      headers: request.headers,
      gone: AbortSignal.any([closing.signal, left.signal]),
    };
    send(response, isServed ? await served[pathname]!(asked).catch(failed) : NOT_FOUND());
  }

  function send(response: ServerResponse, { status = 200, headers = {}, body }: InsideAnswer): void {
    const isText = typeof body === 'string';
    const content = isText ? body : JSON.stringify(body);
    response.writeHead(status, {
      'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(content),
      ...headers,
      ...(app.isDraining && { connection: 'close' }),
    });
    response.end(content); // Node leaves the body out of an answer to HEAD
  }

  const app: Listener = {
    isDraining: false,
    server,
    listen: ({ host, port }) => once(server.listen({ host, port }), 'listening'),
    async close() {
      app.isDraining = true;
      closing.abort();
      if (!server.listening) return;
      const late = setTimeout(() => server.closeAllConnections(), CLOSING);
      await once(server.close(), 'close');
      clearTimeout(late);
    },
  };
  const served = routes(app);
  return app;
}

const refusal = (status: number, code: 'NOT_FOUND' | 'INTERNAL_SERVER_ERROR', message: string): InsideAnswer => ({
  status,
  body: { errors: [{ message, extensions: { code, traceId: newId(16) } }] },
});
const NOT_FOUND = () => refusal(404, 'NOT_FOUND', 'Nothing is served here.');
const failed = () => refusal(500, 'INTERNAL_SERVER_ERROR', 'This cannot be shown now.');
