// A cycle of @requires: fields that wait for each other, so that none of them can ever be answered.
import { type FieldDefinitionNode, Kind, parse, type SelectionSetNode, type TypeNode, visit, BREAK } from 'graphql';
import { elementsIn } from './elements.ts';
import type { Finding } from './finding.ts';
import { found, placeIn, type SdlPlace } from './found.ts';
import type { ParsedSdl } from './reading.ts';

/** How one subgraph answers a field. */
interface Answer {
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
  const reported = new Set<string>();
  return [...answers.keys()].flatMap((coordinate) => {
    if (solved.has(coordinate)) return [];
    const cycle = cycleFrom(coordinate, answers, solved);
    const key = cycle
      .map(({ field }) => field)
      .toSorted()
      .join();
    if (reported.has(key)) return [];
    reported.add(key);
    return cycle.map(({ place, field }, at) => cycleFinding(place, field, [...cycle.slice(at), ...cycle.slice(0, at)]));
  });
}

const cycleFinding = (place: SdlPlace, field: string, cycle: readonly Step[]): Finding => {
  const whole = [...cycle.map((each) => `${each.field} (${each.place.subgraph})`), field].join(' requires ');
  const advice = 'Break the cycle: compute one of these fields from fields that require nothing.';
  return found('ERROR', 'REQUIRES_CYCLE', place, `${whole}: none of them can be answered.`, advice);
};

function answersIn(parts: readonly ParsedSdl[]): Map<string, Answer[]> {
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
  const solved = new Set<string>();
  const isSolved = (field: string) => solved.has(field) || !answers.has(field);
  for (let before = -1; before < solved.size;) {
    before = solved.size;
    for (const [field, ways] of answers) if (ways.some(({ requires }) => requires.every(isSolved))) solved.add(field);
  }
  return solved;
}

interface Step {
  field: string;
  place: SdlPlace;
}

/** Follows what cannot be answered until a field comes again. */
function cycleFrom(
  start: string,
  answers: ReadonlyMap<string, readonly Answer[]>,
  solved: ReadonlySet<string>,
): Step[] {
  const path: Step[] = [];
  for (let field = start; !path.some((step) => step.field === field);) {
    const [answer] = answers.get(field) ?? [];
    const next = answer?.requires.find((each) => answers.has(each) && !solved.has(each));
    if (!answer || next === undefined) return path;
    path.push({ field, place: answer.place });
    field = next;
    const first = path.findIndex((step) => step.field === next);
    if (first >= 0) return path.slice(first);
  }
  return path;
}
