// The HTTP server of a process: it answers what is under way before it closes, and says whether it lives and is ready.
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether it is going: not ready, and every connection is told to come back on another one. */
    isDraining: boolean;
  }
}

const SILENT_FOR = 1000; // ms; who has opened a connection and asked nothing for so long has nothing to lose

/** How long who asks may take, in ms: to send a request to its end, to read an answer, and that while the server closes. */
export interface Patience {
  sending: number;
  reading: number;
  readingLast: number;
}

/** A closing server is given 15 s, after 2 in which it is not ready: nobody who is slow may take them all. */
const USUAL_PATIENCE: Patience = { sending: 10_000, reading: 30_000, readingLast: 5000 };

/**
 * A server that drains: `close()` refuses new connections and answers every request that is on its way in, also those
 * on connections that were open already; each is told to come back on another one. Who is slower than its patience
 * is cut off.
 */
export function openServer(
  bodyLimit: number,
  trustProxy: string | false = false,
  patience: Patience = USUAL_PATIENCE,
): FastifyInstance {
  const app = fastify({
    bodyLimit,
    trustProxy,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // keys that JavaScript reads as something else are ignored wherever they stand in a body
    onProtoPoisoning: 'remove',
    onConstructorPoisoning: 'remove',
  });
  app.decorate('isDraining', false);
  // a request that came before closing is answered after it: without this its connection would stay open
  app.addHook('onSend', async (_request, reply) => {
    if (app.isDraining) reply.header('connection', 'close');
  });
  cutSlow(app, patience);
  return app;
}

/** A request under way, by performance.now(). */
interface UnderWay {
  request: IncomingMessage;
  response: ServerResponse;
  since: number;
  answeredAt?: number;
}

/**
 * Cuts connections that are slower than the patience and, once it closes and nothing is under way, those on which nothing
 * was ever asked: it would wait for them. Node's own limit ends where a server begins to close, and knows no readers.
 */
function cutSlow(app: FastifyInstance, { sending, reading, readingLast }: Patience): void {
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
 * Says from now on that it is not ready, and goes on for `delay` ms: long enough for who sends requests to notice, and
 * for each connection to be used once more or given up. Closing it after that cuts nobody off.
 */
export async function drain(app: FastifyInstance, delay: number): Promise<void> {
  app.isDraining = true;
  if (delay) await wait(delay);
}

/**
 * Aborted when who asked has gone before the answer was sent. Fastify's own `request.signal` is aborted as soon as the
 * body was read.
 */
export function whenGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** Listens, and answers the port. Throws an Error with a sentence for the operator, who sets it by `variable`. */
export async function listen(
  app: FastifyInstance,
  at: { host: string; port: number },
  variable = 'PORT',
): Promise<number> {
  try {
    await app.listen(at);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new Error(`Port ${at.port} is in use: set ${variable} to another one (0 takes any).`);
    if (code === 'EACCES') throw new Error(`Port ${at.port} needs rights this process does not have: set ${variable}.`);
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EADDRNOTAVAIL' || code === 'EINVAL') {
      const allowed = 'set HOST to localhost, to an address of this machine, or to 0.0.0.0 for all of them';
      throw new Error(`HOST ${at.host} is no address of this machine: ${allowed}.`, { cause: error });
    }
    throw error;
  }
  return (app.server.address() as AddressInfo).port;
}

/** Looks whether something this process depends on answers: throws when it does not. */
export type Check = () => Promise<unknown>;

export interface Health {
  /** What the process depends on, by name. */
  checks: Readonly<Record<string, Check>>;
  /** Whether the process can do its work with only these answering. */
  enough(answering: ReadonlySet<string>): boolean;
}

const PATIENCE = 1000; // ms; a probe asks every few seconds and gives up soon itself

/**
 * Serves /livez (200 while the process runs) and /readyz (200, or 503 when what answers is not enough, or the process
 * is going), which names each dependency and says why it does not answer, in a word that holds no host and no driver's text.
 */
export function serveHealth(app: FastifyInstance, { checks, enough }: Health): void {
  app.get('/livez', async () => ({ alive: true }));
  app.get('/readyz', async (_request, reply) => {
    if (app.isDraining) return reply.code(503).send({ ready: false, draining: true, dependencies: {} });
    const looks = Object.entries(checks).map(async ([name, check]) => [name, await verdict(check)] as const);
    const dependencies = Object.fromEntries(await Promise.all(looks));
    const ready = enough(new Set(Object.keys(dependencies).filter((name) => dependencies[name] === OK)));
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ready, dependencies });
  });
}

const OK = 'ok';

async function verdict(check: Check): Promise<string> {
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
