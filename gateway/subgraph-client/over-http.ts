// Calls a subgraph over HTTP: keep-alive connections to its replicas, round robin.
import { Kind, OperationTypeNode, parse } from 'graphql';
import type { Pool } from 'undici';
import type { Connections } from '../../infra/metrics/front-door.ts';
import { isGraphql, type SubgraphRequest } from '../../schema/wire/subgraph-call.ts';
import { exchange } from './exchange.ts';
import { openReplicaPools } from './replica-pools.ts';
import type { Discovery } from './resolution.ts';
import type { Call } from './upstream.ts';

export interface Replicas {
  call: Call;
  /** Resolves when a replica reports ready; throws if none does. */
  ready(): Promise<void>;
  /** The current number of connections. */
  connections(): Connections;
  close(): Promise<void>;
}

const CONNECTIONS = 128; // per replica; further calls wait here, subject to their deadline
/**
 * How long an idle connection is kept: shorter than DRAIN_DELAY, and closed well before the server closes it. Otherwise
 * a request could be sent on a closing connection: a mutation would fail and its outcome would be unknown.
 */
const IDLE_FOR = 1000; // ms
const LEFT_BEFORE = 2000; // ms before the server's announced keep-alive timeout
const LEAVES_FOR = 5000; // ms; a replica that closes its connections is tried last until it may be back
const UNREACHED_FOR = 1000; // ms; an address that refuses connections is tried last meanwhile
const LARGEST_ANSWER = 5_000_000; // bytes; a page of a hundred offers has 200,000

/** No replica received the request, so retrying is safe. */
const UNREACHED = new Set([
  ...['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN'],
  'UND_ERR_CLOSED', // its address has just left
]);
interface Failure {
  code?: unknown;
  syscall?: unknown;
}

/** A replica that shuts down while we connect resets the socket before reading anything, so retrying is safe. */
const isUnreached = ({ code, syscall }: Failure): boolean => UNREACHED.has(String(code)) || syscall === 'connect';

/** The replica died after the request was sent: only reading may be retried. */
const CUT_OFF = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/**
 * The subgraph behind these URLs: each is a replica, or a name whose addresses are replicas. An unreachable replica is
 * skipped; if a replica dies during a query, the query is retried, on the same replica if there is no other; a mutation
 * is not. Throws when no replica is left, when one is silent for `timeout` ms, and when a response exceeds 5 MB: the
 * connection is closed at that byte, and as soon as the call is aborted.
 */
export function overHttp(
  urls: readonly string[],
  timeout: number,
  connections = CONNECTIONS,
  discovery: Discovery = {},
): Replicas {
  if (!urls.length) throw new Error('A subgraph needs at least one address.');
  const options = {
    connections,
    keepAliveTimeout: IDLE_FOR,
    keepAliveMaxTimeout: IDLE_FOR,
    keepAliveTimeoutThreshold: LEFT_BEFORE,
    maxResponseSize: LARGEST_ANSWER,
    headersTimeout: timeout,
    bodyTimeout: timeout,
  };
  const replicas = openReplicaPools(urls, options, discovery);
  let turn = 0;

  const leavesUntil = new WeakMap<Pool, number>(); // by performance.now()
  /** Until when the replica is treated as leaving; the first to leave is tried first, as it is back first. */
  function leaving(pool: Pool): number {
    const until = leavesUntil.get(pool) ?? 0;
    return until > performance.now() ? until : 0;
  }

  /**
   * Tries one replica after another, round robin, leaving replicas last; up to the number of attempts that `tries`
   * returns for the last failure, given the number of replicas.
   */
  async function onSome<T>(
    ask: (pool: Pool) => Promise<T>,
    tries: (failure: Failure, replicas: number) => number,
  ): Promise<T> {
    const pools = await replicas.current();
    const first = ++turn % pools.length;
    const inTurn = [...pools.slice(first), ...pools.slice(0, first)];
    inTurn.sort((a, b) => leaving(a) - leaving(b));
    for (let tried = 1; ;) {
      for (const pool of inTurn) {
        try {
          return await ask(pool);
        } catch (error) {
          if (isUnreached(error as Failure)) leavesUntil.set(pool, performance.now() + UNREACHED_FOR);
          if (tried++ >= tries(error as Failure, pools.length)) throw error;
        }
      }
    }
  }

  return {
    call: (request) =>
      onSome(
        async (pool) => {
          const answer = await exchange(pool, request);
          if (answer.headers['connection'] === 'close') leavesUntil.set(pool, performance.now() + LEAVES_FOR);
          return answer;
        },
        (failure, count) => {
          if (isUnreached(failure)) return count;
          return CUT_OFF.has(String(failure.code)) && mayRepeat(request) ? Math.max(2, count) : 1;
        },
      ),

    ready: () =>
      onSome(
        async (pool) => {
          const { statusCode, body } = await pool.request({ method: 'GET', path: '/readyz' });
          await body.dump();
          if (statusCode !== 200) throw Object.assign(new Error('not ready'), { code: 'NOT_READY' });
        },
        (_failure, count) => count,
      ),

    connections: () =>
      [...replicas.open].reduce(
        (sum, { stats: { connected, free, queued } }) => ({
          used: sum.used + connected - free,
          idle: sum.idle + free,
          queued: sum.queued + queued,
        }),
        { used: 0, idle: 0, queued: 0 },
      ),

    close: replicas.close,
  };
}

/** Whether a request that may have been done can be sent again: reading changes nothing. */
function mayRepeat(request: SubgraphRequest): boolean {
  if (request.method === 'GET') return true;
  if (!isGraphql(request)) return false;
  const { query } = JSON.parse(String(request.body)) as { query: string };
  return parse(query).definitions.every(
    (d) => d.kind !== Kind.OPERATION_DEFINITION || d.operation === OperationTypeNode.QUERY,
  );
}
