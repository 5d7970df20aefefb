// Disk faults for operators: a sentence that names the file, says what is wrong and what to do.
import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

type Kind = 'full' | 'read-only' | 'forbidden' | 'too many files' | 'failing' | 'missing' | 'damaged';

const kinds: Readonly<Record<string, Kind>> = {
  ...{ ENOSPC: 'full', EDQUOT: 'full', EFBIG: 'full', SQLITE_FULL: 'full' },
  ...{ EROFS: 'read-only', SQLITE_READONLY: 'read-only' },
  ...{ EACCES: 'forbidden', EPERM: 'forbidden', SQLITE_PERM: 'forbidden', SQLITE_CANTOPEN: 'forbidden' },
  ...{ EMFILE: 'too many files', ENFILE: 'too many files' },
  ...{ EIO: 'failing', SQLITE_IOERR: 'failing' },
  ...{ ENOENT: 'missing', ENOTDIR: 'missing' },
  ...{ SQLITE_CORRUPT: 'damaged', SQLITE_NOTADB: 'damaged' },
};

const sentences: Readonly<Record<Kind, (file: string) => string>> = {
  full: (file) => `${file} cannot be written: the disk is full. Free some space; the system then continues by itself.`,
  'read-only': (file) =>
    `${file} cannot be written: the file or its file system is read-only. Make it writable, or choose another folder.`,
  forbidden: (file) =>
    `${file} cannot be opened or written by this process: give it the right to, or choose another folder.`,
  'too many files': (file) =>
    `${file} cannot be opened: too many files are open. Raise the limit, as ulimit -n 1024; a running system then continues by itself.`,
  failing: (file) =>
    `${file}: the disk fails to read or write. Check the disk; the system continues when it works again.`,
  missing: (file) => `${file} is not there: put it, or its folder, back.`,
  damaged: (file) =>
    `${file} is damaged. Restore it from a copy, or move it away: another one is then made, without what this one holds.`,
};

/** SQLite's primary result codes about a file: the low byte of an extended code (https://sqlite.org/rescode.html). */
const sqliteCodes: Readonly<Record<number, string>> = {
  3: 'SQLITE_PERM',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  26: 'SQLITE_NOTADB',
};

const SQLITE_IOERR_SHMSIZE = 4874; // a full disk has no space for the index of the write-ahead log

/** A file that cannot be read or written. `code` comes from the system (ENOSPC) or from SQLite (SQLITE_FULL). */
export class DiskFault extends Error {
  readonly code: string;
  constructor(message: string, code: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
  /** Whether the machine lacks a resource, so that neither permissions nor another folder would help. */
  get isShortage(): boolean {
    return ['full', 'too many files', 'failing'].includes(kinds[this.code] ?? '');
  }
  get isDamage(): boolean {
    return kinds[this.code] === 'damaged';
  }
}

/** Whether the error says that the file or folder does not exist. */
export const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** The error as a DiskFault about `file` if the disk caused it; any other error unchanged. */
export function diskFault(error: unknown, file: string): unknown {
  if (error instanceof DiskFault) return error;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  const name = typeof errcode === 'number' ? whyNotOpened(sqliteCode(errcode), file) : code;
  const kind = typeof name === 'string' ? kinds[name] : undefined;
  return kind ? new DiskFault(sentences[kind](file), name as string, error) : error;
}

const sqliteCode = (errcode: number): string | undefined =>
  errcode === SQLITE_IOERR_SHMSIZE ? 'SQLITE_FULL' : sqliteCodes[errcode & 0xff];

/**
 * SQLite reports "unable to open" also when the process has no file descriptor left; the system reports that by its own
 * code.
 */
function whyNotOpened(code: string | undefined, file: string): string | undefined {
  if (code !== 'SQLITE_CANTOPEN') return code;
  try {
    closeSync(openSync(dirname(file), 'r'));
    return code;
  } catch (error) {
    const { code: reason } = error as NodeJS.ErrnoException;
    return reason === 'EMFILE' || reason === 'ENFILE' ? reason : code;
  }
}

/** The result of synchronous work on a file; throws a DiskFault about it when the disk refuses. */
export function onDisk<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw diskFault(error, file);
  }
}

const diskCodes: ReadonlySet<unknown> = new Set(Object.keys(kinds).filter((code) => kinds[code] !== 'missing'));

/** Whether a disk caused the error: it ends once the disk is repaired. */
export const isByDisk = (error: unknown): boolean => diskCodes.has((error as { code?: unknown } | null)?.code);

/** Larger than any small write that still fits into a file's last block, or into space that SQLite reuses; bytes. */
const PROBE_SIZE = 65_536;
const probing = new Map<string, Promise<void>>();

/**
 * Throws a DiskFault unless the folder accepts a file of 64 KiB, which is removed again. Concurrent callers share one
 * attempt.
 */
export function tryWriting(folder: string): Promise<void> {
  const under = probing.get(folder) ?? writeAndRemove(folder).finally(() => probing.delete(folder));
  probing.set(folder, under);
  return under;
}

async function writeAndRemove(folder: string): Promise<void> {
  const path = join(folder, `.probe-${randomUUID()}`);
  try {
    await using file = await open(path, 'w', 0o600);
    await file.writeFile(Buffer.alloc(PROBE_SIZE));
    await file.datasync();
  } catch (error) {
    throw diskFault(error, folder);
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}
