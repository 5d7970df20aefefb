// The database port: one database per subgraph, opened and migrated through MikroORM.
import { type EntityManager, type EntitySchema, MikroORM, type Options, SimpleLogger } from '@mikro-orm/core';
import type { AbstractSqlConnection as SqlConnection } from '@mikro-orm/sql';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openClock, type SystemClock } from '../process/clock.ts';
import { failpoint } from '../process/failpoint.ts';
import { InboxMark, TakenMeanwhile } from './inbox.ts';
import { LeaseRow } from './lease-row.ts';
import type { Log } from '../logging/log.ts';
import { OutboxEvent } from './outbox.ts';

/** The SQL dialects in which a subgraph's tables are written. */
export type Dialect = 'sqlite' | 'mysql';

/** How to reach and open a database. */
export interface Adapter {
  dialect: Dialect;
  /** With the driver, which is loaded when the database opens. */
  options: () => Promise<Partial<Options>>;
  /** What to do at opening if migrations are missing: run them, or refuse. */
  migrate: 'now' | 'refuse-when-behind';
  /** Whether a transaction that failed with this error changed nothing and may succeed on a retry of the whole. */
  mayRepeat?: (error: unknown) => boolean;
  /**
   * The statement that reads the database's clock, as `ms` since 1970. None where the database runs in this process and
   * shares the machine's clock.
   */
  timeSql?: string;
  /** Throws unless the database can be read by statements given to `run`. */
  tryReading(run: Run): Promise<void>;
  /** Throws unless the database can be written, by a change without a visible effect. */
  tryWriting(run: Run): Promise<void>;
  /**
   * Reports each statement, and the ms that the database itself took for it, if it runs in this process: the time until
   * the caller continues would include other work of the process.
   */
  onStatement?: (listener: (sql: string, took: number) => void) => void;
  /** The state of its connection pool, if it has one. */
  pool?: () => PoolState | undefined;
  /**
   * Creates the database if it is missing, and runs the work under the migration lock: no other process migrates
   * meanwhile.
   */
  alone?: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Runs a statement on the database. */
export type Run = (sql: string) => Promise<unknown>;

/** A pool's connections, and the number of callers that wait for one. */
export interface PoolState {
  used: number;
  idle: number;
  limit: number;
  waiting: number;
}

/**
 * The tables of a subgraph: the entities, and the folder with the `migrations/<dialect>/NNNN-name.sql` that create
 * them.
 */
export interface Tables {
  database: string;
  entities: EntitySchema[];
  dir: string;
}

export interface Database {
  /** A fresh identity map for one read: one per request or message, never shared between parallel work. */
  read(): EntityManager;
  /**
   * The rows that a raw statement on the subgraph's own tables returns, by column name: for many rows or frequent
   * reads, where entities and a query builder would be most of the work. One `?` for each value.
   */
  rows<Row extends object>(sql: string, values: readonly unknown[]): Promise<Row[]>;
  /**
   * Runs the work in one transaction. The work uses only the given EntityManager, and no network. After a deadlock the
   * whole work runs again, on a fresh EntityManager. `now` reads the database's clock: call it once the rows are
   * locked, so that a decision does not use the time from before it waited for the lock.
   */
  write<T>(work: (em: EntityManager, now: DatabaseClock) => Promise<T>): Promise<T>;
  /** Reads the system's time from the database's clock; due times are judged by it. */
  now: DatabaseClock;
  /** Reads the unadjusted time of the database's clock; undefined where the database runs in this process. */
  time: DatabaseClock | undefined;
  /**
   * Throws unless the database can be read and, with `writing`, also written; stored data does not change. The test
   * runs at most once a second, for any number of callers.
   */
  probe(writing: boolean): Promise<void>;
  /** Calls back after each commit; the returned function ends that. */
  onCommit(listener: () => void): () => void;
  close(): Promise<void>;
}

/** Reads the time from a database's clock. */
export type DatabaseClock = () => Promise<Date>;

/** As many `?` as there are values, for `in (...)`. */
export const placesFor = (values: readonly unknown[]): string => values.map(() => '?').join();

/** Called for each statement as it was sent, with the ms that it took. */
export type QueryListener = (database: string, sql: string, took?: number) => void;

/** How to report on an open database, and the clock with which its time is compared. */
export interface Opening {
  onQuery?: QueryListener | undefined;
  /** Statements that take at least this long are logged, in ms. */
  slow?: number | undefined;
  /** The system's clock. */
  clock?: SystemClock;
}

/** Statements that take at least this long are logged, in ms, unless SLOW_QUERY is set. */
const SLOW = 500;
const RETRY_AFTER = [10, 40, 160]; // ms, give or take a half, so that transactions that collided do not collide again

/**
 * Opens a subgraph's database with an adapter. If migrations are missing, it runs them or throws an Error that says
 * what to do, as the adapter chooses.
 */
export async function openDatabase(
  tables: Tables,
  adapter: Adapter,
  logOfSystem: Log,
  { onQuery, slow = SLOW, clock = openClock() }: Opening = {},
): Promise<Database> {
  const log = logOfSystem.child({ service: tables.database });
  // not MikroORM.init, which also loads a migrator and a seeder where they are installed
  const orm = new MikroORM({
    ...(await adapter.options()),
    entities: [...tables.entities, OutboxEvent, InboxMark, LeaseRow],
    logger: (message) => log.debug(message, { database: tables.database }),
    ...(adapter.migrate === 'now' && (await migrating(tables, adapter.dialect))),
    ...(onQuery && heard(tables.database, onQuery)),
    ...(!adapter.onStatement && slowQueries({ database: tables.database, log, slow })),
  } as Options);
  adapter.onStatement?.((sql, took) => {
    if (took >= slow) logSlow({ database: tables.database, log }, withoutValues(sql), took);
  });
  try {
    await bringUpToDate(orm, tables, adapter);
  } catch (error) {
    await orm.close(true);
    throw error;
  }

  const { timeSql } = adapter;
  const timeBy =
    (em: EntityManager): DatabaseClock =>
    async () =>
      timeSql === undefined ? clock.now() : clock.at(await timeOf(em, timeSql));
  const listeners = new Set<() => void>();
  const run: Run = (sql) => orm.em.getConnection().execute(sql);
  const probes = { read: seldom(() => adapter.tryReading(run)), write: seldom(() => adapter.tryWriting(run)) };
  return {
    now: timeBy(orm.em),
    time: timeSql === undefined ? undefined : () => timeOf(orm.em, timeSql),
    read: () => orm.em.fork(),
    rows: <Row extends object>(sql: string, values: readonly unknown[]) =>
      (orm.em.getConnection() as SqlConnection).execute<Row[]>(sql, [...values]).catch((error: unknown) => {
        throw orm.em
          .getPlatform()
          .getExceptionConverter()
          .convertException(error as Error);
      }),
    async write(work) {
      const timed = (em: EntityManager) => work(em, timeBy(em));
      const result = await whole(() => orm.em.fork().transactional(dying(timed)), adapter.mayRepeat);
      failpoint('after-commit');
      for (const listener of listeners) listener();
      return result;
    },
    async probe(writing) {
      await probes.read();
      if (writing) await probes.write();
    },
    onCommit(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => orm.close(),
  };
}

/** The time of the database's clock, read in the transaction of `em` if it is in one. */
async function timeOf(em: EntityManager, sql: string): Promise<Date> {
  const connection = em.getConnection() as SqlConnection;
  const { ms } = await connection.execute<{ ms: number | string }>(sql, [], 'get', em.getTransactionContext());
  return new Date(Number(ms));
}

const PROBE_EVERY = 1000; // ms; load balancers of several gateways may probe at the same time, and a write costs a commit

/** Runs the probe one at a time, and at most once in PROBE_EVERY: callers in between share its result. */
function seldom(look: () => Promise<void>): () => Promise<void> {
  let last = { since: -Infinity, isOver: true, result: Promise.resolve() };
  return () => {
    const now = performance.now();
    if (last.isOver && now - last.since >= PROBE_EVERY) {
      const next = { since: now, isOver: false, result: look().finally(() => (next.isOver = true)) };
      last = next;
    }
    return last.result;
  };
}

/** The work, followed by the failpoint that lies before its commit. */
const dying =
  <T>(work: (em: EntityManager) => Promise<T>) =>
  async (em: EntityManager): Promise<T> => {
    const result = await work(em);
    failpoint('before-commit');
    return result;
  };

interface Slow {
  database: string;
  log: Log;
  slow: number;
}

/** Logs slow statements with placeholders: a value may be personal data. */
const slowQueries = ({ database, log, slow }: Slow): Partial<Options> => ({
  slowQueryThreshold: slow,
  slowQueryLoggerFactory: (options) =>
    Object.assign(SimpleLogger.create(options), {
      logQuery: ({ query, took }: { query: string; took?: number }) => logSlow({ database, log }, query, took),
    }),
});

const logSlow = ({ database, log }: Omit<Slow, 'slow'>, sql: string, took: number | undefined): void =>
  log.warn('slow query', { query: nameOf(sql), database, took, sql: sql.slice(0, 1000) });

/** The embedded driver receives statements with values written into them; this puts placeholders back. */
export const withoutValues = (sql: string): string => sql.replace(/'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b/g, '?');

/** Reports every statement to the listener. */
const heard = (database: string, onQuery: QueryListener): Partial<Options> => ({
  debug: ['query'] as const,
  loggerFactory: (options) =>
    Object.assign(SimpleLogger.create(options), {
      logQuery: ({ query, took }: { query: string; took?: number }) => onQuery(database, query, took),
    }),
});

/**
 * The operation and the table of a statement, as `select fare`: few distinct names, so that lines can be counted by
 * them.
 */
export const nameOf = (sql: string): string =>
  /^\s*(select|insert|update|delete|replace)\b(?:[^]*?\b(?:from|into)\b|)(?:\s+ignore)?\s*[`"]?(\w+)/i
    .exec(sql)
    ?.slice(1)
    .join(' ')
    .toLowerCase() ?? 'other';

/** Runs a transaction, and retries the whole of it where that may succeed. */
async function whole<T>(transaction: () => Promise<T>, mayRepeat: Adapter['mayRepeat']): Promise<T> {
  for (const pause of RETRY_AFTER) {
    try {
      return await transaction();
    } catch (error) {
      if (!mayRepeat?.(error) && !(error instanceof TakenMeanwhile)) throw error;
      await wait(pause * (0.5 + Math.random()));
    }
  }
  return transaction();
}

async function bringUpToDate(orm: MikroORM, tables: Tables, { migrate, alone, dialect }: Adapter): Promise<void> {
  if (migrate === 'now') {
    const up = () => orm.migrator.up();
    await (alone ? alone(up) : up());
    return;
  }
  const ran = await migrationsRun(orm);
  const names = migrationFolders(tables, dialect).flatMap((folder) => readdirSync(folder).sort());
  const missing = names.filter((name) => !ran.has(name));
  if (missing.length)
    throw new Error(
      `The ${tables.database} database lacks ${missing.join(', ')}: run npm run migrate, then start again.`,
    );
}
const NO_DATABASE = 1049;
const NO_TABLE = 1146;

/** The names of the migrations that ran; none if there is no database yet. Read-only. */
async function migrationsRun(orm: MikroORM): Promise<Set<string>> {
  try {
    const rows = await (orm.em.getConnection() as SqlConnection).execute<{ name: string }[]>(
      'select name from mikro_orm_migrations',
    );
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    const { errno, message } = error as { errno?: number; message: string };
    if (errno === NO_DATABASE || errno === NO_TABLE || /no such table/.test(message)) return new Set();
    throw error;
  }
}

/** The migrations in a dialect: first those of infra, as every subgraph has an outbox and an inbox. */
const migrationFolders = ({ dir }: Tables, dialect: Dialect): string[] =>
  [import.meta.dirname, dir].map((from) => join(from, 'migrations', dialect));

/** The migrator, which is loaded only by a process that migrates. */
async function migrating(tables: Tables, dialect: Dialect): Promise<Partial<Options>> {
  const { Migrator } = await import('@mikro-orm/migrations');
  const { sqlMigrations } = await import('./sql-migrations.ts');
  const all = migrationFolders(tables, dialect).flatMap((folder) => sqlMigrations(folder, dialect === 'mysql'));
  return { extensions: [Migrator], migrations: { snapshot: false, migrationsList: all } };
}
