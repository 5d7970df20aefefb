// The last supergraphs from the registry, in a folder: with the registry away a gateway starts with what it had. A file
// counts only with the registry's signature.
import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../../infra/config/make-folder.ts';
import { diskFault, isMissing } from '../../infra/database/disk-fault.ts';
import type { Log } from '../../infra/logging/log.ts';
import { openOutage } from '../../infra/process/outage.ts';
import { followAnswer } from '../../schema/wire/registry-routes.ts';
import type { SigningKeys } from '../../schema/wire/signing-key.ts';
import { etagOf, type SignedArtifact } from '../../schema/wire/supergraph-artifact.ts';
import { type ProvenArtifact, proven } from './received.ts';

export interface LastGood {
  /** The artifacts in the folder that the registry signed, last one first; what is torn or forged is logged. */
  read: () => Promise<ProvenArtifact[]>;
  /** Keeps an artifact that is served, and the one before it. Never rejects: a fault of the disk is logged. */
  keep: (signed: SignedArtifact) => Promise<void>;
}

/** A file: the artifact as the registry sent it, and when a gateway began to serve it. */
const file = followAnswer.extend({ since: z.iso.datetime() });

interface Read extends ProvenArtifact {
  name: string;
  since: string;
}

const NAME = /^[\w-]+\.json$/;
const KEPT = 2; // the last one, and the one before in case that is damaged
const OWNER_ONLY = 0o600; // the schema is not public in production

/**
 * Opens the folder. Files are named by their content and written whole, so gateways of one system can share it: they
 * write the same. `keys` are those of artifactKeys.
 */
export function openLastGood(folder: string, keys: SigningKeys, now: () => Date, log: Log): LastGood {
  const disk = openOutage(log, 'the last supergraph is kept on disk again');

  async function readAll(): Promise<Read[]> {
    const names = (await readdir(folder).catch(noneIfMissing)).filter((name) => NAME.test(name));
    const all = await Promise.all(names.map((name) => readOne(folder, name, keys)));
    for (const [i, one] of all.entries())
      if (!one) log.warn('a kept supergraph is refused: torn, or not signed by the registry', { file: names[i] });
    return all.filter((one) => one !== null).sort((a, b) => (a.since < b.since ? 1 : -1));
  }

  async function write(signed: SignedArtifact): Promise<void> {
    makeFolder(folder);
    const name = `${etagOf(signed.content)}.json`;
    await writeWhole(folder, name, JSON.stringify({ ...signed, since: now().toISOString() }));
    const kept = (await readAll()).map((each) => each.name).filter((each) => each !== name);
    const spare = new Set([name, ...kept.slice(0, KEPT - 1)]);
    for (const each of await readdir(folder))
      if (NAME.test(each) && !spare.has(each)) await rm(join(folder, each), { force: true });
  }

  return {
    read: async () => (await disk.trying('kept supergraphs unreadable', readAll)) ?? [],
    async keep(signed) {
      const sentence = 'the supergraph cannot be kept on disk; a start without the registry would serve the one before';
      await disk.trying(sentence, () =>
        write(signed).catch((error: unknown) => Promise.reject(diskFault(error, folder) as Error)),
      );
    },
  };
}

const noneIfMissing = (error: unknown): string[] => {
  if (isMissing(error)) return [];
  throw error;
};

/** Null if the file is torn, or forged, or of another release's format. */
async function readOne(folder: string, name: string, keys: SigningKeys): Promise<Read | null> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => ''); // another gateway may just have removed it
  const found = file.safeParse(parsed(text)).data;
  const one = found && proven({ content: found.content, signature: found.signature }, keys);
  return found && one ? { ...one, name, since: found.since } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes a file that is there whole or not at all, also after a power cut. */
async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  const unfinished = join(folder, `${name}.${randomUUID()}.new`);
  try {
    {
      await using handle = await open(unfinished, 'w', OWNER_ONLY);
      await handle.writeFile(text);
      await handle.sync();
    }
    await rename(unfinished, join(folder, name));
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}
