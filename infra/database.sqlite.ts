// A room's database inside one process: one SQLite file, by node:sqlite through MikroORM.
import { SqliteDriver } from '@mikro-orm/sql';
import { SqliteDialect } from 'kysely';
import type { DatabaseSync, StatementSync, SQLInputValue } from 'node:sqlite';
import type { Adapter } from './database.ts';
import { openFile, openToRead } from './sqlite-file.ts';

const STATEMENTS_KEPT = 200;
const LONGEST_KEPT = 1000; // characters; a batch is a statement of its own each time, its values are part of the text

/** The adapter for the SQLite file at `path` (or ':memory:'); with `readOnly` it looks only, whoever else has the file open. */
export function sqlite(path: string, readOnly = false): Adapter {
  return {
    dialect: 'sqlite',
    migrate: readOnly ? 'refuse-when-behind' : 'now', // the file has one process: nobody else could run them
    options: {
      driver: SqliteDriver,
      dbName: path,
      driverOptions: new SqliteDialect({ database: async () => open(readOnly ? openToRead(path) : writable(path)) }),
    },
  };
}

function writable(path: string): DatabaseSync {
  const db = openFile(path);
  // FULL: what was committed survives a power cut, as the other databases have it
  db.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000');
  return db;
}

/**
 * node:sqlite in the shape that Kysely expects. MikroORM ships the same bridge, but it prepares every statement
 * anew, throws on integers above 2^53 and leaves the journal at its slow default.
 */
function open(db: DatabaseSync) {
  const statements = new Map<string, StatementSync>();

  function prepare(sql: string): StatementSync {
    let statement = statements.get(sql);
    if (!statement) {
      statement = db.prepare(sql);
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
        all: (params: readonly unknown[]) => statement.all(...values(params)).map(narrow),
        run: (params: readonly unknown[]) => statement.run(...values(params)),
        get: (params: readonly unknown[]) => narrow(statement.get(...values(params)) ?? {}),
        *iterate(params: readonly unknown[]) {
          for (const row of statement.iterate(...values(params))) yield narrow(row);
        },
      };
    },
    close: () => db.close(),
  };
}

/** Integers as numbers where a number is exact, as bigint beyond. */
function narrow(row: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'bigint' && BigInt.asIntN(54, value) === value) row[name] = Number(value);
  }
  return row;
}
