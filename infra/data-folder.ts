// The folder that embedded parts keep their files in: one process at a time.
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { randomBytes } from 'node:crypto';

const SQLITE_BUSY = 5; // somebody else holds the lock
const OWNER_ONLY = 0o700; // accounts and keys are in it
const SECRET_SIZE = 32; // bytes, as many as HMAC-SHA-256 gives

export interface DataFolder {
  /** The path of a file in it. */
  file(name: string): string;
  /** 32 random bytes that were made at the first call and are kept, readable by the owner only. Throws when they are damaged. */
  secret(name: string): Buffer;
  /** Lets another process in. */
  release(): void;
}

function openLock(path: string): DatabaseSync {
  try {
    mkdirSync(path, { recursive: true, mode: OWNER_ONLY });
    closeToOthers(path);
    return new DatabaseSync(join(path, 'lock.sqlite'));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new Error(
      `The folder ${path} cannot be made or written to (${code}): give this process the right to, ` +
        'or set DATABASE_URL and KAFKA_URL to another folder, as sqlite:.data',
      { cause },
    );
  }
}

/**
 * Takes the folder for this process, making it where it is missing, and closes it to other users. Throws an Error that
 * says what to do when another process has it. The operating system drops the lock when the process dies, however it dies.
 */
export function openDataFolder(path: string): DataFolder {
  const lock = openLock(path);
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) {
      throw new Error(`${join(path, 'lock.sqlite')} is damaged; delete it.`, { cause: error });
    }
    throw new Error(
      `Another process uses ${path}: embedded databases serve one process at a time. ` +
        'Stop it first, or set DATABASE_URL and KAFKA_URL to another folder.',
    );
  }
  return {
    file: (name) => join(path, name),
    secret(name) {
      const file = join(path, name);
      if (!existsSync(file)) {
        // whole or not at all: a process that dies here must not leave an empty key behind
        writeFileSync(`${file}.new`, randomBytes(SECRET_SIZE).toString('base64'), { mode: 0o600, flush: true });
        renameSync(`${file}.new`, file);
      }
      const secret = Buffer.from(readFileSync(file, 'utf8'), 'base64');
      if (secret.length !== SECRET_SIZE) {
        throw new Error(
          `${file} is damaged. Restore it, or delete it to have another made: what it signed is void then.`,
        );
      }
      return secret;
    },
    release: () => lock.close(),
  };
}

/** Keeps everybody else out of a folder that is ours; whoever owns another decides who comes in. */
function closeToOthers(path: string): void {
  const { uid, mode } = statSync(path);
  if (uid === process.getuid?.() && (mode & 0o077) !== 0) chmodSync(path, OWNER_ONLY);
}
