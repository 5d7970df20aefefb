// What is computed on schemas, in a thread of its own.
import type { CheckResult, Finding, Proposal } from '../../../schema/composition/check/finding.ts';
import type { SchemaKind } from '../../../schema/composition/check/version-difference.ts';
import type { SubgraphSdl } from '../../../schema/composition/nullability.ts';

/** What is computed on schemas, by name: in the thread of check-thread.ts. */
export interface Computations {
  check(proposal: Proposal): CheckResult;
  lint(subgraph: SubgraphSdl, others: readonly SubgraphSdl[]): Finding[];
  difference(kind: SchemaKind, before: string, after: string): string[];
  /** What each document uses of the schema; nothing if it is not valid there. */
  coordinates(documents: readonly string[], apiSdl: string): string[][];
  /** Why documents are not valid there, a sentence each. */
  documentFaults(documents: readonly string[], apiSdl: string): string[];
}

/** Runs one of them. */
export type Compute = <Name extends keyof Computations>(
  name: Name,
  ...args: Parameters<Computations[Name]>
) => Promise<ReturnType<Computations[Name]>>;
