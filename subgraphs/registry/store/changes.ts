// Writes a change of what is served, if nothing else has changed since it was checked.
import type { EntityManager } from '@mikro-orm/core';
import { typeidUnboxed } from 'typeid-js';
import type { Database } from '../../../infra/database/database.ts';
import type { Finding } from '../../../schema/composition/check/finding.ts';
import { refused, type RegistryRefusal } from '../rules/refusal.ts';
import type { ChangeCause, CheckCause, GraphContent, Head } from '../rules/served.ts';
import type { Catalog } from './catalog.ts';
import { openInTurn } from './in-turn.ts';
import { RegistryHeadRow, SchemaCheckRow, SupergraphVersionRow } from './tables.ts';

/** A check to record. */
export interface CheckRecord {
  cause: CheckCause;
  subgraphs: readonly string[];
  passed: boolean;
  findings: readonly Finding[];
  by: string;
}

/** What is served next, and why. */
export interface NextSupergraph extends GraphContent {
  cause: ChangeCause;
  reason: string | null;
  withdrawn: readonly string[];
  checkId: string | null;
  by: string;
}

/**
 * Runs the work in a transaction that counts the head's revision up from the one that was seen; null, with nothing
 * written, if another change came first.
 */
export const ifUnchanged = <T>(
  db: Database,
  seen: Head,
  work: (em: EntityManager, now: Date) => Promise<T>,
): Promise<T | null> =>
  db.write(async (em, clock) => {
    const next = { revision: seen.revision + 1 };
    const changed = await em.nativeUpdate(RegistryHeadRow, { id: 1, revision: seen.revision }, next);
    return changed ? work(em, await clock()) : null;
  });

/** Records a check, and returns its id. */
export async function recordCheck(em: EntityManager, check: CheckRecord, now: Date): Promise<string> {
  const id = typeidUnboxed('chk');
  const { cause, subgraphs, passed, findings, by } = check;
  await em.insert(SchemaCheckRow, {
    ...{ id, cause, subgraphs: subgraphs.join(), passed: passed ? 1 : 0 },
    ...{ findings: JSON.stringify(findings), checkedAt: now, checkedBy: by },
  });
  return id;
}

/** Serves a supergraph as the next version, and returns its number. Within ifUnchanged. */
export async function serveNext(em: EntityManager, seen: Head, next: NextSupergraph, now: Date): Promise<number> {
  const version = (seen.served?.version ?? 0) + 1;
  const { supergraphSdl, apiSdl, permissions, members, cause, reason, withdrawn, checkId, by } = next;
  await em.insert(SupergraphVersionRow, {
    ...{ version, supergraphSdl, apiSdl, cause, reason, checkId, servedAt: now, servedBy: by },
    permissions: JSON.stringify(permissions),
    members: JSON.stringify(members),
    withdrawn: JSON.stringify(withdrawn),
  });
  await em.nativeUpdate(RegistryHeadRow, { id: 1 }, { supergraph: version });
  return version;
}

/** What is served after a change, and what its check found. */
export interface Changed {
  supergraph: number | null;
  findings: readonly Finding[];
}

/** A change on what is served; null if another one came before its commit. */
type Change<T> = (head: Head) => Promise<T | null>;

/** Tries a change until no other one comes between its check and its commit. */
export interface GraphChanges {
  atOnce<T>(change: Change<T>): Promise<T | RegistryRefusal>;
  /** After the changes that came before: a check that another change overtakes is made in vain. */
  inTurn<T>(change: Change<T>): Promise<T | RegistryRefusal>;
}

const TRIES = 5; // each checks again what is served then

export function openChanges(catalog: Pick<Catalog, 'head'>): GraphChanges {
  const inTurn = openInTurn();
  async function atOnce<T>(change: Change<T>): Promise<T | RegistryRefusal> {
    for (let tried = 0; tried < TRIES; tried++) {
      const done = await change(await catalog.head());
      if (done !== null) return done;
    }
    return refused('OVERTAKEN');
  }
  return { atOnce, inTurn: (change) => inTurn(() => atOnce(change)) };
}
