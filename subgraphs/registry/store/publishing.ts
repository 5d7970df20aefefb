// Publishes and deletes subgraphs: checks a change against what is served, and serves it if it passes.
import { hash } from 'node:crypto';
import type { Database } from '../../../infra/database/database.ts';
import type { CheckResult, Finding } from '../../../schema/composition/check/finding.ts';
import { isRefused } from '../../../schema/errors.ts';
import { mayBeStored } from '../rules/findings.ts';
import { refused, type RegistryRefusal } from '../rules/refusal.ts';
import { type Head, versionName, withMembers } from '../rules/served.ts';
import type { Catalog, SubgraphVersion } from './catalog.ts';
import { type Changed, type GraphChanges, ifUnchanged, recordCheck, serveNext } from './changes.ts';
import type { Checking } from './checking.ts';
import { SubgraphRow, SubgraphVersionRow } from './tables.ts';
import type { Urls } from './urls.ts';

/** A version to publish. */
export interface PublishRequest {
  name: string;
  sdl: string;
  /** Its replicas by comma; undefined to keep them. */
  url?: string | undefined;
  /** The latest version that the publisher knows, 0 for none; undefined if any may be the latest. */
  expect?: number | undefined;
  commit: string | null;
  author: string | null;
  by: string;
}

/** What became of a version: served, or only stored because its check failed. */
export interface Published {
  outcome: 'SERVED' | 'STORED' | 'UNCHANGED';
  version: number;
  /** The supergraph version that is served now. */
  supergraph: number | null;
  findings: readonly Finding[];
}

export interface Publishing {
  /** What a version would change; null as its SDL deletes the subgraph. Stores nothing. */
  check(name: string, sdl: string | null): Promise<CheckResult | RegistryRefusal>;
  publish(request: PublishRequest): Promise<Published | RegistryRefusal>;
  delete(name: string, by: string): Promise<Changed | RegistryRefusal>;
}

export interface PublishingParts {
  db: Database;
  catalog: Catalog;
  checking: Checking;
  changes: GraphChanges;
  urls: Urls;
}

const NOT_DELETED = 'The check failed: nothing was deleted.';

export const hashOfSdl = (sdl: string): string => hash('sha256', sdl, 'base64url');

export function openPublishing({ db, catalog, checking, changes, urls }: PublishingParts): Publishing {
  async function publishOn(
    head: Head,
    request: PublishRequest,
    known: SubgraphVersion | null,
  ): Promise<Published | RegistryRefusal | null> {
    const { name, sdl, by } = request;
    const subgraph = await catalog.subgraph(name);
    if (!subgraph) return refused('UNKNOWN_SUBGRAPH');
    const latest = await catalog.version(name);
    if (latest?.version !== known?.version) return refused('OVERTAKEN', overtakenBy(latest));
    const locations = request.url === undefined ? subgraph.urls : await urls.allowed(request.url);
    if (isRefused(locations)) return locations;
    const member = head.served?.members[name];
    const isLatest = latest?.hash === hashOfSdl(sdl);
    if (isLatest && member?.version === latest.version && member.urls.join() === locations.join())
      return { outcome: 'UNCHANGED', version: latest.version, supergraph: head.served?.version ?? null, findings: [] };

    const { passed, findings, supergraph } = await checking.check(head, [{ name, sdl }]);
    if (!mayBeStored(findings)) return { ...refused('CHECK_FAILED'), findings };
    return ifUnchanged(db, head, async (em, now) => {
      const checkId = await recordCheck(em, { cause: 'PUBLISH', subgraphs: [name], passed, findings, by }, now);
      const version = isLatest ? latest.version : (latest?.version ?? 0) + 1;
      if (!isLatest)
        await em.insert(SubgraphVersionRow, { ...rowOf(request, locations, version), checkId, publishedAt: now });
      if (!passed || !supergraph)
        return { outcome: 'STORED', version, supergraph: head.served?.version ?? null, findings };
      await em.nativeUpdate(SubgraphRow, { name }, { url: locations.length ? locations.join() : null });
      const codes = supergraph.errorCodes[name] ?? [];
      const members = withMembers(head.served?.members ?? {}, {
        [name]: { version, generation: subgraph.generation, urls: [...locations], errorCodes: [...codes] },
      });
      const next = { ...supergraph, members, cause: 'PUBLISH', reason: null, withdrawn: [], checkId, by } as const;
      return { outcome: 'SERVED', version, supergraph: await serveNext(em, head, next, now), findings };
    });
  }

  async function deleteFrom(head: Head, name: string, by: string): Promise<Changed | RegistryRefusal | null> {
    const subgraph = await catalog.subgraph(name);
    if (!subgraph) return refused('UNKNOWN_SUBGRAPH');
    if (!subgraph.urls.length) return refused('NOT_ALLOWED', 'A subgraph of this system leaves with a release of it.');
    const isServed = head.served?.members[name] !== undefined;
    const checked = isServed ? await checking.check(head, [{ name, sdl: null }]) : null;
    if (checked && !checked.passed) return { ...refused('CHECK_FAILED', NOT_DELETED), findings: checked.findings };
    return ifUnchanged(db, head, async (em, now) => {
      await em.nativeUpdate(SubgraphRow, { name }, { deletedAt: now, tokenHash: null });
      if (!checked?.supergraph || !head.served) return { supergraph: head.served?.version ?? null, findings: [] };
      const { findings, supergraph } = checked;
      const checkId = await recordCheck(em, { cause: 'DELETE', subgraphs: [name], passed: true, findings, by }, now);
      const members = withMembers(head.served.members, { [name]: null });
      const next = { ...supergraph, members, cause: 'DELETE', reason: null, withdrawn: [], checkId, by } as const;
      return { supergraph: await serveNext(em, head, next, now), findings };
    });
  }

  return {
    async check(name, sdl) {
      if (!(await catalog.subgraph(name))) return refused('UNKNOWN_SUBGRAPH');
      return checking.check(await catalog.head(), [{ name, sdl }]);
    },
    async publish(request) {
      const known = await catalog.version(request.name);
      const { expect } = request;
      if (expect !== undefined && expect !== (known?.version ?? 0))
        return refused('VERSION_CHANGED', `You expect version ${expect}. ${overtakenBy(known)}`);
      return changes.inTurn((head) => publishOn(head, request, known));
    },
    delete: (name, by) => changes.inTurn((head) => deleteFrom(head, name, by)),
  };
}

const rowOf = ({ name, sdl, commit, author, by }: PublishRequest, urls: readonly string[], version: number) => ({
  ...{ subgraph: name, version, sdl, hash: hashOfSdl(sdl), commit, author, publishedBy: by },
  url: urls.length ? urls.join() : null,
});

/** The latest version, for a publisher that knows an older one. */
function overtakenBy(latest: SubgraphVersion | null): string {
  if (!latest) return 'It has no version.';
  const { subgraph, version, publishedBy, publishedAt, author, commit } = latest;
  const what = [author && `author ${author}`, commit && `commit ${commit}`].filter(Boolean).join(', ');
  return `${versionName(subgraph, version)} is the latest, by ${publishedBy} at ${publishedAt.toISOString()}${what && ` (${what})`}.`;
}
