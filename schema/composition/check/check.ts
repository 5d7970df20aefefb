// The check of a schema change: pure, so that a registry, a command and a test see the same.
import { clientSchema, composed, type CompositionFault } from '../composition.ts';
import type { SubgraphSdl } from '../nullability.ts';
import { accessChanges, accessTo } from './access-rules.ts';
import { blameOn, partsAfter } from './blame.ts';
import { elementsIn } from './elements.ts';
import { clientFindings } from './client-findings.ts';
import { errorCodesIn } from './names.ts';
import type { CheckResult, Finding, Proposal } from './finding.ts';
import { found, inOrder, placeIn, type SdlPlace } from './found.ts';
import { takeoversIn, typesLostByNode } from './graph-rules.ts';
import { lintChanged, partsOf, readAll } from './lint.ts';
import { type ParsedSdl, asSentence } from './reading.ts';

const MOST_ERRORS = 100; // with more, composition would cost time and tell nothing that helps

/**
 * Checks the change: it reads, lints and composes the SDLs, compares the clients' schema, and finds the operations that
 * are affected. Findings come with the gravest first. An SDL that cannot be read, or has
 * very many errors, is not composed.
 */
export function checkProposal(proposal: Proposal): CheckResult {
  const { served, changed } = proposal;
  const { parts, findings } = readAll(changed.filter(hasSdl));
  const unread = [...findings, ...unknownDeletions(proposal)];
  if (unread.some(isError)) return resultOf(unread, null);
  const names = new Set(changed.map(({ name }) => name));
  const others = partsOf(served.filter(({ name }) => !names.has(name)));
  const linted = [...unread, ...lintChanged(parts, others, served)];
  if (linted.some(({ code }) => code === 'REQUIRES_CYCLE') || linted.filter(isError).length > MOST_ERRORS)
    return resultOf(linted, null);
  const after = partsAfter(served, changed);
  const { supergraphSdl, faults } = composed(after);
  if (supergraphSdl === null) return resultOf([...linted, ...compositionFindings(faults, parts, changed)], null);
  const apiSdl = clientSchema(supergraphSdl);
  const all = [...linted, ...findingsForClients(proposal, apiSdl, parts, after)];
  return resultOf(all, supergraphOf(supergraphSdl, apiSdl, [...others, ...parts]));
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
function compositionFindings(
  faults: readonly CompositionFault[],
  parts: readonly ParsedSdl[],
  changed: Proposal['changed'],
): Finding[] {
  const names = new Set(changed.map(({ name }) => name));
  const byCoordinate = placesIn(parts);
  return faults.map(({ code, message, places }) => {
    const [, prefix, text = message] = /^\[([\w-]+)\] ([^]*)$/.exec(message) ?? [];
    const [mentioned] = [...message.matchAll(/"(\w+\.\w+)"/g)].flatMap(([, each = '']) => byCoordinate.get(each) ?? []);
    const subgraph = prefix !== undefined && names.has(prefix) ? prefix : (changed[0]?.name ?? '');
    const place = places.find((each) => names.has(each.subgraph)) ??
      mentioned ?? { subgraph, line: null, column: null };
    const sentences = asSentence(prefix === place.subgraph ? text : message);
    return found('ERROR', `COMPOSITION_${code}`, place, sentences, adviceOnComposition(code));
  });
}

/** Where each element is; of a coordinate that comes several times the first. */
const placesIn = (parts: readonly ParsedSdl[]): ReadonlyMap<string, SdlPlace> =>
  new Map(
    parts
      .flatMap(({ name, document }) =>
        elementsIn(document).map((each) => [each.coordinate, placeIn(name, each.node)] as const),
      )
      .toReversed(),
  );

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
  const [needed, needs] = [served, after].map((sdls) => accessTo(partsOf(sdls)).permissions);
  const hidden = {
    lost: typesLostByNode(served, after),
    takeovers: takeoversIn(before, parts),
    access: accessChanges(needed ?? {}, needs ?? {}),
  };
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
