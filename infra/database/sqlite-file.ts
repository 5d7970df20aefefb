// An SQLite file as the embedded parts open it, or a sentence about what is wrong with it.
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { onDisk } from './disk-fault.ts';

/**
 * Opens an SQLite file that exists to look at it only: beside a process that writes it, or alone. Throws an Error that
 * says so when there is none.
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

/**
 * Ends an open transaction. SQLite has ended it by itself where a disk was full or failed, and then refuses a ROLLBACK.
 */
export function rollBack(db: DatabaseSync): void {
  if (db.isTransaction) db.exec('ROLLBACK');
}
