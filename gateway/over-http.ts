// Calls a subgraph over HTTP: kept-alive connections to each of its replicas, in turn.
import { Kind, OperationTypeNode, parse } from 'graphql';
import { Pool } from 'undici';
import type { Call } from './upstream.ts';

export interface Replicas {
  call: Call;
  /** Resolves when a replica says that it is ready; throws when none does. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

const CONNECTIONS = 128; // a replica; more at a time wait here, where their deadline sees them
const CONNECT_WITHIN = 1000; // ms
const LARGEST_ANSWER = 5_000_000; // bytes; a page of a hundred offers has 200,000
/**
 * An idle connection is left before its server closes it, or a request could be sent into the closing: a mutation
 * would fail and nobody knew whether it was done. Ours say how long they keep one; what says nothing has Node's 5 s.
 */
const KEEP_ALIVE = { keepAliveTimeout: 4000, keepAliveTimeoutThreshold: 2000 }; // ms; the latter before what it said

/** Nobody was reached: whatever was asked, it was not done. */
const UNREACHED = new Set(['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN']);
/** It was asked and died: only what changes nothing may be asked again. */
const CUT_OFF = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/**
 * The subgraph behind these URLs, a replica each. A replica that cannot be reached is passed over; one that dies under
 * a query costs another try, on itself where there is no other, never under a mutation. Throws when no replica is left,
 * when one is silent for `timeout` ms, and when it answers more than 5 MB: the connection is closed at that byte, and
 * as soon as the call is called off.
 */
export function overHttp(urls: readonly string[], timeout: number, connections = CONNECTIONS): Replicas {
  const options = {
    connections,
    connect: { timeout: CONNECT_WITHIN },
    ...KEEP_ALIVE,
    maxResponseSize: LARGEST_ANSWER,
    headersTimeout: timeout,
    bodyTimeout: timeout,
  };
  const pools = urls.map((url) => new Pool(url, options));
  let turn = 0;

  /** Tries one replica after another, from the next in turn, as often as `tries` says for the last one's error. */
  async function onSome<T>(ask: (pool: Pool) => Promise<T>, tries: (code: string) => number): Promise<T> {
    const first = turn++;
    for (let tried = 1; ; tried++) {
      try {
        return await ask(pools[(first + tried) % pools.length]!);
      } catch (error) {
        if (tried >= tries(String((error as { code?: unknown }).code))) throw error;
      }
    }
  }

  return {
    call: ({ body, headers, signal = null }) =>
      onSome(
        async (pool) => {
          const answer = await pool.request({
            method: 'POST',
            path: '/graphql',
            headers: { ...headers, 'content-type': 'application/json' },
            body,
            signal,
          });
          return {
            status: answer.statusCode,
            headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
            body: await answer.body.text(),
          };
        },
        (code) => {
          if (UNREACHED.has(code)) return pools.length;
          return CUT_OFF.has(code) && isQuery(body) ? Math.max(2, pools.length) : 1;
        },
      ),

    ready: () =>
      onSome(
        async (pool) => {
          const { statusCode, body } = await pool.request({ method: 'GET', path: '/readyz' });
          await body.dump();
          if (statusCode !== 200) throw Object.assign(new Error('not ready'), { code: 'NOT_READY' });
        },
        () => pools.length,
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
