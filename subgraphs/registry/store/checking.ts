// Checks changes of what is served, in a thread of its own: composition takes most of a second.
import type { Database } from '../../../infra/database/database.ts';
import type { CheckResult, Proposal } from '../../../schema/composition/check/finding.ts';
import type { Release } from '../../../schema/composition/deprecation.ts';
import type { Head } from '../rules/served.ts';
import type { Catalog } from './catalog.ts';

export type ProposedChange = Proposal['changed'][number];

export interface Checking {
  /** What these changes would do to what is served. */
  check(head: Head, changed: readonly ProposedChange[]): Promise<CheckResult>;
  /** The SDLs that lead back to other versions. */
  sdlsOfSteps(steps: readonly { name: string; version: number | null }[]): Promise<ProposedChange[]>;
}

/** Makes a check; the thread in check-thread.ts, or the pure function. */
export type RunCheck = (proposal: Proposal) => Promise<CheckResult>;

interface CheckingParts {
  db: Database;
  catalog: Catalog;
  run: RunCheck;
  release: Release;
}

export const openChecking = ({ db, catalog, run, release }: CheckingParts): Checking => ({
  async check({ served }, changed) {
    const now = await db.now();
    const [sdls, operations, approvals] = await Promise.all([
      catalog.sdlsOf(served?.members ?? {}),
      catalog.pushedDocuments(),
      catalog.approvals(now),
    ]);
    return run({
      ...{ served: sdls, changed, clients: served?.apiSdl ?? null, operations, approvals, now },
      countedSince: null,
      release: { ...release, today: now.toISOString().slice(0, 10) },
    });
  },

  sdlsOfSteps: (steps) =>
    Promise.all(
      steps.map(async ({ name, version }) => ({
        name,
        sdl: version === null ? null : ((await catalog.version(name, version))?.sdl ?? null),
      })),
    ),
});
