// Checks SDLs without composing them: what they contain, and the rules of this graph.
import type { SubgraphSdl } from '../nullability.ts';
import { accessFindings, accessTo, requirementFindings } from './access-rules.ts';
import { conventionFindings, factsOf } from './conventions.ts';
import { unknownDirectives } from './federation.ts';
import type { Finding } from './finding.ts';
import { inOrder } from './found.ts';
import { nodeFindings, nullabilityFindings } from './graph-rules.ts';
import { errorCodeFindings, subgraphNameFindings, typeNameFindings } from './names.ts';
import { type ParsedSdl, parseSubgraph } from './reading.ts';
import { requiresCycles } from './requires-cycle.ts';

/** The findings on this SDL beside those of the other subgraphs, with the gravest first. It composes nothing. */
export function lintSubgraph(subgraph: SubgraphSdl, others: readonly SubgraphSdl[]): Finding[] {
  const { parts, findings } = readAll([subgraph]);
  if (!parts.length) return inOrder(findings);
  const beside = others.filter(({ name }) => name !== subgraph.name);
  return inOrder([...findings, ...lintChanged(parts, partsOf(beside), others)]);
}

/** Parses SDLs that are served already, and so can be read. */
export const partsOf = (sdls: readonly SubgraphSdl[]): ParsedSdl[] =>
  sdls.flatMap((sdl) => {
    const { part } = parseSubgraph(sdl);
    return part ? [part] : [];
  });

/** Parses SDLs, and finds what is wrong with each by itself. */
export function readAll(sdls: readonly SubgraphSdl[]): { parts: ParsedSdl[]; findings: Finding[] } {
  const read = sdls.map((sdl) => ({ name: sdl.name, ...parseSubgraph(sdl) }));
  const parts = read.flatMap(({ part }) => (part ? [part] : []));
  const findings = [
    ...read.flatMap((each) => [...subgraphNameFindings(each.name), ...each.findings]),
    ...parts.flatMap((part) => [...typeNameFindings(part), ...unknownDirectives(part), ...errorCodeFindings(part)]),
  ];
  return { parts, findings };
}

/** What the rules of the graph find on changed subgraphs; `before` is what is served without the change. */
export function lintChanged(
  changed: readonly ParsedSdl[],
  others: readonly ParsedSdl[],
  before: readonly SubgraphSdl[],
): Finding[] {
  const all = [...others, ...changed];
  const names = new Set(changed.map(({ name }) => name));
  const facts = factsOf(all);
  const access = accessTo(all);
  return [
    ...changed.flatMap((part) => [
      ...nullabilityFindings(part, all),
      ...nodeFindings(part),
      ...conventionFindings(part, facts),
    ]),
    ...accessFindings(accessTo(partsOf(before)), access, names),
    ...requirementFindings(all, access, names),
    ...requiresCycles(all).filter(({ subgraph }) => names.has(subgraph)),
  ];
}
