// A folder of GraphQL documents, each in a file named by the hash of its text: any number of processes can read and add
// documents.
import { hash as digest } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFault, isMissing } from '../../infra/database/disk-fault.ts';
import type { Log } from '../../infra/logging/log.ts';
import { makeFolder } from '../../infra/config/make-folder.ts';
import { openOutage } from '../../infra/process/outage.ts';

/** The SHA-256 of a document's text, in lower-case hexadecimal digits. */
export const hashOf = (text: string): string => digest('sha256', text);

const NAME = /^([0-9a-f]{64})\.graphql$/;

/** The hashes of the documents in the folder; none if the folder does not exist yet. */
export async function documentsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw diskFault(error, folder);
  });
  return names.flatMap((name) => NAME.exec(name)?.[1] ?? []).sort();
}

/** The text of a document; throws an Error if the file's content does not match its name. */
export async function readDocument(folder: string, hash: string): Promise<string> {
  const file = join(folder, `${hash}.graphql`);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw diskFault(error, file);
  });
  if (hashOf(text) !== hash)
    throw new Error(`${file} is not the document that its name says; push that one again, or remove it`);
  return text;
}

/** Adds a document atomically. Throws a DiskFault if writing fails. */
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

/** Removes a document; returns whether it existed. */
export async function removeDocument(folder: string, hash: string): Promise<boolean> {
  if (!(await documentsIn(folder)).includes(hash)) return false;
  await rm(join(folder, `${hash}.graphql`), { force: true });
  return true;
}

/** The content of a folder, at most a second old. */
export interface DocumentFolder {
  /** The document with this hash. */
  get(hash: string): string | undefined;
  /** All documents, by their hashes, as they are now. */
  all(): readonly (readonly [hash: string, text: string])[];
  readonly size: number;
  close(): void;
}

const LOOK_EVERY = 1000; // ms; a push should take effect within seconds, and network file systems send no change events

/**
 * Reads the folder and follows its changes. While it cannot be read, the known documents stay; they also stay if a
 * folder with documents disappears, as when a mount is lost.
 */
export async function followDocuments(folder: string, log: Log): Promise<DocumentFolder> {
  const known = new Map<string, string>();
  const damaged = new Set<string>(); // logged once
  const unreadable = openOutage(log, 'trusted documents readable again');

  async function look(): Promise<void> {
    try {
      const hashes = await documentsIn(folder);
      if (!hashes.length && known.size) await readdir(folder);
      for (const hash of known.keys()) if (!hashes.includes(hash)) known.delete(hash);
      for (const hash of hashes) if (!known.has(hash)) await take(hash);
      unreadable.ended();
    } catch (error) {
      unreadable.began('trusted documents unreadable; known documents stay trusted', error);
    }
  }

  async function take(hash: string): Promise<void> {
    try {
      known.set(hash, await readDocument(folder, hash));
      damaged.delete(hash);
    } catch (error) {
      if (isMissing(error)) return; // removed in the meantime
      if (!damaged.has(hash)) log.error('trusted document left out', { error });
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
    all: () => [...known],
    get size() {
      return known.size;
    },
    close() {
      closed = true;
      clearTimeout(next);
    },
  };
}
