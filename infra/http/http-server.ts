// The HTTP server of a process: graceful shutdown, liveness and readiness, limits on slow clients.
import { paired } from '../../schema/values/paired.ts';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
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

const SILENT_FOR = 1000; // ms; a connection that has sent nothing for so long can be closed without loss

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
  answeredAt?: number;
}

/**
 * Disconnects clients that exceed the time limits. Once the server closes and no request is in progress, also closes
 * connections that never sent a request, for which closing would wait. Node's own limit stops working when a server
 * begins to close, and does not cover slow readers.
 */
function cutSlow(app: FastifyInstance, { sending, reading, readingLast }: ClientTimeouts): void {
  const underWay = new Set<UnderWay>();
  let isClosing = false;
  app.server.on('request', (request, response) => {
    const one = { request, response, since: performance.now() };
    underWay.add(one);
    response.once('close', () => underWay.delete(one));
  });

  function look(): void {
    const now = performance.now();
    for (const one of underWay) {
      const { request, response, since } = one;
      if (response.headersSent) one.answeredAt ??= now;
      const isSlow =
        one.answeredAt === undefined
          ? !request.complete && now - since > sending
          : now - one.answeredAt > (isClosing ? readingLast : reading);
      if (isSlow) request.socket.destroy();
    }
    if (isClosing && !underWay.size) app.server.closeAllConnections();
  }

  const timer = setInterval(look, Math.min(SILENT_FOR, sending));
  timer.unref();
  app.addHook('preClose', async () => {
    app.isDraining = true;
    isClosing = true;
  });
  app.addHook('onClose', async () => clearInterval(timer));
}

/**
 * Fails readiness and keeps serving for `delay` ms: long enough for load balancers and clients to notice, and for each
 * connection to be used once more or be closed. Closing the server after that interrupts no request.
 */
export async function drain(app: FastifyInstance, delay: number): Promise<void> {
  app.isDraining = true;
  if (delay) await wait(delay);
}

/**
 * Aborted when the client disconnects before the answer was sent, or has done so already. Fastify's own `request.signal` is aborted as soon as
 * the body was read.
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

/** Where a server listens. */
export interface ListenAddress {
  host: string;
  port: number;
  /** The part of the process that uses the port, where a process has several. */
  of?: string;
  /** The variable that sets the port; PORT by default. */
  variable?: string;
}

/** Listens, and returns the port. Throws an Error with a sentence for the operator. */
export async function listen(app: FastifyInstance, place: ListenAddress): Promise<number> {
  const { host, port } = place;
  await app.listen({ host, port }).catch((error: unknown) => {
    throw refusedPort(error, place);
  });
  return (app.server.address() as AddressInfo).port;
}

/** What an operator can do about a port that cannot be used. */
function refusedPort(error: unknown, { host, port, of, variable = 'PORT' }: ListenAddress): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const name = of === undefined ? `Port ${port}` : `Port ${port} (${of})`;
  if (code === 'EADDRINUSE') return new Error(`${name} is in use: set ${variable} to another one (0 takes any).`);
  if (code === 'EACCES') return new Error(`${name} needs rights this process does not have: set ${variable}.`);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EADDRNOTAVAIL' || code === 'EINVAL') {
    const allowed = 'set HOST to localhost, to an address of this machine, or to 0.0.0.0 for all of them';
    return new Error(`HOST ${host} is no address of this machine: ${allowed}.`, { cause: error });
  }
  return error;
}

/**
 * Binds all ports at once and releases them again, before anything is created, so that a start that fails on a port
 * leaves nothing behind. Throws an Error with a sentence for each port that cannot be used.
 */
export async function tryPorts(places: readonly ListenAddress[]): Promise<void> {
  // a client that connects meanwhile is disconnected at once: it would wait for an answer, and closing would wait for
  // it
  const servers = places.map(() => createServer((socket) => void socket.destroy()));
  const tried = paired(places, servers).map(([place, server]) => {
    server.listen({ host: place.host, port: place.port });
    return once(server, 'listening').then(
      () => [],
      (error: unknown) => [refusedPort(error, place)],
    );
  });
  const refusals = (await Promise.all(tried)).flat();
  await Promise.all(servers.filter((server) => server.listening).map((server) => once(server.close(), 'close')));
  if (!refusals.length) return;
  const sentences = new Set(refusals.map((error) => (error as Error).message));
  throw new Error(
    [...sentences, ...(sentences.size > 1 ? ['All of them move with PORT, as PORT=5000.'] : [])].join('\n'),
  );
}

/** Checks a dependency of this process: throws when it does not answer. */
export type DependencyCheck = () => Promise<unknown>;

export interface Health {
  /** The dependencies of the process, by name. */
  checks: Readonly<Record<string, DependencyCheck>>;
  /** Whether the process can do its work with only these dependencies answering. */
  enough(answering: ReadonlySet<string>): boolean;
}

const PATIENCE = 1000; // ms; probes come every few seconds, and have a short timeout themselves

/**
 * Serves /livez (200 while the process runs) and /readyz (200, or 503 when too few dependencies answer, or the process
 * is draining). /readyz names each dependency and, if it does not answer, a reason without host names or driver
 * messages.
 */
export function serveHealth(app: FastifyInstance, health: Health): void {
  app.get('/livez', async () => ({ alive: true }));
  app.get('/readyz', async (_request, reply) => {
    if (app.isDraining) return reply.code(503).send({ ready: false, draining: true, dependencies: {} });
    const looks = Object.entries(health.checks).map(async ([name, check]) => [name, await verdict(check)] as const);
    const dependencies = Object.fromEntries(await Promise.all(looks));
    const ready = health.enough(new Set(Object.keys(dependencies).filter((name) => dependencies[name] === OK)));
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ready, dependencies });
  });
}

const OK = 'ok';

async function verdict(check: DependencyCheck): Promise<string> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('late')), PATIENCE);
  try {
    await Promise.race([check(), late.promise]);
    return OK;
  } catch (error) {
    if ((error as Error).message === 'late') return `no answer within ${PATIENCE} ms`;
    const { code } = error as { code?: unknown };
    return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code) ? code : 'it failed; the log says why';
  } finally {
    clearTimeout(timer);
  }
}
