// The check of a schema change: pure, so that a registry, a command and a test see the same.
import { clientSchema, composed, type CompositionFault } from '../composition.ts';
import type { SubgraphSdl } from '../nullability.ts';
import { accessTo } from './access-rules.ts';
import { blameOn, partsAfter } from './blame.ts';
import { elementsIn } from './elements.ts';
import { clientFindings } from './client-findings.ts';
import { errorCodesIn } from './names.ts';
import type { CheckResult, Finding, Proposal } from './finding.ts';
import { found, inOrder, placeIn, type SdlPlace } from './found.ts';
import { takeoversIn, typesLostByNode } from './graph-rules.ts';
import { lintChanged, partsOf, readAll } from './lint.ts';
import { type ParsedSdl, asSentence } from './reading.ts';

/**
 * Checks the change: it reads, lints and composes the SDLs, compares the clients' schema, and finds the operations that
 * are affected. Findings come with the gravest first. An SDL that cannot be read is not composed.
 */
export function checkProposal(proposal: Proposal): CheckResult {
  const { served, changed } = proposal;
  const { parts, findings } = readAll(changed.filter(hasSdl));
  findings.push(...unknownDeletions(proposal));
  if (findings.some(isError)) return resultOf(findings, null);
  const names = new Set(changed.map(({ name }) => name));
  const others = partsOf(served.filter(({ name }) => !names.has(name)));
  findings.push(...lintChanged(parts, others, served));
  if (findings.some(({ code }) => code === 'REQUIRES_CYCLE')) return resultOf(findings, null);
  const after = partsAfter(served, changed);
  const { supergraphSdl, faults } = composed(after);
  if (supergraphSdl === null) return resultOf([...findings, ...compositionFindings(faults, parts, changed)], null);
  const apiSdl = clientSchema(supergraphSdl);
  findings.push(...findingsForClients(proposal, apiSdl, parts, after));
  return resultOf(findings, supergraphOf(supergraphSdl, apiSdl, [...others, ...parts]));
}

const hasSdl = (each: Proposal['changed'][number]): each is SubgraphSdl => each.sdl !== null;
const isError = ({ severity }: Finding): boolean => severity === 'ERROR';

function resultOf(findings: readonly Finding[], supergraph: CheckResult['supergraph']): CheckResult {
  const fails = findings.some((each) => isError(each) || (each.severity === 'BREAKING' && !each.isApproved));
  return { passed: supergraph !== null && !fails, findings: inOrder(findings), supergraph };
}

const unknownDeletions = ({ served, changed }: Proposal): Finding[] =>
  changed
    .filter(({ name, sdl }) => sdl === null && !served.some((each) => each.name === name))
    .map(({ name }) => {
      const place = { subgraph: name, line: null, column: null };
      return found(
        'ERROR',
        'SUBGRAPH_UNKNOWN',
        place,
        `No subgraph ${name} is served.`,
        'Look for its name in the list.',
      );
    });

/** The faults of composition, in a changed subgraph where it takes part, and else in the first that was changed. */
const compositionFindings = (
  faults: readonly CompositionFault[],
  parts: readonly ParsedSdl[],
  changed: Proposal['changed'],
): Finding[] =>
  faults.map(({ code, message, places }) => {
    const [named = parts[0]] = parts.filter(({ name }) => message.startsWith(`[${name}]`));
    const place =
      places.find((each) => changed.some(({ name }) => name === each.subgraph)) ??
      placeOfMention(message, parts) ??
      ({ subgraph: named?.name ?? changed[0]?.name ?? '', line: null, column: null } as const);
    return found('ERROR', `COMPOSITION_${code}`, place, asSentence(message), adviceOnComposition(code));
  });

/** Where the first field is that a fault without a place names: "Type.field". */
function placeOfMention(message: string, parts: readonly ParsedSdl[]): SdlPlace | undefined {
  const mentioned = new Set([...message.matchAll(/"(\w+\.\w+)"/g)].map(([, coordinate]) => coordinate));
  const places = parts.flatMap(({ name, document }) =>
    elementsIn(document).flatMap(({ coordinate, node }) => (mentioned.has(coordinate) ? [placeIn(name, node)] : [])),
  );
  return places[0];
}

const adviceOnComposition = (code: string): string =>
  code === 'INVALID_FIELD_SHARING'
    ? 'Remove the field where you do not answer it, or add @shareable in every subgraph that does.'
    : code === 'SATISFIABILITY_ERROR'
      ? 'Give the type a @key that the other subgraph has too, or answer the field here.'
      : `Correct the SDL. Apollo documents ${code} under "Composition errors".`;

function findingsForClients(
  proposal: Proposal,
  apiSdl: string,
  parts: readonly ParsedSdl[],
  after: readonly SubgraphSdl[],
): Finding[] {
  const { clients, changed, served } = proposal;
  if (clients === null) return [];
  const before = partsOf(served.filter(({ name }) => changed.some((each) => each.name === name)));
  const partIn = (of: readonly ParsedSdl[], name: string) => of.find((each) => each.name === name) ?? null;
  const blame = blameOn(
    changed.map(({ name }) => ({ name, before: partIn(before, name), after: partIn(parts, name) })),
  );
  const hidden = { lost: typesLostByNode(served, after), takeovers: takeoversIn(before, parts) };
  return clientFindings({ ...proposal, clients }, apiSdl, hidden, blame);
}

const supergraphOf = (
  supergraphSdl: string,
  apiSdl: string,
  parts: readonly ParsedSdl[],
): CheckResult['supergraph'] => ({
  ...{ supergraphSdl, apiSdl, permissions: accessTo(parts).permissions },
  errorCodes: Object.fromEntries(parts.map((part) => [part.name, errorCodesIn(part)])),
});
