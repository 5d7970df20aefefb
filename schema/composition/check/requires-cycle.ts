// A cycle of @requires: fields that wait for each other, so that none of them can ever be answered.
import { type FieldDefinitionNode, Kind, parse, type SelectionSetNode, type TypeNode, visit, BREAK } from 'graphql';
import { elementsIn } from './elements.ts';
import type { NonEmpty } from '../../values/non-empty.ts';
import type { Finding } from './finding.ts';
import { found, placeIn, type SdlPlace } from './found.ts';
import type { ParsedSdl } from './reading.ts';

/** How one subgraph answers a field. */
export interface Answer {
  place: SdlPlace;
  /** The fields that it needs first, as Type.field. */
  requires: readonly string[];
}

/**
 * Each cycle once, with all of its fields. Composition itself does not end on one: it overflows the stack. A field that
 * another subgraph answers without the cycle is in none.
 */
export function requiresCycles(parts: readonly ParsedSdl[]): Finding[] {
  const answers = answersIn(parts);
  const solved = answerable(answers);
  const seen = new Set<string>();
  return [...answers.keys()].flatMap((coordinate) => {
    if (solved.has(coordinate) || seen.has(coordinate)) return [];
    const cycle = cycleFrom(coordinate, answers, solved, seen);
    return cycle
      .slice(0, MOST_FIELDS)
      .map((step, at) => cycleFinding([step, ...cycle.slice(at + 1), ...cycle.slice(0, at)]));
  });
}

const MOST_FIELDS = 20; // of a cycle that are named; an honest one has two or three

function cycleFinding(cycle: NonEmpty<Step>): Finding {
  const [{ field, place }] = cycle;
  const named = cycle.slice(0, MOST_FIELDS).map((each) => `${each.field} (${each.place.subgraph})`);
  const rest = cycle.length > MOST_FIELDS ? [`${cycle.length - MOST_FIELDS} others`] : [];
  const whole = [...named, ...rest, field].join(' requires ');
  const advice = 'Break the cycle: compute one of these fields from fields that require nothing.';
  return found('ERROR', 'REQUIRES_CYCLE', place, `${whole}: none of them can be answered.`, advice);
}

/** How the subgraphs answer each field, by its coordinate, and what they require for it. */
export function answersIn(parts: readonly ParsedSdl[]): Map<string, Answer[]> {
  const typeOf = new Map<string, string>();
  const fields = parts.flatMap(({ name, document }) =>
    elementsIn(document).flatMap(({ coordinate, type, node }) =>
      node.kind === Kind.FIELD_DEFINITION ? [{ name, coordinate, type: type.name.value, node }] : [],
    ),
  );
  for (const { coordinate, node } of fields) typeOf.set(coordinate, namedType(node.type));
  const answers = new Map<string, Answer[]>();
  for (const { name, coordinate, type, node } of fields) {
    if (node.directives?.some((each) => each.name.value === 'external')) continue;
    const requires = coordinatesIn(requiredBy(node), type, typeOf);
    answers.set(coordinate, [...(answers.get(coordinate) ?? []), { place: placeIn(name, node), requires }]);
  }
  return answers;
}

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

function requiredBy({ directives = [] }: FieldDefinitionNode): SelectionSetNode | undefined {
  const fields = directives
    .find(({ name }) => name.value === 'requires')
    ?.arguments?.find((each) => each.name.value === 'fields');
  if (fields?.value.kind !== Kind.STRING) return undefined;
  let selections: SelectionSetNode | undefined;
  try {
    visit(parse(`{ ${fields.value.value} }`), { SelectionSet: (node) => ((selections = node), BREAK) });
  } catch {
    return undefined; // composition reports it
  }
  return selections;
}

function coordinatesIn(set: SelectionSetNode | undefined, type: string, typeOf: ReadonlyMap<string, string>): string[] {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return coordinatesIn(selection.selectionSet, selection.typeCondition?.name.value ?? type, typeOf);
    const coordinate = `${type}.${selection.name.value}`;
    return [coordinate, ...coordinatesIn(selection.selectionSet, typeOf.get(coordinate) ?? '', typeOf)];
  });
}

/** The fields that can be answered: by a subgraph that requires only such fields, or fields that are not known here. */
function answerable(answers: ReadonlyMap<string, readonly Answer[]>): ReadonlySet<string> {
  const ways = [...answers].flatMap(([field, of]) =>
    of.map(({ requires }) => ({ field, missing: new Set(requires.filter((each) => answers.has(each))) })),
  );
  const waiting = new Map<string, typeof ways>();
  for (const way of ways) {
    for (const each of way.missing) {
      const others = waiting.get(each);
      if (others) others.push(way);
      else waiting.set(each, [way]);
    }
  }
  const solved = new Set(ways.filter(({ missing }) => !missing.size).map(({ field }) => field));
  for (const field of solved) {
    for (const way of waiting.get(field) ?? []) {
      way.missing.delete(field);
      if (!way.missing.size) solved.add(way.field); // the loop continues with it
    }
  }
  return solved;
}

interface Step {
  field: string;
  place: SdlPlace;
}

/** Follows what cannot be answered until a field comes again; none if it ends in what was `seen` before. */
function cycleFrom(
  start: string,
  answers: ReadonlyMap<string, readonly Answer[]>,
  solved: ReadonlySet<string>,
  seen: Set<string>,
): Step[] {
  const path: Step[] = [];
  let field: string | undefined = start;
  while (field !== undefined && !seen.has(field)) {
    seen.add(field);
    const [answer]: readonly Answer[] = answers.get(field) ?? [];
    if (!answer) return [];
    path.push({ field, place: answer.place });
    field = answer.requires.find((each) => answers.has(each) && !solved.has(each));
  }
  const first = path.findIndex((step) => step.field === field);
  return first < 0 ? [] : path.slice(first);
}
