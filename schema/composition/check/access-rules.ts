// What fields may show to whom, as a check sees it. Of several subgraphs with one field the strictest counts, so a team can
// also take a field of another team from its callers.
import { parse } from 'graphql';
import { covers, type Permissions } from '../../wire/need.ts';
import type { Need } from '../../wire/supergraph-artifact.ts';
import { describeNeed } from '../access-fields.ts';
import { accessIn, type AccessFault, type CompiledAccess } from '../access.ts';
import { withNodePart } from '../composition.ts';
import type { Use } from './effect.ts';
import type { Finding } from './finding.ts';
import { found } from './found.ts';
import type { ParsedSdl } from './reading.ts';
import { answersIn } from './requires-cycle.ts';
import type { Judged } from './verdict.ts';

/** What every field of these subgraphs and of the gateway's own part requires. */
export const accessTo = (parts: readonly ParsedSdl[]): CompiledAccess =>
  accessIn([...parts, ...withNodePart([]).map(({ name, sdl }) => ({ name, document: parse(sdl) }))]);

/**
 * The faults in the changed subgraphs, and those that the change causes in others. A field without access is refused:
 * no default is right for all fields.
 */
export function accessFindings(before: CompiledAccess, after: CompiledAccess, changed: ReadonlySet<string>): Finding[] {
  const keyOf = ({ subgraph, coordinate, message }: AccessFault) => JSON.stringify([subgraph, coordinate, message]);
  const known = new Set(before.faults.map(keyOf));
  const advice =
    "An @access on a type counts for its fields. schema/shared.graphql has the directive's definition to copy.";
  return after.faults
    .filter((fault) => changed.has(fault.subgraph) || !known.has(keyOf(fault)))
    .map((fault) => found('ERROR', 'ACCESS', fault, `${fault.coordinate}: ${fault.message}`, advice));
}

/**
 * Fields of the changed subgraphs that more callers may use than what they require. The gateway judges what a client
 * selects, and fetches what @requires names for every caller of the field.
 */
export const requirementFindings = (
  parts: readonly ParsedSdl[],
  { permissions }: CompiledAccess,
  changed: ReadonlySet<string>,
): Finding[] =>
  [...answersIn(parts)].flatMap(([coordinate, answers]) =>
    answers
      .filter(({ place }) => changed.has(place.subgraph))
      .flatMap(({ place, requires }) => requires.map((required) => ({ place, required })))
      .flatMap(({ place, required }) => {
        const [need, its] = [permissions[coordinate], permissions[required]];
        if (need === undefined || its === undefined || covers(need, its)) return [];
        const message = `${coordinate} needs ${describeNeed(need)} and requires ${required}, which needs ${describeNeed(its)}: more callers would get at it.`;
        return [found('ERROR', 'ACCESS_LEAK', place, message, 'Give the field the access of what it requires.')];
      }),
  );

/** A field that needs something else than before. */
export interface AccessChange {
  coordinate: string;
  from: Need;
  to: Need;
}

/** The fields in both graphs whose needs differ. */
export const accessChanges = (before: Permissions, after: Permissions): AccessChange[] =>
  Object.entries(before).flatMap(([coordinate, from]) => {
    const to = after[coordinate];
    return to === undefined || (covers(from, to) && covers(to, from)) ? [] : [{ coordinate, from, to }];
  });

/** Usage does not tell who the callers were, so that a field is no less tightened if no operation is known. */
export function judgeAccess({ coordinate, from, to }: AccessChange, uses: readonly Use[]): Judged {
  const isLoosened = covers(from, to);
  const change = `${coordinate} needs ${describeNeed(to)} in place of ${describeNeed(from)}`;
  return {
    code: isLoosened ? 'ACCESS_LOOSENED' : 'ACCESS_TIGHTENED',
    coordinate,
    severity: isLoosened ? 'DANGEROUS' : 'BREAKING',
    message: isLoosened ? `${change}: more callers see it.` : `${change}: callers lose it.`,
    content: [from, to],
    affected: uses.filter((use) => use.uses.has(coordinate)),
    isSafeUnused: false,
  };
}
