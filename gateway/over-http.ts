// Calls a subgraph over HTTP: kept-alive connections to each of its replicas, in turn.
import { Kind, OperationTypeNode, parse } from 'graphql';
import { Pool } from 'undici';
import type { Connections } from '../infra/metrics/front-door.ts';
import type { Call } from './upstream.ts';

export interface Replicas {
  call: Call;
  /** Resolves when a replica says that it is ready; throws when none does. */
  ready(): Promise<void>;
  /** Its connections at this moment. */
  connections(): Connections;
  close(): Promise<void>;
}

const CONNECTIONS = 64; // a replica; more at a time wait here, where their deadline sees them
const CONNECT_WITHIN = 1000; // ms
const IDLE_FOR = 1000; // ms a connection is kept for; shorter than DRAIN_DELAY, so that none is closed under a request
const LEAVES_FOR = 5000; // ms; a replica that closes its connections is asked last until it may be back

/** Nobody was reached: whatever was asked, it was not done. */
const UNREACHED = new Set(['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN']);
interface Failure {
  code?: unknown;
  syscall?: unknown;
}

/** A replica that goes just then resets who was about to be let in: it has read nothing. */
const isUnreached = ({ code, syscall }: Failure): boolean => UNREACHED.has(String(code)) || syscall === 'connect';

/** It was asked and died: only what changes nothing may be asked again. */
const CUT_OFF = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/**
 * The subgraph behind these URLs, a replica each. A replica that cannot be reached is passed over; one that dies under
 * a query costs another try, never under a mutation. Throws when no replica is left, or one is silent for `timeout` ms:
 * the caller gave up by then, and its connection is free again.
 */
export function overHttp(urls: readonly string[], timeout: number): Replicas {
  const options = {
    connections: CONNECTIONS,
    connect: { timeout: CONNECT_WITHIN },
    keepAliveTimeout: IDLE_FOR,
    keepAliveMaxTimeout: IDLE_FOR,
    headersTimeout: timeout,
    bodyTimeout: timeout,
  };
  const pools = urls.map((url) => new Pool(url, options));
  let turn = 0;

  const leavesUntil = new Map<Pool, number>(); // by performance.now()
  /** Until when it leaves: the one that began to first is back first. */
  function leaving(pool: Pool): number {
    const until = leavesUntil.get(pool) ?? 0;
    return until > performance.now() ? until : 0;
  }

  /** Tries one replica after another, from the next in turn; those that are leaving last. */
  async function onSome<T>(ask: (pool: Pool) => Promise<T>, again: (failure: Failure) => boolean): Promise<T> {
    const first = ++turn % pools.length;
    const inTurn = [...pools.slice(first), ...pools.slice(0, first)];
    inTurn.sort((a, b) => leaving(a) - leaving(b));
    for (let tried = 1; ; tried++) {
      try {
        return await ask(inTurn[tried - 1]!);
      } catch (error) {
        if (tried === pools.length || !again(error as Failure)) throw error;
      }
    }
  }

  return {
    call: ({ body, headers }) =>
      onSome(
        async (pool) => {
          const answer = await pool.request({
            method: 'POST',
            path: '/graphql',
            headers: { ...headers, 'content-type': 'application/json' },
            body,
          });
          if (answer.headers['connection'] === 'close') leavesUntil.set(pool, performance.now() + LEAVES_FOR);
          return {
            status: answer.statusCode,
            headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
            body: await answer.body.text(),
          };
        },
        (failure) => isUnreached(failure) || (CUT_OFF.has(String(failure.code)) && isQuery(body)),
      ),

    ready: () =>
      onSome(
        async (pool) => {
          const { statusCode, body } = await pool.request({ method: 'GET', path: '/readyz' });
          await body.dump();
          if (statusCode !== 200) throw Object.assign(new Error('not ready'), { code: 'NOT_READY' });
        },
        () => true,
      ),

    connections: () =>
      pools.reduce(
        (sum, { stats: { connected, free, queued } }) => ({
          used: sum.used + connected - free,
          idle: sum.idle + free,
          queued: sum.queued + queued,
        }),
        { used: 0, idle: 0, queued: 0 },
      ),

    async close() {
      await Promise.all(pools.map((pool) => pool.close()));
    },
  };
}

function isQuery(body: string): boolean {
  const { query } = JSON.parse(body) as { query: string };
  return parse(query).definitions.every(
    (d) => d.kind !== Kind.OPERATION_DEFINITION || d.operation === OperationTypeNode.QUERY,
  );
}
