// A connection pool for a MySQL or MariaDB database that drops connections on which the server cannot serve.
import type { MysqlPool } from 'kysely';
import { createPool, type PoolConnection, type PoolOptions } from 'mysql2';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { PoolState } from './database.ts';
import { isReadOnlyNow, isTooManyConnections, isUnserved } from './store-outage.ts';

const SILENT_FOR = 1.2; // times the longest statement: by then the server would have ended it, so the connection is dead
const CONNECTION_WITHIN = 4000; // ms; less than a caller usually waits for a subgraph, so that the caller receives our answer
const TRY_AGAIN_AFTER = 50; // ms, give or take a half, so that callers refused together do not come back together

export interface PoolPlan {
  options: PoolOptions;
  /** The maximum number of connections; read when the pool is first used. */
  limit: () => Promise<number>;
  /** Statements that each new connection runs first. */
  session: readonly string[];
  /** The longest time that a statement may take, in ms; 0 for no limit. */
  answersWithin: number;
}

export interface Pool extends MysqlPool {
  state(): PoolState;
}

/** Properties of mysql2's pool that its typings lack. */
interface Inside {
  _allConnections: { length: number };
  _freeConnections: { length: number; get(index: number): PoolConnection };
  _connectionQueue: { length: number };
  config: { connectionLimit: number };
}

/**
 * Opens a pool; connections are made when they are first needed. While the server has no free connection, a caller
 * waits up to four seconds for one. A connection on which the server cannot serve is destroyed. If the server has
 * become read-only, all idle connections are destroyed too: the next one may reach a writable server.
 */
export function openPool({ options, limit, session, answersWithin }: PoolPlan): Pool {
  const pool = createPool({ ...options, connectionLimit: 1 });
  const inside = pool as unknown as Inside;
  const ready = new WeakSet<PoolConnection>();

  function destroyIdle(): void {
    while (inside._freeConnections.length) inside._freeConnections.get(0).destroy();
  }

  function retire(connection: PoolConnection, error: unknown): void {
    if (!isUnserved(error)) return;
    connection.destroy();
    if (isReadOnlyNow(error)) destroyIdle();
  }

  /** Sets a new connection up. If that fails, destroys it: the pool would count it, and never hand it out again. */
  async function prepare(connection: PoolConnection): Promise<void> {
    if (ready.has(connection)) return;
    try {
      const { stream } = connection as unknown as { stream: Socket }; // its typings lack it
      if (answersWithin) stream.setTimeout(SILENT_FOR * answersWithin, () => stream.destroy(silence()));
      retireOnFault(connection, retire);
      for (const statement of session) await connection.promise().query(statement);
    } catch (error) {
      connection.destroy();
      throw error;
    }
    ready.add(connection);
  }

  async function take(): Promise<PoolConnection> {
    const until = performance.now() + CONNECTION_WITHIN;
    for (;;) {
      try {
        inside.config.connectionLimit = await limit();
        const connection = await acquire(pool);
        await prepare(connection);
        return connection;
      } catch (error) {
        if (!isTooManyConnections(error) || performance.now() > until) throw error;
        await wait(TRY_AGAIN_AFTER * (0.5 + Math.random())); // meanwhile other callers release theirs
      }
    }
  }

  return {
    getConnection(callback) {
      const given = (connection: PoolConnection) => callback(null, connection);
      take().then(given, (error: unknown) => callback(error, undefined as never));
    },
    end: (callback) => pool.end(callback),
    state() {
      const idle = inside._freeConnections.length;
      return {
        used: inside._allConnections.length - idle,
        idle,
        limit: inside.config.connectionLimit,
        waiting: inside._connectionQueue.length,
      };
    },
  };
}

const acquire = (pool: ReturnType<typeof createPool>): Promise<PoolConnection> =>
  new Promise((resolve, reject) => {
    pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection)));
  });

type Callback = (error: unknown, ...results: unknown[]) => void;

/** Reports each statement that fails on the connection, before its caller receives the error. */
function retireOnFault(connection: PoolConnection, failed: (connection: PoolConnection, error: unknown) => void): void {
  const query = connection.query.bind(connection) as (...args: unknown[]) => unknown;
  const heard = (...args: unknown[]): unknown => {
    const callback = args.at(-1);
    if (typeof callback !== 'function') return query(...args);
    return query(...args.slice(0, -1), (error: unknown, ...results: unknown[]) => {
      if (error) failed(connection, error);
      (callback as Callback)(error, ...results);
    });
  };
  Object.assign(connection, { query: heard });
}

const silence = () => Object.assign(new Error('the database has gone silent'), { code: 'ETIMEDOUT' });
