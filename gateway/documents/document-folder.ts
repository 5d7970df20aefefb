// A folder of GraphQL documents, a file each under the hash of its text: what it holds can be added to and read by any number of processes.
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFault } from '../../infra/database/disk-fault.ts';
import type { Log } from '../../infra/logging/log.ts';
import { makeFolder } from '../../infra/config/make-folder.ts';
import { openOutage } from '../../infra/process/outage.ts';

/** The SHA-256 of a document's text, in lower-case hexadecimal digits. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const NAME = /^([0-9a-f]{64})\.graphql$/;

/** The hashes of the documents in the folder; none where there is no folder yet. */
export async function documentsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw diskFault(error, folder);
  });
  return names.flatMap((name) => NAME.exec(name)?.[1] ?? []).sort();
}

/** The text of a document; throws an Error where the file holds another one than its name says. */
export async function readDocument(folder: string, hash: string): Promise<string> {
  const file = join(folder, `${hash}.graphql`);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw diskFault(error, file);
  });
  if (hashOf(text) !== hash)
    throw new Error(`${file} is not the document that its name says; push that one again, or remove it`);
  return text;
}

/** Puts a document in, whole or not at all. Throws a DiskFault where the disk refuses it. */
export async function putDocument(folder: string, text: string): Promise<void> {
  const file = join(folder, `${hashOf(text)}.graphql`);
  const unfinished = `${file}.${process.pid}.new`;
  try {
    makeFolder(folder);
    await writeFile(unfinished, text, { flush: true });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw diskFault(error, file);
  }
}

/** Takes a document out; whether it was there. */
export async function removeDocument(folder: string, hash: string): Promise<boolean> {
  if (!(await documentsIn(folder)).includes(hash)) return false;
  await rm(join(folder, `${hash}.graphql`), { force: true });
  return true;
}

/** What a folder holds, as of a second ago at most. */
export interface Documents {
  /** The document of this hash. */
  get(hash: string): string | undefined;
  readonly size: number;
  close(): void;
}

const LOOK_EVERY = 1000; // ms; who pushes expects seconds, and a folder on a network tells nobody of its changes

/**
 * Reads the folder and follows what becomes of it. While it cannot be read, what is known stays; so it does when a
 * folder with documents is gone altogether, as when a mount is lost.
 */
export async function followDocuments(folder: string, log: Log): Promise<Documents> {
  const known = new Map<string, string>();
  const damaged = new Set<string>(); // told once
  const unreadable = openOutage(log, 'the trusted documents can be read again');

  async function look(): Promise<void> {
    try {
      const hashes = await documentsIn(folder);
      if (!hashes.length && known.size) await readdir(folder);
      for (const hash of known.keys()) if (!hashes.includes(hash)) known.delete(hash);
      for (const hash of hashes) if (!known.has(hash)) await take(hash);
      unreadable.ended();
    } catch (error) {
      unreadable.began('the trusted documents cannot be read; those that are known stay', error);
    }
  }

  async function take(hash: string): Promise<void> {
    try {
      known.set(hash, await readDocument(folder, hash));
      damaged.delete(hash);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return; // taken out meanwhile
      if (!damaged.has(hash)) log.error('a trusted document is left out', { error });
      damaged.add(hash);
    }
  }

  let closed = false;
  let next: NodeJS.Timeout;
  const again = (): void => {
    if (!closed) next = setTimeout(() => void look().then(again), LOOK_EVERY).unref();
  };
  await look();
  again();
  return {
    get: (hash) => known.get(hash),
    get size() {
      return known.size;
    },
    close() {
      closed = true;
      clearTimeout(next);
    },
  };
}
