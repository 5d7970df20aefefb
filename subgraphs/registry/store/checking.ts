// Checks changes of what is served, in a thread of its own: composition takes most of a second.
import type { Database } from '../../../infra/database/database.ts';
import type { CheckResult, Finding, KnownOperation, Proposal } from '../../../schema/composition/check/finding.ts';
import type { SchemaKind } from '../../../schema/composition/check/version-difference.ts';
import type { SubgraphSdl } from '../../../schema/composition/nullability.ts';
import type { Release } from '../../../schema/composition/deprecation.ts';
import { DAY } from '../../../schema/terms/durations.ts';
import { TooLong } from './check-thread.ts';
import type { Compute } from './computations.ts';
import type { Usage } from './usage.ts';
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
  /** Why documents are not valid for the clients of now, a sentence each. */
  documentFaults(documents: readonly string[]): Promise<string[]>;
  /** The documents that use an element of the schema of clients, as `Type.field`. */
  documentsUsing(coordinate: string, documents: readonly KnownOperation[]): Promise<KnownOperation[]>;
  /** The SDLs that lead back to other versions. */
  sdlsOfSteps(steps: readonly { name: string; version: number | null }[]): Promise<ProposedChange[]>;
}

interface CheckingParts {
  db: Database;
  catalog: Catalog;
  usage: Usage;
  /** The days in which a use counts. */
  window: number;
  compute: Compute;
  release: Release;
}

export const openChecking = ({ db, catalog, usage, window, compute, release }: CheckingParts): Checking => ({
  async check({ served }, changed) {
    const now = await db.now();
    const [sdls, pushed, used, since, approvals] = await Promise.all([
      catalog.sdlsOf(served?.members ?? {}),
      catalog.pushedDocuments(),
      usage.operations(window),
      usage.countedSince(),
      catalog.approvals(now),
    ]);
    const isWhole = since !== null && now.getTime() - since.getTime() >= window * DAY;
    const operations = [...pushed, ...used];
    const proposal: Proposal = {
      ...{ served: sdls, changed, clients: served?.apiSdl ?? null, operations, approvals, now },
      countedSince: isWhole ? since : null,
      release: { ...release, today: now.toISOString().slice(0, 10) },
    };
    return compute('check', proposal).catch((error: unknown) => {
      if (error instanceof TooLong) return { passed: false, findings: changed.map(tooLong), supergraph: null };
      throw error;
    });
  },

  async lint(subgraph) {
    const { served } = await catalog.head();
    const findings = await compute('lint', subgraph, await catalog.sdlsOf(served?.members ?? {}));
    return { passed: findings.every(({ severity }) => severity !== 'ERROR'), findings };
  },

  async documentFaults(documents) {
    const { served } = await catalog.head();
    return served ? compute('documentFaults', documents, served.apiSdl) : [];
  },

  async documentsUsing(coordinate, documents) {
    const { served } = await catalog.head();
    const texts = documents.map(({ text }) => text ?? '');
    const used = served ? await compute('coordinates', texts, served.apiSdl) : [];
    return documents.filter((_, i) => used[i]?.includes(coordinate));
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

/** A valid schema of a few thousand elements can take composition minutes. */
const tooLong = ({ name }: ProposedChange): Finding => ({
  ...{ code: 'CHECK_TOO_LONG', severity: 'ERROR', subgraph: name, line: null, column: null, change: null },
  message: 'The check took too long, and was ended.',
  advice: 'Give types fewer fields and shorter chains of @requires, or split the subgraph.',
  ...{ isApproved: false, operations: [] },
});
