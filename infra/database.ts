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
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InboxMark } from './inbox.ts';
import { LeaseRow } from './lease.ts';
import type { Log } from './log.ts';
import { OutboxEvent } from './outbox.ts';

/** The SQL dialects that a room's tables are written for. */
export type Dialect = 'sqlite';

/** What a room says of its tables: the entities, and the folder with `migrations/<dialect>/NNNN-name.sql` that make them. */
export interface Tables {
  room: string;
  entities: EntitySchema[];
  dir: string;
}

export interface Database {
  /** A fresh identity map for one read: one per request or message, never shared between parallel work. */
  read(): EntityManager;
  /** Runs the work in one transaction. Inside it: only the EntityManager it is given, and no network. */
  write<T>(work: (em: EntityManager) => Promise<T>): Promise<T>;
  /** Calls back after each commit. */
  onCommit(listener: () => void): void;
  close(): Promise<void>;
}

/** Told of each statement as it was sent. */
export type QueryListener = (room: string, sql: string) => void;

/** Opens a room's database with an adapter's options and runs the migrations it lacks. */
export async function openDatabase(
  { room, entities, dir }: Tables,
  adapter: { dialect: Dialect; options: Partial<Options> },
  log: Log,
  onQuery?: QueryListener,
): Promise<Database> {
  const orm = await MikroORM.init({
    ...adapter.options,
    entities: [...entities, OutboxEvent, InboxMark, LeaseRow],
    extensions: [Migrator],
    logger: (message) => log.debug(message, { room }),
    migrations: {
      snapshot: false,
      // infra's own come first: outbox and inbox are in every room
      migrationsList: [import.meta.dirname, dir].flatMap((from) =>
        migrations(join(from, 'migrations', adapter.dialect)),
      ),
    },
    ...(onQuery && {
      debug: ['query'] as const,
      loggerFactory: (options) =>
        Object.assign(SimpleLogger.create(options), {
          logQuery: ({ query }: { query: string }) => onQuery(room, query),
        }),
    }),
  } as Options);
  await orm.migrator.up();

  const listeners: (() => void)[] = [];
  return {
    read: () => orm.em.fork(),
    async write(work) {
      const result = await orm.em.fork().transactional(work);
      for (const listener of listeners) listener();
      return result;
    },
    onCommit: (listener) => void listeners.push(listener),
    close: () => orm.close(),
  };
}

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
