// What a process shows of itself, at routes that any server can serve: whether it lives, and whether it is ready.
import type { FastifyInstance } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';

export interface InsideRequest {
  query: Readonly<Record<string, unknown>>;
  headers: IncomingHttpHeaders;
  /** Aborted when the client disconnects, or the server closes. */
  gone: AbortSignal;
}

/** The answer; a `body` that is no text is sent as JSON. */
export interface InsideAnswer {
  status?: number;
  headers?: Readonly<Record<string, string>>;
  body: string | object;
}

/** The answers to GET, by path. */
export type InsideRoutes = Readonly<Record<string, (request: InsideRequest) => Promise<InsideAnswer>>>;

/** Serves them on a scope of a server of http-server.ts. */
export function serveInside(scope: FastifyInstance, routes: InsideRoutes): void {
  const closing = new AbortController();
  scope.addHook('preClose', async () => closing.abort());
  for (const [path, answer] of Object.entries(routes)) {
    scope.get<{ Querystring: Record<string, unknown> }>(path, async ({ query, headers }, reply) => {
      const left = new AbortController();
      reply.raw.once('close', () => left.abort());
      const gone = AbortSignal.any([closing.signal, left.signal]);
      const { status = 200, headers: own = {}, body } = await answer({ query, headers, gone });
      return reply.code(status).headers(own).send(body);
    });
  }
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
 * /livez (200 while the process runs) and /readyz (200, or 503 when too few dependencies answer, or the process is
 * draining). /readyz names each dependency and, if it does not answer, a reason without host names or driver messages.
 */
export function healthRoutes(health: Health, isDraining: () => boolean): InsideRoutes {
  const look = shared(async () => {
    const looks = Object.entries(health.checks).map(async ([name, check]) => [name, await verdict(check)] as const);
    return Object.fromEntries(await Promise.all(looks));
  });
  return {
    '/livez': async () => ({ body: { alive: true } }),
    async '/readyz'() {
      if (isDraining()) return { status: 503, body: { ready: false, draining: true, dependencies: {} } };
      const dependencies = await look();
      const ready = health.enough(new Set(Object.keys(dependencies).filter((name) => dependencies[name] === OK)));
      return { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' }, body: { ready, dependencies } };
    },
  };
}

/** The same, with calls that come while one is in progress sharing its result: many callers cost as much as one. */
function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | undefined;
  return () =>
    (current ??= work().finally(() => {
      current = undefined;
    }));
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

/** Serves the same on a server of http-server.ts. */
export const serveHealth = (app: FastifyInstance, health: Health): void =>
  serveInside(
    app,
    healthRoutes(health, () => app.isDraining),
  );
