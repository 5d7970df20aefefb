// A subgraph's database on a MySQL or MariaDB server, by mysql2 through MikroORM.
import { oneRow } from './one-row.ts';
import { MysqlDialect } from 'kysely';
import type { PoolOptions } from 'mysql2';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Adapter } from './database.ts';
import { openPool, type Pool } from './mysql-pool.ts';
import { isReadOnlyNow } from './store-outage.ts';
import { parseServerUrl, tlsOf } from '../config/server-url.ts';
import { SECOND } from '../../schema/terms/durations.ts';

const CONNECT_WITHIN = 5 * SECOND;
const STATEMENT_WITHIN = 30 * SECOND; // far longer than any of our statements: one that takes longer is stuck; ?timeout=MS overrides it
const LOCK_WITHIN = 3; // s; the transaction is then retried
/** Connections of a process to a database, if the server grants as many and the URL has no ?pool=N. */
export const CONNECTIONS = 10;

/**
 * Settings of every session, whatever the server's own are: UTC, READ COMMITTED, no silent truncation. MySQL executes
 * one of the comments and MariaDB the other; each ignores the one that is not for it.
 */
const session = (limit: number) =>
  `set session time_zone = '+00:00', sql_mode = 'TRADITIONAL', innodb_lock_wait_timeout = ${LOCK_WITHIN}` +
  ` /*M! , tx_isolation = 'READ-COMMITTED', max_statement_time = ${limit / SECOND} */` +
  ` /*!80000 , transaction_isolation = 'READ-COMMITTED', max_execution_time = ${limit} */`;

/**
 * The adapter for a subgraph's database `<path>_<database>` on the server of the URL, as
 * `mysql://user:password@host:3306/fareloom?pool=20&tls=on&ca=/file.pem`. `mariadb://` speaks MariaDB's own dialect.
 * With `readOnly` the server itself refuses every change. The pool has as many connections as `share` returns; without
 * `share`, as many as the URL names.
 */
export function mysql(
  url: string,
  database: string,
  migrate: Adapter['migrate'] = 'refuse-when-behind',
  readOnly = false,
  share?: () => Promise<number>,
): Adapter {
  const { scheme, path, options } = parseServerUrl(url);
  const dbName = `${path || 'fareloom'}_${database}`;
  const limit = migrate === 'now' ? 0 : Number(options.get('timeout') ?? STATEMENT_WITHIN); // no limit: a change of a large table may take long
  const server = serverOf(url);
  let pool: Pool | undefined;

  function open(): MysqlDialect {
    pool = openPool({
      options: {
        ...server,
        database: dbName,
        supportBigNumbers: true,
        dateStrings: true,
        jsonStrings: scheme === 'mariadb', // MikroORM's MariaDB platform parses JSON itself
      },
      session: [session(limit), ...(readOnly ? ['set session transaction read only'] : [])],
      limit: share ?? (async () => Number(options.get('pool') ?? CONNECTIONS)),
      answersWithin: limit,
    });
    return new MysqlDialect({ pool });
  }

  return {
    dialect: 'mysql',
    options: async () => ({
      driver:
        scheme === 'mariadb'
          ? (await import('@mikro-orm/mariadb')).MariaDbDriver
          : (await import('@mikro-orm/mysql')).MySqlDriver,
      ...{ dbName, driverOptions: open },
    }),
    migrate,
    timeSql: 'select cast(unix_timestamp(now(3)) * 1000 as signed) as ms', // the session's time zone is UTC
    mayRepeat,
    async tryReading(run) {
      await run('select 1');
    },
    async tryWriting(run) {
      await run('update lease set turn = turn where false'); // a read-only server refuses even this
    },
    pool: () => pool?.state(),
    async alone(work) {
      const connection = await createConnection(server);
      try {
        await connection
          .query(`create database if not exists \`${dbName}\` character set utf8mb4 collate utf8mb4_bin`)
          .catch(unlessForbidden);
        while (!(await isLocked(connection, dbName))); // no time limit: another process may take long to change a large table
        return await work();
      } finally {
        await connection.end();
      }
    },
  };
}

/** The connection options of mysql2 for the server of a URL. */
export function serverOf(text: string): PoolOptions {
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

/**
 * Waits up to a minute for the lock of a database's migrations; whether the session holds it. The lock is released when
 * the session ends.
 */
async function isLocked(connection: Connection, database: string): Promise<boolean> {
  const [rows] = await connection.query<RowDataPacket[]>('select get_lock(?, 60) as locked', [database]);
  const { locked } = oneRow(rows) as { locked: number | null };
  if (locked === null) throw new Error(`the lock of the migrations of ${database} cannot be taken`);
  return locked === 1;
}

const DENIED: ReadonlySet<number | undefined> = new Set([1044, 1045, 1142, 1227]);
const CONFLICTS: ReadonlySet<number | undefined> = new Set([1213, 1205, 1020]); // deadlock, lock wait, changed since it was read

/** A user without the right to create databases can still use one that was created for it. */
function unlessForbidden(error: unknown): void {
  if (!DENIED.has(errnoOf(error))) throw error;
}

/**
 * Whether the transaction may succeed if it runs again: it conflicted with another one, or its server became read-only
 * and the next connection may lead to a writable one.
 */
const mayRepeat = (error: unknown): boolean => CONFLICTS.has(errnoOf(error)) || isReadOnlyNow(error);

const errnoOf = (error: unknown): number | undefined => (error as { errno?: number } | null)?.errno;
