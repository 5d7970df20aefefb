// An SQLite file as the embedded parts open it, or a sentence about what is wrong with it.
import { DatabaseSync } from 'node:sqlite';

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

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
