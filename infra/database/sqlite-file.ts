// Opens SQLite files for the embedded adapters, with errors that say what is wrong with a file.
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { onDisk } from './disk-fault.ts';

/**
 * Opens an existing SQLite file read-only, also beside a process that writes it. Throws an Error that says so if there
 * is none.
 */
export function openToRead(path: string): DatabaseSync {
  if (!existsSync(path)) throw new Error(`There is no ${path}: start the system once, then look again.`);
  return onDisk(path, () => new DatabaseSync(path, { readOnly: true }));
}

/** Opens an SQLite file with a write-ahead log. Throws a DiskFault when the file is damaged or the disk refuses it. */
export function openFile(path: string): DatabaseSync {
  return onDisk(path, () => {
    const db = new DatabaseSync(path);
    try {
      db.exec('PRAGMA journal_mode = WAL');
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** Ends an open transaction. If a disk was full or failed, SQLite has already ended it, and refuses a ROLLBACK. */
export function rollBack(db: DatabaseSync): void {
  if (db.isTransaction) db.exec('ROLLBACK');
}
