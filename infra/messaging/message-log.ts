// The durable log of the embedded bus, in one SQLite file: messages in partitions, and the position of each group.
import { oneRow } from '../database/one-row.ts';
import type { DatabaseSync } from 'node:sqlite';
import type { Delivery, Message } from './message.ts';
import { bytesOf, textOf } from './byte-text.ts';
import { onDisk } from '../database/disk-fault.ts';
import { openFile, openToRead, rollBack } from '../database/sqlite-file.ts';

export interface Partition {
  topic: string;
  partition: number;
}

/** A partition as one group reads it. */
export interface Reader extends Partition {
  group: string;
}

// AUTOINCREMENT: an offset is never reused, not even after its message was deleted
const SCHEMA = `
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS message (
    offset INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, partition INTEGER NOT NULL,
    time INTEGER NOT NULL, headers TEXT NOT NULL, key TEXT, value TEXT
  );
  CREATE INDEX IF NOT EXISTS message_partition ON message (topic, partition, offset);
  CREATE TABLE IF NOT EXISTS position (
    reader TEXT NOT NULL, topic TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL,
    PRIMARY KEY (reader, topic, partition)
  ) WITHOUT ROWID;`;

const APPEND = 'INSERT INTO message (topic, partition, time, headers, key, value) VALUES (?, ?, ?, ?, ?, ?)';

const JOIN = 'INSERT INTO position VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING';

const FINISH = 'UPDATE position SET next = ? WHERE reader = ? AND topic = ? AND partition = ?';

const UNFINISHED = `
  FROM position p JOIN message m ON m.topic = p.topic AND m.partition = p.partition AND m.offset >= p.next
  WHERE p.reader = ?`;

const READ = `
  SELECT m.offset, m.headers, m.key, m.value ${UNFINISHED} AND p.topic = ? AND p.partition = ?
  ORDER BY m.offset LIMIT ?`;

const WAITING = `
  SELECT count(*) AS messages FROM (SELECT 1 ${UNFINISHED} AND p.topic = ? AND p.partition = ? LIMIT ?)`;

const LAG = `
  SELECT p.topic, count(m.offset) AS messages FROM position p
  LEFT JOIN message m ON m.topic = p.topic AND m.partition = p.partition AND m.offset >= p.next
  WHERE p.reader = ? GROUP BY p.topic`;

const FINISHED_BY_ALL = 'SELECT partition, min(next) AS next FROM position WHERE topic = ? GROUP BY partition';

const FORGET = `
  DELETE FROM message WHERE topic = :topic AND partition = :partition AND offset < :next AND time < :since`;

/**
 * The log in the SQLite file `path`, which nothing else may have open. Every call is synchronous and durable on return,
 * or throws a DiskFault and has changed nothing.
 */
export function openMessageLog(path: string) {
  const methods = onDisk(path, () => methodsOn(openFile(path)));
  for (const [name, method] of Object.entries(methods) as [string, (...args: unknown[]) => unknown][]) {
    Object.assign(methods, { [name]: (...args: unknown[]) => onDisk(path, () => method(...args)) });
  }
  return methods;
}

function methodsOn(db: DatabaseSync) {
  db.exec(SCHEMA);
  const [append, join, finish] = [db.prepare(APPEND), db.prepare(JOIN), db.prepare(FINISH)];
  const [read, waiting, lag] = [db.prepare(READ), db.prepare(WAITING), db.prepare(LAG)];
  const [finishedByAll, forget] = [db.prepare(FINISHED_BY_ALL), db.prepare(FORGET)];

  return {
    /** Appends all of the messages or none. */
    append(messages: readonly (Message & Partition)[], now: Date): void {
      db.exec('BEGIN IMMEDIATE');
      try {
        for (const { topic, partition, headers = {}, key, value } of messages) {
          append.run(topic, partition, now.getTime(), JSON.stringify(headers), kept(key), kept(value));
        }
        db.exec('COMMIT');
      } catch (error) {
        rollBack(db);
        throw error;
      }
    },

    /** Lets a group read a partition from the oldest message; a group that reads it already keeps its position. */
    join({ group, topic, partition }: Reader): void {
      join.run(group, topic, partition);
    },

    /** The next unfinished messages of the reader, in order. */
    read({ group, topic, partition }: Reader, most: number): Delivery[] {
      return read.all(group, topic, partition, most).map((row) => ({
        topic,
        partition,
        offset: String(row['offset']),
        headers: JSON.parse(row['headers'] as string) as Record<string, string>,
        key: original(row['key']),
        value: original(row['value']),
      }));
    },

    /** The number of unfinished messages of the reader, at most `most`. */
    waiting({ group, topic, partition }: Reader, most: number): number {
      return oneRow(waiting.all(group, topic, partition, most))['messages'] as number;
    },

    /** Marks the reader's messages up to and including this one as finished. */
    finish({ group, topic, partition }: Reader, { offset }: Delivery): void {
      finish.run(Number(offset) + 1, group, topic, partition);
    },

    /** The number of unfinished messages of the group, by topic, in all partitions that it ever read. */
    lag(group: string): Map<string, number> {
      return new Map(lag.all(group).map(({ topic, messages }) => [topic as string, messages as number]));
    },

    /**
     * Deletes a topic's messages from before an instant that every group has finished. A topic without readers keeps
     * all.
     */
    forget(topic: string, since: Date): void {
      for (const row of finishedByAll.all(topic)) {
        forget.run({ ...row, topic, since: since.getTime() });
      }
    },

    close: () => db.close(),
  };
}

/** The messages of a log for an audit: all that are kept, finished or not. */
export interface KeptMessages {
  /** The next messages after an offset, up to `most`. */
  after(offset: number, most: number): { topic: string; offset: string; value: string | null }[];
  close(): void;
}

/** Opens the log in the SQLite file `path` read-only, beside the process that writes it. Throws if there is none. */
export function openToAudit(path: string): KeptMessages {
  const db = openToRead(path);
  const next = db.prepare('SELECT topic, offset, value FROM message WHERE offset > ? ORDER BY offset LIMIT ?');
  return {
    after: (offset, most) =>
      next.all(offset, most).map((row) => ({
        topic: row['topic'] as string,
        offset: String(row['offset']),
        value: original(row['value']),
      })),
    close: () => db.close(),
  };
}

/** SQLite's text is UTF-8: other text is stored as a blob. */
const kept = (text: string | null) => (text === null || text.isWellFormed() ? text : bytesOf(text));

const original = (column: unknown): string | null =>
  column instanceof Uint8Array ? textOf(column) : (column as string | null);
