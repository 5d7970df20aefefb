// Checks changes of what is served, in a thread of its own: composition takes most of a second.
import type { Database } from '../../../infra/database/database.ts';
import type { CheckResult, Finding, Proposal } from '../../../schema/composition/check/finding.ts';
import type { SchemaKind } from '../../../schema/composition/check/version-difference.ts';
import type { SubgraphSdl } from '../../../schema/composition/nullability.ts';
import type { Release } from '../../../schema/composition/deprecation.ts';
import type { Head } from '../rules/served.ts';
import type { Catalog } from './catalog.ts';

export type ProposedChange = Proposal['changed'][number];

export interface Checking {
  /** What these changes would do to what is served. */
  check(head: Head, changed: readonly ProposedChange[]): Promise<CheckResult>;
  /** What the rules of this graph say of a schema beside what is served. */
  lint(subgraph: SubgraphSdl): Promise<{ passed: boolean; findings: Finding[] }>;
  /** What changed from one schema to another, a sentence each. */
  difference(kind: SchemaKind, before: string, after: string): Promise<string[]>;
  /** The SDLs that lead back to other versions. */
  sdlsOfSteps(steps: readonly { name: string; version: number | null }[]): Promise<ProposedChange[]>;
}

/** What is computed on schemas, by name: in the thread of check-thread.ts. */
export interface Computations {
  check(proposal: Proposal): CheckResult;
  lint(subgraph: SubgraphSdl, others: readonly SubgraphSdl[]): Finding[];
  difference(kind: SchemaKind, before: string, after: string): string[];
}

/** Runs one of them. */
export type Compute = <Name extends keyof Computations>(
  name: Name,
  ...args: Parameters<Computations[Name]>
) => Promise<ReturnType<Computations[Name]>>;

interface CheckingParts {
  db: Database;
  catalog: Catalog;
  compute: Compute;
  release: Release;
}

export const openChecking = ({ db, catalog, compute, release }: CheckingParts): Checking => ({
  async check({ served }, changed) {
    const now = await db.now();
    const [sdls, operations, approvals] = await Promise.all([
      catalog.sdlsOf(served?.members ?? {}),
      catalog.pushedDocuments(),
      catalog.approvals(now),
    ]);
    return compute('check', {
      ...{ served: sdls, changed, clients: served?.apiSdl ?? null, operations, approvals, now },
      countedSince: null,
      release: { ...release, today: now.toISOString().slice(0, 10) },
    });
  },

  async lint(subgraph) {
    const { served } = await catalog.head();
    const findings = await compute('lint', subgraph, await catalog.sdlsOf(served?.members ?? {}));
    return { passed: findings.every(({ severity }) => severity !== 'ERROR'), findings };
  },

  difference: (...of) => compute('difference', ...of),

  sdlsOfSteps: (steps) =>
    Promise.all(
      steps.map(async ({ name, version }) => ({
        name,
        sdl: version === null ? null : ((await catalog.version(name, version))?.sdl ?? null),
      })),
    ),
});
