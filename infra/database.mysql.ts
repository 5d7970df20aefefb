// A room's database on a MySQL or MariaDB server, by mysql2 through MikroORM.
import { MariaDbDriver } from '@mikro-orm/mariadb';
import { MySqlDriver } from '@mikro-orm/mysql';
import { CompiledQuery, MysqlDialect } from 'kysely';
import { createPool, type Pool, type PoolOptions } from 'mysql2';
import { createConnection } from 'mysql2/promise';
import type { Socket } from 'node:net';
import type { Adapter, PoolState } from './database.ts';
import { parseServerUrl, tlsOf } from './server-url.ts';

const second = 1000;
const CONNECT_WITHIN = 5 * second;
const STATEMENT_WITHIN = 30 * second; // far beyond any of ours: what takes longer is stuck; ?timeout=MS says otherwise
const SILENT_FOR = 1.2; // times as long: the server itself would have said so by then, so the connection is dead
const LOCK_WITHIN = 3; // s; the transaction then starts anew
const CONNECTIONS = 10; // for a process and room, unless the URL says ?pool=N

/**
 * What every session is told, whatever the server's own settings: UTC, READ COMMITTED, no silent truncation. MySQL
 * reads the one comment and MariaDB the other, and both skip what is not for them.
 */
const session = (limit: number) =>
  `set session time_zone = '+00:00', sql_mode = 'TRADITIONAL', innodb_lock_wait_timeout = ${LOCK_WITHIN}` +
  ` /*M! , tx_isolation = 'READ-COMMITTED', max_statement_time = ${limit / second} */` +
  ` /*!80000 , transaction_isolation = 'READ-COMMITTED', max_execution_time = ${limit} */`;

/**
 * The adapter options for a room's database `<path>_<room>` on the server of the URL, as
 * `mysql://user:password@host:3306/fareloom?pool=20&tls=on&ca=/file.pem`. `mariadb://` speaks MariaDB's own dialect. With
 * `readOnly` the server itself refuses every change.
 */
export function mysql(
  url: string,
  room: string,
  migrate: Adapter['migrate'] = 'refuse-when-behind',
  readOnly = false,
): Adapter {
  const { scheme, path, options } = parseServerUrl(url);
  const dbName = `${path || 'fareloom'}_${room}`;
  const limit = migrate === 'now' ? 0 : Number(options.get('timeout') ?? STATEMENT_WITHIN); // to change a large table takes its time
  const server = serverOf(url);
  let pool: Pool | undefined;

  function open(): MysqlDialect {
    pool = createPool({
      ...server,
      database: dbName,
      connectionLimit: Number(options.get('pool') ?? CONNECTIONS),
      supportBigNumbers: true,
      dateStrings: true,
      jsonStrings: scheme === 'mariadb', // its platform parses them by itself
    });
    pool.on('connection', (connection) => {
      const { stream } = connection as unknown as { stream: Socket }; // its typings lack it
      if (limit) stream.setTimeout(SILENT_FOR * limit, () => stream.destroy(silence()));
    });
    return new MysqlDialect({
      pool,
      onCreateConnection: async (connection) => {
        await connection.executeQuery(CompiledQuery.raw(session(limit)));
        if (readOnly) await connection.executeQuery(CompiledQuery.raw('set session transaction read only'));
      },
    });
  }

  return {
    dialect: 'mysql',
    options: { driver: scheme === 'mariadb' ? MariaDbDriver : MySqlDriver, dbName, driverOptions: open },
    migrate,
    isConflict,
    pool: () => pool && stateOf(pool),
    async alone(work) {
      const connection = await createConnection(server);
      try {
        await connection
          .query(`create database if not exists \`${dbName}\` character set utf8mb4 collate utf8mb4_bin`)
          .catch(unlessForbidden);
        await connection.query('select get_lock(?, 60)', [dbName]); // the session's end lets go of it
        return await work();
      } finally {
        await connection.end();
      }
    },
  };
}

/** The driver shows it on the pool, and its typings do not. */
function stateOf(pool: Pool): PoolState {
  const { _allConnections, _freeConnections, _connectionQueue, config } = pool as unknown as Record<
    '_allConnections' | '_freeConnections' | '_connectionQueue',
    { length: number }
  > & { config: { connectionLimit: number } };
  const idle = _freeConnections.length;
  return {
    used: _allConnections.length - idle,
    idle,
    limit: config.connectionLimit,
    waiting: _connectionQueue.length,
  };
}

function serverOf(text: string): PoolOptions {
  const url = parseServerUrl(text);
  const tls = tlsOf(url);
  return {
    ...url.hosts[0],
    user: url.user ?? 'root',
    ...(url.password && { password: url.password }),
    ...(tls && { ssl: { ...tls, verifyIdentity: true } }),
    connectTimeout: CONNECT_WITHIN,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
  };
}

const DENIED = new Set([1044, 1045, 1142, 1227]);
const CONFLICTS = new Set([1213, 1205, 1020]); // deadlock, lock wait, changed since it was read

/** A user that may not create databases can still use one that was made for it. */
function unlessForbidden(error: unknown): void {
  if (!DENIED.has(errnoOf(error)!)) throw error;
}

const silence = () => Object.assign(new Error('the database has gone silent'), { code: 'ETIMEDOUT' });

/** Whether a transaction failed only because of another one at the same time. */
const isConflict = (error: unknown): boolean => CONFLICTS.has(errnoOf(error)!);

const errnoOf = (error: unknown): number | undefined => (error as { errno?: number } | null)?.errno;
