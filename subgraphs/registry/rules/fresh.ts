// Which committed schemas a start publishes.
import type { SubgraphSdl } from '../../../schema/composition/nullability.ts';
import { type Members, versionName } from './served.ts';

export interface KnownVersion {
  subgraph: string;
  version: number;
  hash: string;
}

/** A committed schema with the hash of its text. */
export type HashedSdl = SubgraphSdl & { hash: string };

/** What was published, and what of it a rollback took back, as `loyalty@3`. */
interface History {
  known: readonly KnownVersion[];
  withdrawn: ReadonlySet<string>;
  /** Whether a schema is published again that others followed. */
  again: boolean;
}

/**
 * The schemas that a start publishes: those that were never published, or, with `again`, all that are not served. What
 * a rollback took back is never published again by a start.
 */
export const fresh = (
  parts: readonly HashedSdl[],
  members: Members,
  { known, withdrawn, again }: History,
): HashedSdl[] =>
  parts.filter(({ name, hash }) => {
    if (isServed({ name, hash }, members, known)) return false;
    const same = known.filter((each) => each.subgraph === name && each.hash === hash);
    if (same.some(({ version }) => withdrawn.has(versionName(name, version)))) return false;
    return again || !same.length;
  });

/** Whether exactly this schema is served. */
export const isServed = (
  { name, hash }: Pick<HashedSdl, 'name' | 'hash'>,
  members: Members,
  known: readonly KnownVersion[],
): boolean =>
  known.some((each) => each.subgraph === name && each.hash === hash && each.version === members[name]?.version);
