// A pool of connections to a MySQL or MariaDB database that keeps none on which the server cannot serve.
import type { MysqlPool } from 'kysely';
import { createPool, type PoolConnection, type PoolOptions } from 'mysql2';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { PoolState } from './database.ts';
import { isReadOnlyNow, isTooManyConnections, isUnserved } from './store-outage.ts';

const SILENT_FOR = 1.2; // times the longest statement: by then the server itself would have ended it, so the connection is dead
const CONNECTION_WITHIN = 4000; // ms; less than a caller usually waits for a subgraph, so that it gets our answer
const TRY_AGAIN_AFTER = 50; // ms, give or take a half: those that were refused together must not come together again

export interface PoolPlan {
  options: PoolOptions;
  /** The most connections that it opens; asked when it is first used. */
  limit: () => Promise<number>;
  /** Statements that each connection begins with. */
  session: readonly string[];
  /** The longest that a statement may take, in ms; 0 where there is no limit. */
  answersWithin: number;
}

export interface Pool extends MysqlPool {
  state(): PoolState;
}

/** What mysql2 shows on a pool, and its typings do not. */
interface Inside {
  _allConnections: { length: number };
  _freeConnections: { length: number; get(index: number): PoolConnection };
  _connectionQueue: { length: number };
  config: { connectionLimit: number };
}

/**
 * Opens a pool; connections are made when they are first needed. While the server has none to spare, a caller waits up
 * to four seconds for one. A connection on which the server says that it cannot serve is destroyed, and when it says that
 * it takes no changes, all idle ones with it: the next may reach a server that does.
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

  /** Sets a new connection up. One that cannot be is destroyed: the pool would count it, and never give it out again. */
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
        await wait(TRY_AGAIN_AFTER * (0.5 + Math.random())); // meanwhile others give theirs back
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

/** Tells of each statement that fails on the connection, before its caller hears of it. */
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
