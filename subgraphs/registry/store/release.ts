// The subgraphs of this system: a start publishes their committed schemas, through the same checks as every other schema.
import type { EntityManager } from '@mikro-orm/core';
import type { Database } from '../../../infra/database/database.ts';
import type { Log } from '../../../infra/logging/log.ts';
import type { CheckResult } from '../../../schema/composition/check/finding.ts';
import type { SubgraphSdl } from '../../../schema/composition/nullability.ts';
import { type GraphContent, type Head, type Members, withMembers } from '../rules/served.ts';
import { fresh, type HashedSdl, isServed, type KnownVersion } from '../rules/fresh.ts';
import type { Catalog } from './catalog.ts';
import { ifUnchanged, recordCheck, serveNext } from './changes.ts';
import type { Checking } from './checking.ts';
import { hashOfSdl } from './publishing.ts';
import { SubgraphRow, SubgraphVersionRow, SupergraphVersionRow } from './tables.ts';

/** What a checkout has: its subgraphs, and what `npm run compose` made of them. */
export interface CommittedGraph extends Omit<GraphContent, 'members'> {
  parts: readonly SubgraphSdl[];
}

export interface ReleaseOptions {
  /**
   * Whether this system has its database alone. Then its schemas are served as they are, even if that breaks clients, and
   * again after others: a developer changes them back and forth. Otherwise each is published once: a replica of an
   * older release that starts again changes nothing.
   */
  alone: boolean;
}

export interface Releases {
  /** Publishes the committed schemas that are new here. */
  publish(committed: CommittedGraph, options: ReleaseOptions): Promise<void>;
}

interface ReleaseParts {
  db: Database;
  catalog: Catalog;
  checking: Checking;
  log: Log;
}

interface ContentParts {
  committed: CommittedGraph;
  /** Its schemas that are served already. */
  unchanged: readonly HashedSdl[];
  alone: boolean;
}

const TRIES = 5; // other replicas may start at the same time
const BY = 'start';

export function openReleases({ db, catalog, checking, log }: ReleaseParts): Releases {
  async function knownVersions(): Promise<{ known: KnownVersion[]; withdrawn: Set<string> }> {
    const em = db.read();
    const known = await em.find(SubgraphVersionRow, {}, { fields: ['subgraph', 'version', 'hash'] });
    const back = await em.find(SupergraphVersionRow, { withdrawn: { $ne: '[]' } }, { fields: ['withdrawn'] });
    return { known, withdrawn: new Set(back.flatMap(({ withdrawn }) => JSON.parse(withdrawn) as string[])) };
  }

  /** What the checkout has composed, if that is what comes out; else a check composes it. */
  async function contentOf(head: Head, changed: readonly HashedSdl[], { committed, unchanged, alone }: ContentParts) {
    const names = new Set([...changed, ...unchanged].map(({ name }) => name));
    const isCommitted =
      names.size === committed.parts.length &&
      Object.keys(head.served?.members ?? {}).every((name) => names.has(name)) &&
      (alone || !head.served);
    if (isCommitted) return { supergraph: committed, passed: true, findings: [] };
    return checking.check(head, changed);
  }

  async function tryOn(committed: CommittedGraph, { alone }: ReleaseOptions): Promise<boolean> {
    const head = await catalog.head();
    const { known, withdrawn } = await knownVersions();
    const hashed = committed.parts.map((part) => ({ ...part, hash: hashOfSdl(part.sdl) }));
    const changed = fresh(hashed, head.served?.members ?? {}, { known, withdrawn, again: alone });
    if (!changed.length) return true;
    const unchanged = hashed.filter((part) => isServed(part, head.served?.members ?? {}, known));
    const { supergraph, passed, findings } = await contentOf(head, changed, { committed, unchanged, alone });
    const done = await ifUnchanged(db, head, async (em, now) => {
      const subgraphs = changed.map(({ name }) => name);
      const checkId = await recordCheck(em, { cause: 'START', subgraphs, passed, findings, by: BY }, now);
      const members: Record<string, Members[string]> = {};
      for (const part of changed) {
        await em.upsert(SubgraphRow, ownRow(part.name, now), { onConflictAction: 'ignore' });
        const version = await versionOf(em, part, known, { checkId, now });
        members[part.name] = { version, generation: 1, urls: [], errorCodes: [...errorCodesOf(supergraph, part.name)] };
      }
      if (!supergraph || !(passed || alone)) return { supergraph: null };
      const all = withMembers(head.served?.members ?? {}, members);
      const next = {
        ...contentIn(supergraph),
        members: all,
        cause: 'START',
        reason: null,
        withdrawn: [],
        checkId,
        by: BY,
      } as const;
      return { supergraph: await serveNext(em, head, next, now) };
    });
    if (!done) return false;
    const names = changed.map(({ name }) => name).join(', ');
    if (done.supergraph === null)
      log.warn('the schemas of this release are stored and not served: their check failed', {
        subgraphs: names,
        findings,
      });
    else log.info('published the schemas of this release', { subgraphs: names, supergraph: done.supergraph });
    return true;
  }

  return {
    async publish(committed, options) {
      try {
        for (let tried = 0; tried < TRIES; tried++) if (await tryOn(committed, options)) return;
        log.warn('the schemas of this release are not published: other changes came first, each time');
      } catch (error) {
        // the registry starts all the same: what is served can only be rolled back while it runs
        log.error('the schemas of this release are not published', { error });
      }
    },
  };
}

const ownRow = (name: string, now: Date) => ({
  ...{
    name,
    url: null,
    generation: 1,
    tokenHash: null,
    tokenEndsAt: null,
    createdAt: now,
    createdBy: BY,
    deletedAt: null,
  },
});

/** The version of this SDL, inserted if it is new. */
async function versionOf(
  em: EntityManager,
  { name, sdl, hash }: SubgraphSdl & { hash: string },
  known: readonly KnownVersion[],
  { checkId, now }: { checkId: string; now: Date },
): Promise<number> {
  const own = known.filter(({ subgraph }) => subgraph === name);
  const before = own.findLast((each) => each.hash === hash);
  if (before) return before.version;
  const version = Math.max(0, ...own.map((each) => each.version)) + 1;
  await em.insert(SubgraphVersionRow, {
    ...{ subgraph: name, version, sdl, hash, url: null, commit: null, author: null, checkId },
    ...{ publishedAt: now, publishedBy: BY },
  });
  return version;
}

type Checked = NonNullable<CheckResult['supergraph']>;

const errorCodesOf = (supergraph: Checked | CommittedGraph | null, name: string): readonly string[] =>
  (supergraph && 'errorCodes' in supergraph ? supergraph.errorCodes[name] : undefined) ?? [];

const contentIn = ({ supergraphSdl, apiSdl, permissions }: Omit<GraphContent, 'members'>) => ({
  ...{ supergraphSdl, apiSdl, permissions },
});
