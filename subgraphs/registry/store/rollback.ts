// Serves an earlier supergraph again, as a new version.
import type { Database } from '../../../infra/database/database.ts';
import { refused, type RegistryRefusal } from '../rules/refusal.ts';
import { type Head, lastGood, type Members, stepsBack, versionNames } from '../rules/served.ts';
import type { Catalog } from './catalog.ts';
import { type Changed, type GraphChanges, ifUnchanged, recordCheck, serveNext } from './changes.ts';
import type { Checking } from './checking.ts';
import { SubgraphRow } from './tables.ts';

export interface RollbackRequest {
  /** The version whose content is served again; undefined for the last one that no rollback took back. */
  to?: number | undefined;
  /** Serves it though its check fails, or cannot be made; needs a reason. */
  force: boolean;
  reason: string | null;
  by: string;
}

export type Rollback = (request: RollbackRequest) => Promise<Changed | RegistryRefusal>;

interface RollbackParts {
  db: Database;
  catalog: Catalog;
  checking: Checking;
  changes: GraphChanges;
}

const NOT_BACK =
  'The check failed: nothing was changed. In an emergency, an operator goes back all the same with --force --reason R.';
const RECENT = 100; // versions among which a rollback finds the one before

export function openRollback({ db, catalog, checking, changes }: RollbackParts): Rollback {
  /** The version to go back to by default. */
  async function versionBefore({ served }: Head): Promise<number | null> {
    const page = { after: null, before: null, backward: false, most: RECENT };
    const recent = await catalog.supergraphs(page);
    return lastGood(served?.members ?? {}, recent)?.version ?? null;
  }

  async function rollbackOn(head: Head, request: RollbackRequest): Promise<Changed | RegistryRefusal | null> {
    if (!head.served) return refused('NOTHING_SERVED');
    const { force, reason, by } = request;
    const to = request.to ?? (await versionBefore(head));
    const target = to === null ? null : await catalog.supergraph(to);
    if (!target) return refused('UNKNOWN_VERSION');
    const { served } = head;
    const steps = stepsBack(served.members, target.members);
    if (!steps.length) return { supergraph: served.version, findings: [] };
    const located = await catalog.subgraphs();
    const isReused = located.some(
      ({ name, generation }) => (target.members[name]?.generation ?? generation) !== generation,
    );
    if (isReused) return refused('NAME_REUSED'); // its schema would be answered by the service of others
    const checked = force ? null : await checking.check(head, await checking.sdlsOfSteps(steps));
    if (checked && !checked.passed) return { ...refused('CHECK_FAILED', NOT_BACK), findings: checked.findings };
    return ifUnchanged(db, head, async (em, now) => {
      const subgraphs = steps.map(({ name }) => name);
      const findings = checked?.findings ?? [];
      const checkId =
        checked && (await recordCheck(em, { cause: 'ROLLBACK', subgraphs, passed: true, findings, by }, now));
      const withdrawn = versionNames(
        Object.fromEntries(Object.entries(served.members).filter(([name]) => subgraphs.includes(name))),
      );
      const restored = steps.flatMap(({ name, version }) => (version === null ? [] : [name]));
      await em.nativeUpdate(SubgraphRow, { name: { $in: restored } }, { deletedAt: null }); // it may have been deleted since
      const members = relocated(target.members, located);
      const next = { ...target, members, cause: 'ROLLBACK', reason, withdrawn, checkId, by } as const;
      return { supergraph: await serveNext(em, head, next, now), findings };
    });
  }

  return (request) => {
    const change = (head: Head) => rollbackOn(head, request);
    return request.force ? changes.atOnce(change) : changes.inTurn(change); // a forced one waits for no check of others
  };
}

/** The members at their current URLs: a rollback takes back schemas, and no move of a service. */
const relocated = (members: Members, located: readonly { name: string; urls: readonly string[] }[]): Members =>
  Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      name,
      { ...member, urls: [...(located.find((each) => each.name === name)?.urls ?? member.urls)] },
    ]),
  );
