// The database port: one database per room, opened and brought up to date through MikroORM.
import {
  type EntityManager,
  type EntitySchema,
  type MigrationObject,
  MikroORM,
  type Options,
  SimpleLogger,
} from '@mikro-orm/core';
import { Migration, Migrator } from '@mikro-orm/migrations';
import type { AbstractSqlConnection as SqlConnection } from '@mikro-orm/sql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { failpoint } from './failpoint.ts';
import { InboxMark, TakenMeanwhile } from './inbox.ts';
import { LeaseRow } from './lease.ts';
import type { Log } from './log.ts';
import { OutboxEvent } from './outbox.ts';

/** The SQL dialects that a room's tables are written for. */
export type Dialect = 'sqlite' | 'mysql';

/** How a database is reached and opened. */
export interface Adapter {
  dialect: Dialect;
  options: Partial<Options>;
  /** What to do at opening when migrations are missing: run them, or refuse. */
  migrate: 'now' | 'refuse-when-behind';
  /** Whether a transaction failed only because of another one at the same time: then the whole of it is tried again. */
  isConflict?: (error: unknown) => boolean;
  /** How its connections stand, where it has a pool of them. */
  pool?: () => PoolState | undefined;
  /** Makes the database where it is missing, and does the work while no other process migrates it. */
  alone?: <T>(work: () => Promise<T>) => Promise<T>;
}

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
   * the work runs again from its start, on a fresh EntityManager.
   */
  write<T>(work: (em: EntityManager) => Promise<T>): Promise<T>;
  /** Calls back after each commit. */
  onCommit(listener: () => void): void;
  close(): Promise<void>;
}

/** As many `?` as there are values, for `in (...)`. */
export const placesFor = (values: readonly unknown[]): string => values.map(() => '?').join();

/** Told of each statement as it was sent, and how many ms it took. */
export type QueryListener = (room: string, sql: string, took?: number) => void;

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
  onQuery?: QueryListener,
  slow = SLOW,
): Promise<Database> {
  const log = logOfSystem.child({ service: tables.room });
  const orm = await MikroORM.init({
    ...adapter.options,
    entities: [...tables.entities, OutboxEvent, InboxMark, LeaseRow],
    extensions: [Migrator],
    logger: (message) => log.debug(message, { room: tables.room }),
    migrations: { snapshot: false, migrationsList: migrationsOf(tables, adapter.dialect) },
    ...listening({ room: tables.room, log, onQuery, slow }),
  } as Options);
  try {
    await bringUpToDate(orm, tables, adapter);
  } catch (error) {
    await orm.close(true);
    throw error;
  }

  const listeners: (() => void)[] = [];
  return {
    read: () => orm.em.fork(),
    rows: <Row extends object>(sql: string, values: readonly unknown[]) =>
      (orm.em.getConnection() as SqlConnection).execute<Row[]>(sql, [...values]).catch((error: Error) => {
        throw orm.em.getPlatform().getExceptionConverter().convertException(error);
      }),
    async write(work) {
      const result = await whole(() => orm.em.fork().transactional(dying(work)), adapter.isConflict);
      failpoint('after-commit');
      for (const listener of listeners) listener();
      return result;
    },
    onCommit: (listener) => void listeners.push(listener),
    close: () => orm.close(),
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

interface Listening {
  room: string;
  log: Log;
  onQuery: QueryListener | undefined;
  slow: number;
}

/** Every statement to the listener, slow ones to the log: with their placeholders, for a value may be anybody's. */
const listening = ({ room, log, onQuery, slow }: Listening): Partial<Options> => ({
  slowQueryThreshold: slow,
  slowQueryLoggerFactory: (options) =>
    Object.assign(SimpleLogger.create(options), {
      logQuery: ({ query, took }: { query: string; took?: number }) =>
        log.warn('slow query', { query: nameOf(query), room, took, sql: query.slice(0, 1000) }),
    }),
  ...(onQuery && {
    debug: ['query'] as const,
    loggerFactory: (options) =>
      Object.assign(SimpleLogger.create(options), {
        logQuery: ({ query, took }: { query: string; took?: number }) => onQuery(room, query, took),
      }),
  }),
});

/** What a statement does to which table, as `select fare`: few names, so that lines can be counted by them. */
export const nameOf = (sql: string): string =>
  /^\s*(select|insert|update|delete|replace)\b(?:[^]*?\b(?:from|into)\b|)(?:\s+ignore)?\s*[`"]?(\w+)/i
    .exec(sql)
    ?.slice(1)
    .join(' ')
    .toLowerCase() ?? 'other';

/** Runs a transaction; the whole of it again after a conflict with another one. */
async function whole<T>(transaction: () => Promise<T>, isConflict: Adapter['isConflict']): Promise<T> {
  for (const pause of RETRY_AFTER) {
    try {
      return await transaction();
    } catch (error) {
      if (!isConflict?.(error) && !(error instanceof TakenMeanwhile)) throw error;
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
  [import.meta.dirname, dir].flatMap((from) => migrations(join(from, 'migrations', dialect)));

/** The migrations in a folder of SQL files, by name; a statement ends with a semicolon at the end of a line. */
function migrations(folder: string): MigrationObject[] {
  return readdirSync(folder)
    .sort()
    .map((file) => ({
      name: file,
      class: class extends Migration {
        override up(): void {
          for (const statement of readFileSync(join(folder, file), 'utf8').split(/;\s*$/m)) {
            if (statement.trim()) this.addSql(statement);
          }
        }
      },
    }));
}
