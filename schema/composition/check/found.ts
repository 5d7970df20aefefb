// Makes findings: what is wrong, where, and what to do.
import { type ASTNode, Kind } from 'graphql';
import type { Finding, Severity } from './finding.ts';

/** Where a finding is. */
export type SdlPlace = Pick<Finding, 'subgraph' | 'line' | 'column'>;

/** A finding about the SDL itself: it cannot be approved and concerns no operation. */
export const found = (severity: Severity, code: string, place: SdlPlace, message: string, advice: string): Finding => ({
  ...{ code, severity, subgraph: place.subgraph, line: place.line, column: place.column, message, advice },
  ...{ change: null, isApproved: false, operations: [] },
});

/** Where the node begins. Of a definition its name counts, not its description: that is where editors show it. */
export function placeIn(subgraph: string, node: ASTNode | undefined): SdlPlace {
  const { name = node } = (node?.kind === Kind.DIRECTIVE ? { name: node } : (node ?? {})) as { name?: ASTNode };
  const token = name?.loc?.startToken;
  return { subgraph, line: token?.line ?? null, column: token?.column ?? null };
}

const ORDER: readonly Severity[] = ['ERROR', 'BREAKING', 'DANGEROUS', 'WARNING', 'SAFE'];
const MOST = 1_000; // findings of one check; people read the first screen

/** The gravest first, then by place, so that the same proposal gives the same list. Beyond 1,000 only their number. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const sorted = findings.toSorted(
    (a, b) =>
      ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) ||
      compare(a.subgraph, b.subgraph) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
  const [next] = sorted.slice(MOST);
  if (!next) return sorted;
  const rest = `${sorted.length - MOST} more findings are not listed.`;
  const place = { subgraph: next.subgraph, line: null, column: null };
  return [...sorted.slice(0, MOST), found(next.severity, 'MORE_FINDINGS', place, rest, 'Correct these first.')];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
