// The database port: one database per room, opened and brought up to date through MikroORM.
import {
  type EntityManager,
  type EntitySchema,
  type MigrationObject,
  MikroORM,
  type Options,
  SimpleLogger,
} from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import type { AbstractSqlConnection as SqlConnection } from '@mikro-orm/sql';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openClock, type SystemClock } from '../process/clock.ts';
import { failpoint } from '../process/failpoint.ts';
import { InboxMark, TakenMeanwhile } from './inbox.ts';
import { LeaseRow } from './lease.ts';
import type { Log } from '../logging/log.ts';
import { OutboxEvent } from './outbox.ts';
import { sqlMigrations } from './sql-migrations.ts';

/** The SQL dialects that a room's tables are written for. */
export type Dialect = 'sqlite' | 'mysql';

/** How a database is reached and opened. */
export interface Adapter {
  dialect: Dialect;
  options: Partial<Options>;
  /** What to do at opening when migrations are missing: run them, or refuse. */
  migrate: 'now' | 'refuse-when-behind';
  /** Whether a transaction that failed with this error changed nothing and may succeed: then the whole of it runs again. */
  mayRepeat?: (error: unknown) => boolean;
  /**
   * The statement that reads the database's clock, as `ms` since 1970. None where the database runs in this process: the
   * machine's clock is then its clock, too.
   */
  timeSql?: string;
  /** Fails unless the database can be read, by statements given to `run`. */
  tryReading(run: Run): Promise<void>;
  /** Fails unless the database can be written, by a change that nothing shows. */
  tryWriting(run: Run): Promise<void>;
  /**
   * Tells of each statement, and of the ms that the database itself took for it, where it runs in this process: the time
   * until the caller goes on is also that of whatever else the process did meanwhile.
   */
  onStatement?: (listener: (sql: string, took: number) => void) => void;
  /** How its connections stand, where it has a pool of them. */
  pool?: () => PoolState | undefined;
  /** Makes the database where it is missing, and does the work while no other process migrates it. */
  alone?: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Runs a statement on the database. */
export type Run = (sql: string) => Promise<unknown>;

/** A pool's connections, and how many wait for one. */
export interface PoolState {
  used: number;
  idle: number;
  limit: number;
  waiting: number;
}

/** What a room says of its tables: the entities, and the folder with `migrations/<dialect>/NNNN-name.sql` that make them. */
export interface Tables {
  room: string;
  entities: EntitySchema[];
  dir: string;
}

export interface Database {
  /** A fresh identity map for one read: one per request or message, never shared between parallel work. */
  read(): EntityManager;
  /**
   * What a statement of the room's own finds, by the columns' names: where there are so many rows, or so many reads, that
   * entities and a query builder would be most of the work. A `?` for each value.
   */
  rows<Row extends object>(sql: string, values: readonly unknown[]): Promise<Row[]>;
  /**
   * Runs the work in one transaction. Inside it: only the EntityManager it is given, and no network. After a deadlock
   * the work runs again from its start, on a fresh EntityManager. `now` reads the database's clock: call it once the rows
   * are locked, so that a decision is not made with the time from before it waited for the lock.
   */
  write<T>(work: (em: EntityManager, now: DatabaseClock) => Promise<T>): Promise<T>;
  /** Reads the system's time from the database's clock: what is due is judged by it. */
  now: DatabaseClock;
  /** Reads what the database's clock itself shows; undefined where it runs in this process. */
  time: DatabaseClock | undefined;
  /**
   * Fails unless the database can be read, and with `writing` also be written; nothing that is stored changes. However
   * many callers there are, it is tried once a second.
   */
  probe(writing: boolean): Promise<void>;
  /** Calls back after each commit. */
  onCommit(listener: () => void): void;
  close(): Promise<void>;
}

/** Reads the time from a database's clock. */
export type DatabaseClock = () => Promise<Date>;

/** As many `?` as there are values, for `in (...)`. */
export const placesFor = (values: readonly unknown[]): string => values.map(() => '?').join();

/** Told of each statement as it was sent, and how many ms it took. */
export type QueryListener = (room: string, sql: string, took?: number) => void;

/** What an open database tells, and which clock its time is measured against. */
export interface Opening {
  onQuery?: QueryListener | undefined;
  /** A statement that takes as long as this is logged, in ms. */
  slow?: number | undefined;
  /** The system's clock. */
  clock?: SystemClock;
}

/** A statement that takes as long as this is logged, in ms, unless SLOW_QUERY says otherwise. */
const SLOW = 500;
const RETRY_AFTER = [10, 40, 160]; // ms, give or take a half: those that collided must not collide again

/**
 * Opens a room's database with an adapter. Where migrations are missing it runs them or throws an Error that says what
 * to do, as the adapter has it.
 */
export async function openDatabase(
  tables: Tables,
  adapter: Adapter,
  logOfSystem: Log,
  { onQuery, slow = SLOW, clock = openClock() }: Opening = {},
): Promise<Database> {
  const log = logOfSystem.child({ service: tables.room });
  const orm = await MikroORM.init({
    ...adapter.options,
    entities: [...tables.entities, OutboxEvent, InboxMark, LeaseRow],
    extensions: [Migrator],
    logger: (message) => log.debug(message, { room: tables.room }),
    migrations: { snapshot: false, migrationsList: migrationsOf(tables, adapter.dialect) },
    ...(onQuery && heard(tables.room, onQuery)),
    ...(!adapter.onStatement && slowQueries({ room: tables.room, log, slow })),
  } as Options);
  adapter.onStatement?.((sql, took) => {
    if (took >= slow) logSlow({ room: tables.room, log }, withoutValues(sql), took);
  });
  try {
    await bringUpToDate(orm, tables, adapter);
  } catch (error) {
    await orm.close(true);
    throw error;
  }

  const timeBy =
    (em: EntityManager): DatabaseClock =>
    async () =>
      adapter.timeSql ? clock.at(await timeOf(em, adapter.timeSql)) : clock.now();
  const listeners: (() => void)[] = [];
  const run: Run = (sql) => orm.em.getConnection().execute(sql);
  const probes = { read: seldom(() => adapter.tryReading(run)), write: seldom(() => adapter.tryWriting(run)) };
  return {
    now: timeBy(orm.em),
    time: adapter.timeSql ? () => timeOf(orm.em, adapter.timeSql!) : undefined,
    read: () => orm.em.fork(),
    rows: <Row extends object>(sql: string, values: readonly unknown[]) =>
      (orm.em.getConnection() as SqlConnection).execute<Row[]>(sql, [...values]).catch((error: Error) => {
        throw orm.em.getPlatform().getExceptionConverter().convertException(error);
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
    onCommit: (listener) => void listeners.push(listener),
    close: () => orm.close(),
  };
}

/** The time by the database's own clock, read in the transaction of `em` where it is in one. */
async function timeOf(em: EntityManager, sql: string): Promise<Date> {
  const connection = em.getConnection() as SqlConnection;
  const { ms } = await connection.execute<{ ms: number | string }>(sql, [], 'get', em.getTransactionContext());
  return new Date(Number(ms));
}

const PROBE_EVERY = 1000; // ms; balancers of several gateways may ask at the same time, and a write costs a commit

/** The look, one at a time and at most once in PROBE_EVERY: those who ask meanwhile share its result. */
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

/** The work, with the failpoint that lies between it and its commit. */
const dying =
  <T>(work: (em: EntityManager) => Promise<T>) =>
  async (em: EntityManager): Promise<T> => {
    const result = await work(em);
    failpoint('before-commit');
    return result;
  };

interface Slow {
  room: string;
  log: Log;
  slow: number;
}

/** Slow statements to the log: with their placeholders, for a value may be anybody's. */
const slowQueries = ({ room, log, slow }: Slow): Partial<Options> => ({
  slowQueryThreshold: slow,
  slowQueryLoggerFactory: (options) =>
    Object.assign(SimpleLogger.create(options), {
      logQuery: ({ query, took }: { query: string; took?: number }) => logSlow({ room, log }, query, took),
    }),
});

const logSlow = ({ room, log }: Omit<Slow, 'slow'>, sql: string, took: number | undefined): void =>
  log.warn('slow query', { query: nameOf(sql), room, took, sql: sql.slice(0, 1000) });

/** A statement as the embedded driver gets it, its values written into it, with a placeholder for each of them. */
export const withoutValues = (sql: string): string => sql.replace(/'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b/g, '?');

/** Every statement to the listener. */
const heard = (room: string, onQuery: QueryListener): Partial<Options> => ({
  debug: ['query'] as const,
  loggerFactory: (options) =>
    Object.assign(SimpleLogger.create(options), {
      logQuery: ({ query, took }: { query: string; took?: number }) => onQuery(room, query, took),
    }),
});

/** What a statement does to which table, as `select fare`: few names, so that lines can be counted by them. */
export const nameOf = (sql: string): string =>
  /^\s*(select|insert|update|delete|replace)\b(?:[^]*?\b(?:from|into)\b|)(?:\s+ignore)?\s*[`"]?(\w+)/i
    .exec(sql)
    ?.slice(1)
    .join(' ')
    .toLowerCase() ?? 'other';

/** Runs a transaction; the whole of it again where that may succeed. */
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

async function bringUpToDate(orm: MikroORM, { room }: Tables, { migrate, alone }: Adapter): Promise<void> {
  if (migrate === 'now') {
    const up = () => orm.migrator.up();
    await (alone ? alone(up) : up());
    return;
  }
  const ran = await migrationsRun(orm);
  const missing = orm.config.get('migrations').migrationsList!.filter(({ name }) => !ran.has(name));
  if (missing.length) {
    throw new Error(
      `The ${room} database lacks ${missing.map(({ name }) => name).join(', ')}: run npm run migrate, then start again.`,
    );
  }
}
const NO_DATABASE = 1049;
const NO_TABLE = 1146;

/** The names of the migrations that ran; none where there is no database yet. Only looks. */
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

/** The migrations of a room in a dialect; infra's own come first: outbox and inbox are in every room. */
const migrationsOf = ({ dir }: Tables, dialect: Dialect): MigrationObject[] =>
  [import.meta.dirname, dir].flatMap((from) => sqlMigrations(join(from, 'migrations', dialect), dialect === 'mysql'));
