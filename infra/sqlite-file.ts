// An SQLite file as the embedded parts open it, or a sentence about what is wrong with it.
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/**
 * Opens an SQLite file that exists to look at it only: beside a process that writes it, or alone. Throws an Error that
 * says so when there is none.
 */
export function openToRead(path: string): DatabaseSync {
  if (!existsSync(path)) throw new Error(`There is no ${path}: start the system once, then look again.`);
  return new DatabaseSync(path, { readOnly: true });
}

/** Opens an SQLite file with a write-ahead log. Throws an Error that says what to do when the file is damaged. */
export function openFile(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  try {
    db.exec('PRAGMA journal_mode = WAL');
    return db;
  } catch (cause) {
    db.close();
    const { errcode } = cause as { errcode?: number };
    if (errcode !== SQLITE_CORRUPT && errcode !== SQLITE_NOTADB) throw cause;
    throw new Error(
      `${path} is damaged. Restore it from a copy, or move it away: another one is then made, without what this one holds.`,
      { cause },
    );
  }
}
