// A subgraph's database inside one process: one SQLite file, by node:sqlite through MikroORM.
import { SqliteDriver } from '@mikro-orm/sql';
import { type DatabaseConnection, SqliteDialect, SqliteDriver as KyselyDriver } from 'kysely';
import { dirname } from 'node:path';
import type { DatabaseSync, StatementSync, SQLInputValue } from 'node:sqlite';
import type { Adapter } from './database.ts';
import { type DiskFault, diskFault, tryWriting } from './disk-fault.ts';
import { openFile, openToRead, rollBack } from './sqlite-file.ts';

const USER_VERSION = 1; // nothing reads it
const STATEMENTS_KEPT = 200;
const BUSY_TIMEOUT = 'PRAGMA busy_timeout = 5000';
const WRITTEN_BACK_AFTER = 5000; // ms
const LONGEST_KEPT = 1000; // characters; the text of a batch contains its values, so each batch is a new statement

/**
 * The adapter for the SQLite file at `path` (or ':memory:'). With `readOnly` it never writes, and works beside a
 * process that has the file open.
 */
export function sqlite(path: string, readOnly = false): Adapter {
  const file = new File(path, readOnly);
  return {
    dialect: 'sqlite',
    migrate: readOnly ? 'refuse-when-behind' : 'now', // only one process has the file, so no other process could run the migrations
    options: async () => ({ driver: SqliteDriver, dbName: path, driverOptions: new Dialect(file) }),
    onStatement: (listener) => void (file.listener = listener),
    async tryReading(run) {
      if (file.damage) throw file.damage; // reading a healthy page now would not reveal the damaged one
      await run('select 1');
    },
    async tryWriting(run) {
      await run(`pragma user_version = ${USER_VERSION}`); // writes a page without changing its content
      if (path !== ':memory:') await tryWriting(dirname(path)); // the page above may fit into space that SQLite reuses
    },
  };
}

/** An SQLite file that remembers whether a statement found damage in it: it stays damaged until it is replaced. */
class File {
  damage: DiskFault | undefined;
  /** Called after each statement with the ms that it took. */
  listener: ((sql: string, took: number) => void) | undefined;
  #db: DatabaseSync | undefined;
  #writingBack: NodeJS.Timeout | undefined;
  readonly #path: string;
  readonly #readOnly: boolean;

  constructor(path: string, readOnly: boolean) {
    this.#path = path;
    this.#readOnly = readOnly;
  }

  /** The result of work on the file; throws a DiskFault when SQLite fails because of the disk. */
  on<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const fault = diskFault(error, this.#path) as DiskFault;
      if (fault.isDamage) this.damage = fault;
      throw fault;
    }
  }

  /** The same for a statement, reported to the listener with its time: SQLite does all of its work in the call. */
  timed<T>(sql: string, work: () => T): T {
    const began = performance.now();
    try {
      return this.on(work);
    } finally {
      this.listener?.(sql, Math.round(performance.now() - began));
    }
  }

  open() {
    this.#db = this.on(() => (this.#readOnly ? openToRead(this.#path) : writable(this.#path)));
    this.wrote(); // a crash may have left entries in the write-ahead log
    return bridge(this.#db, this);
  }

  close(): void {
    clearTimeout(this.#writingBack);
    this.#db?.close(); // writes the write-ahead log back, and removes it
  }

  /**
   * Schedules a checkpoint that empties the write-ahead log. SQLite makes one after a thousand pages, which takes days
   * on a quiet system: until then the log holds deleted rows, or the file does while the log holds the page without
   * them.
   */
  wrote(): void {
    if (this.#readOnly) return;
    this.#writingBack ??= setTimeout(() => {
      this.#writingBack = undefined;
      if (!this.#writeBack()) this.wrote();
    }, WRITTEN_BACK_AFTER).unref();
  }

  /** Whether the write-ahead log is empty now: not while a transaction or another reading process needs it. */
  #writeBack(): boolean {
    const db = this.#db;
    if (!db || db.isTransaction) return false;
    try {
      db.exec('PRAGMA busy_timeout = 0'); // does not wait for a reader
      return db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
    } catch {
      return false; // the disk is full or failing: the next statement reports it
    } finally {
      db.exec(BUSY_TIMEOUT);
    }
  }

  /** Ends a transaction that a failed statement left open, if SQLite has not ended it itself. */
  rollBack(): void {
    const db = this.#db;
    if (db) this.on(() => rollBack(db));
  }
}

/**
 * Kysely's SQLite dialect, which always releases its one connection, even if a transaction fails because of the disk.
 */
class Dialect extends SqliteDialect {
  readonly #file: File;
  constructor(file: File) {
    super({ database: async () => file.open() });
    this.#file = file;
  }
  override createDriver(): KyselyDriver {
    return new Driver(this.#file);
  }
}

/**
 * SQLite rolls back itself when a commit meets a full disk. Kysely then sends a ROLLBACK, which SQLite refuses because
 * there is no transaction, and never releases the only connection: every later statement would wait for ever.
 */
class Driver extends KyselyDriver {
  readonly #file: File;
  constructor(file: File) {
    super({ database: async () => file.open() });
    this.#file = file;
  }
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    this.#file.rollBack(); // a transaction left open by a failed ROLLBACK would make this BEGIN fail, and leak the connection
    await super.beginTransaction(connection);
  }
  override async rollbackTransaction(): Promise<void> {
    this.#file.rollBack();
  }
}

function writable(path: string): DatabaseSync {
  const db = openFile(path);
  // FULL: a committed transaction survives a power cut, as in the other databases
  db.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
  db.exec(BUSY_TIMEOUT);
  // otherwise the bytes of deleted rows stay in the file, for example a deleted account's name; cost: one more page
  // write
  db.exec('PRAGMA secure_delete = ON');
  return db;
}

/**
 * node:sqlite in the shape that Kysely expects. MikroORM ships the same bridge, but it prepares every statement again,
 * throws on integers above 2^53 and keeps the slow default journal mode.
 */
function bridge(db: DatabaseSync, file: Pick<File, 'on' | 'timed' | 'wrote' | 'close'>) {
  const statements = new Map<string, StatementSync>();

  function prepare(sql: string): StatementSync {
    let statement = statements.get(sql);
    if (!statement) {
      statement = file.on(() => db.prepare(sql));
      statement.setReadBigInts(true);
      if (sql.length > LONGEST_KEPT) return statement;
      statements.set(sql, statement);
      if (statements.size > STATEMENTS_KEPT) statements.delete(statements.keys().next().value!);
    }
    return statement;
  }

  return {
    prepare(sql: string) {
      const statement = prepare(sql);
      const values = (params: readonly unknown[]) => params as SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (params: readonly unknown[]) => file.timed(sql, () => statement.all(...values(params))).map(narrow),
        run(params: readonly unknown[]) {
          file.wrote();
          return file.timed(sql, () => statement.run(...values(params)));
        },
        get: (params: readonly unknown[]) => narrow(file.timed(sql, () => statement.get(...values(params))) ?? {}),
        *iterate(params: readonly unknown[]) {
          for (const row of statement.iterate(...values(params))) yield narrow(row);
        },
      };
    },
    close: () => file.close(),
  };
}

/** Converts integers to numbers where that is exact; larger ones stay bigint. */
function narrow(row: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'bigint' && BigInt.asIntN(54, value) === value) row[name] = Number(value);
  }
  return row;
}
