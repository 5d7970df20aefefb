// The folder in which embedded adapters keep their files: for one process at a time.
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { randomBytes } from 'node:crypto';
import { diskFault, DiskFault, onDisk } from '../database/disk-fault.ts';
import { makeFolder } from './make-folder.ts';

const LOCK = 'lock.sqlite';
const SQLITE_BUSY = 5; // another process holds the lock
const OWNER_ONLY = 0o700; // it holds accounts and keys
const FOR_OTHERS = 0o077;
const SECRET_SIZE = 32; // bytes, the output size of HMAC-SHA-256

export interface DataFolder {
  /** The path of a file in the folder. */
  file(name: string): string;
  /** 32 random bytes, made at the first call and stored readable by the owner only. Throws when they are damaged. */
  secret(name: string): Buffer;
  /** Releases the lock, so that another process can open the folder. */
  release(): void;
}

function openLock(path: string): DatabaseSync {
  try {
    makeFolder(path, OWNER_ONLY);
    keepOthersOut(path);
    return new DatabaseSync(join(path, LOCK));
  } catch (cause) {
    if (cause instanceof Shared) throw cause;
    const fault = diskFault(cause, join(path, LOCK)) as NodeJS.ErrnoException;
    if (fault instanceof DiskFault && fault.isShortage) throw fault;
    const { code } = fault;
    throw new Error(
      `The folder ${path} cannot be made or written to (${String(code)}): give this process the right to, ` +
        'or set DATABASE_URL and KAFKA_URL to another folder, as sqlite:.data',
      { cause },
    );
  }
}

/** The folder is open to other users, and is not ours to close. */
class Shared extends Error {}

/**
 * Closes the folder to other users if it is ours: this user owns it, and it is empty or already a data folder. Any
 * other folder that other users can read is refused: closing it could lock its users out, and leaving it open would
 * show them accounts and keys.
 */
function keepOthersOut(path: string): void {
  const uid = process.getuid?.();
  const { uid: owner, mode } = statSync(path);
  if (uid === undefined || (mode & FOR_OTHERS) === 0) return;
  const isOurs = owner === uid && (existsSync(join(path, LOCK)) || readdirSync(path).length === 0);
  if (isOurs) {
    chmodSync(path, OWNER_ONLY);
    return;
  }
  throw new Shared(
    `The folder ${path} is open to other users and has other things in it, or another owner. Accounts and keys need a ` +
      `folder of their own: set DATABASE_URL and KAFKA_URL to one inside it, as sqlite:${join(path, 'fareloom')}, ` +
      `or close it with: chmod 700 ${path}`,
  );
}

/**
 * Locks the folder for this process, makes it if it is missing, and closes it to other users. Throws an Error that says
 * what to do when another process holds the lock, or other users share the folder. The operating system drops the lock
 * when the process ends, however it ends.
 */
export function openDataFolder(path: string): DataFolder {
  const lock = openLock(path);
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    const file = join(path, LOCK);
    const fault = diskFault(error, file);
    if (fault instanceof DiskFault && fault.isDamage)
      throw new Error(`${file} is damaged; delete it.`, { cause: error });
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw fault;
    throw new Error(
      `Another process uses ${path}: embedded databases serve one process at a time. ` +
        'Stop it first, or set DATABASE_URL and KAFKA_URL to another folder.',
    );
  }
  return {
    file: (name) => join(path, name),
    secret(name) {
      const file = join(path, name);
      const secret = Buffer.from(
        onDisk(file, () => madeOrRead(file)),
        'base64',
      );
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

/** A secret of the folder at `path`, read without the lock; null if none was made. */
export function keptSecret(path: string, name: string): Buffer | null {
  const file = join(path, name);
  return onDisk(file, () => (existsSync(file) ? Buffer.from(readFileSync(file, 'utf8'), 'base64') : null));
}

/**
 * The secret in the file, made if it is missing. It is written whole or not at all: a process that crashes here must
 * not leave an empty key.
 */
function madeOrRead(file: string): string {
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, randomBytes(SECRET_SIZE).toString('base64'), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }
  return readFileSync(file, 'utf8');
}

/** The absolute path of the folder that an embedded URL names. */
export const folderOf = (url: string): string => resolve(url.slice(url.indexOf(':') + 1) || '.data');

/** The data folders in use, each locked once for this process. */
export function openFolders(closing: DisposableStack) {
  const taken = new Map<string, DataFolder>();
  return {
    at(url: string): DataFolder {
      const path = folderOf(url);
      const folder = taken.get(path) ?? closing.adopt(openDataFolder(path), (opened) => opened.release());
      taken.set(path, folder);
      return folder;
    },
  };
}
