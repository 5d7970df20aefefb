// The HTTP server of a process: graceful shutdown, liveness and readiness, limits on slow clients.
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server, Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ErrorCode } from '../../schema/errors.ts';
import { newId } from '../tracing/trace.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Whether the server is draining: it is not ready, and its answers close their connections so that clients
     * reconnect elsewhere.
     */
    isDraining: boolean;
  }
}

const SILENT_FOR = 1000; // ms; a closing server waits so long for requests whose first bytes may be on their way

/**
 * Time limits for clients, in ms: to send a whole request, to read an answer, and to read it while the server closes.
 */
export interface ClientTimeouts {
  sending: number;
  reading: number;
  readingLast: number;
}

/** A closing server has 15 s, after 2 in which it is not ready: a slow client must not use them all. */
const USUAL_PATIENCE: ClientTimeouts = { sending: 10_000, reading: 30_000, readingLast: 5000 };

/**
 * A server that sends these headers with every answer, and shuts down gracefully: `close()` refuses new connections and
 * answers every request that is arriving, also on open connections; each answer then closes its connection. Clients
 * that exceed the time limits are disconnected.
 */
export function openServer(
  bodyLimit: number,
  trustProxy: string | false = false,
  patience: ClientTimeouts = USUAL_PATIENCE,
  headers: Readonly<Record<string, string>> = {},
): FastifyInstance {
  const answers = answerUnread(headers);
  const app = fastify({
    bodyLimit,
    trustProxy,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    http: {
      // Node checks for slow headers every 30 s by default: a limit of 10 s could take 40
      headersTimeout: patience.sending,
      connectionsCheckingInterval: Math.min(SILENT_FOR, patience.sending),
      requireHostHeader: false, // Node's own refusal has no body; refuseBadHosts follows RFC 9112, section 3.2
    },
    clientErrorHandler: answers.unreadable,
    frameworkErrors: answers.badPath,
    // keys that JavaScript treats specially are ignored anywhere in a body
    onProtoPoisoning: 'remove',
    onConstructorPoisoning: 'remove',
  });
  app.decorate('isDraining', false);
  refuseBadHosts(app);
  // a request from before closing is answered after it: without this header its connection would stay open
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(headers);
    if (app.isDraining) reply.header('connection', 'close');
  });
  cutSlow(app, patience);
  return app;
}

/** The `code` of the error for a request whose Host header is missing or wrong. */
export const BAD_HOST = 'BAD_HOST';

/** Refuses a Host header that is not one host with an optional port. HTTP/1.0 may omit the header. */
function refuseBadHosts(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }) => {
    const { host } = raw.headers;
    if (host === undefined ? raw.httpVersion === '1.0' : isHost(host)) return;
    const message = 'The Host header must name one host with an optional port, as example.org:4000.';
    throw Object.assign(new Error(message), { statusCode: 400, code: BAD_HOST });
  });
}

const isHost = (text: string): boolean => /^[^\s/?#@\\]+$/.test(text) && URL.canParse(`http://${text}/`);

/** A refusal in the shape of a GraphQL error, for requests that reach no route. */
function unread(message: string, code: ErrorCode = 'BAD_REQUEST') {
  return { errors: [{ message, extensions: { code, traceId: newId(16) } }] };
}

const answerUnread = (always: Readonly<Record<string, string>>) => ({
  badPath({ code }: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
    reply.headers(always);
    if (code === 'FST_ERR_MAX_PARAM_LENGTH') reply.code(404).send(unread('Nothing is served here.', 'NOT_FOUND'));
    else reply.code(400).send(unread('The path of the request is not a valid one.'));
  },

  /** Answers bytes that are no HTTP request, or headers that are too large or too slow, and closes the connection. */
  unreadable({ code }: NodeJS.ErrnoException, socket: Socket): void {
    if (code === 'ECONNRESET' || socket.destroyed) return;
    const { status, because } = unreadableBy[code ?? ''] ?? notHttp;
    const body = JSON.stringify(unread(because));
    const headers = Object.entries({
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      ...always,
      connection: 'close',
    }).map(([name, value]) => `${name}: ${value}`);
    if (socket.writable) socket.write([`HTTP/1.1 ${status}`, ...headers, '', body].join('\r\n'));
    socket.destroySoon();
  },
});

/** The answers to what is no request, by the code of Node's error. */
const unreadableBy: Readonly<Record<string, { status: string; because: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    because: 'The headers of the request took too long to arrive.',
  },
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    because: 'The headers of the request are too large.',
  },
};
const notHttp = { status: '400 Bad Request', because: 'This is not a request of HTTP/1.1.' };

/** A request in progress, in times of performance.now(). */
interface UnderWay {
  request: IncomingMessage;
  response: ServerResponse;
  since: number;
  /** Since when only the client keeps the answer from going on; an answer in parts can wait for us as well. */
  unreadSince?: number | undefined;
}

/**
 * Disconnects clients that exceed the time limits. A second after the server begins to close, and when no request is in
 * progress, also closes connections that never sent a whole request, for which closing would wait. Node's own limit
 * stops working when a server begins to close, and does not cover slow readers.
 */
function cutSlow(app: FastifyInstance, { sending, reading, readingLast }: ClientTimeouts): void {
  const underWay = new Set<UnderWay>();
  let closingSince: number | undefined;
  app.server.on('request', (request, response) => {
    const one = { request, response, since: performance.now() };
    underWay.add(one);
    response.once('close', () => underWay.delete(one));
  });

  function look(): void {
    const now = performance.now();
    for (const one of underWay) {
      const { request, response, since } = one;
      const waitsForClient = response.writableEnded || response.writableNeedDrain;
      one.unreadSince = waitsForClient ? (one.unreadSince ?? now) : undefined;
      const isSlow =
        one.unreadSince === undefined
          ? !request.complete && now - since > sending
          : now - one.unreadSince > (closingSince === undefined ? reading : readingLast);
      if (isSlow) request.socket.destroy();
    }
    const isSilent = closingSince !== undefined && now - closingSince >= Math.min(SILENT_FOR, sending);
    if (isSilent && !underWay.size) app.server.closeAllConnections();
  }

  // timers run before sockets are read: a loop that was late would disconnect clients whose bytes have arrived
  const timer = setInterval(() => setImmediate(look), Math.min(SILENT_FOR, sending));
  timer.unref();
  app.addHook('preClose', async () => {
    app.isDraining = true;
    await readArrived(app.server);
    closingSince = performance.now();
  });
  app.addHook('onClose', async () => clearInterval(timer));
}

const QUIET = 3; // turns of the loop: the current one may have looked already, the next accepts, the third reads
const MOST_TURNS = 600; // a turn accepts one connection, and up to 511 wait for it

/**
 * Accepts the connections and reads the requests that have arrived: closing resets connections that are not accepted,
 * and ends those that seem idle. If the loop was late, the timer before closing runs ahead of both, and a mutation on
 * its way would be lost.
 */
async function readArrived(server: Server): Promise<void> {
  let quiet = 0;
  const accepted = () => void (quiet = 0);
  server.on('connection', accepted);
  for (let turn = 0; quiet < QUIET && turn < MOST_TURNS; turn++) {
    quiet++;
    await nextTurn();
  }
  server.off('connection', accepted);
}

/**
 * Aborted when the client disconnects before the answer was sent, or has done so already. Fastify's own
 * `request.signal` is aborted as soon as the body was read.
 */
export function whenGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  const leave = (): void => {
    if (!raw.writableFinished) gone.abort();
  };
  if (raw.destroyed) leave();
  else raw.once('close', leave);
  return gone.signal;
}
