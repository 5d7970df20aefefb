// What each field requires of its caller: compiled from @access in the SDL of every subgraph. Composition would keep the application
// that most subgraphs have, so it does not get to see it.
import { type ASTNode, type DocumentNode, parse } from 'graphql';
import { grouped, type NonEmpty } from '../values/non-empty.ts';
import { covers, type Permissions } from '../wire/need.ts';
import type { Need } from '../wire/supergraph-artifact.ts';
import { describeNeed, type FieldAccess, fieldsIn } from './access-fields.ts';
import type { SubgraphSdl } from './nullability.ts';

/** What is wrong with what a subgraph says about a field, and where it stands in its SDL. */
export interface AccessFault {
  subgraph: string;
  /** `Type.field`, or `Type`. */
  coordinate: string;
  line: number;
  column: number;
  message: string;
}

export interface CompiledAccess {
  /** The requirement of each field, by `Type.field`; of an interface's field only if a subgraph states one. */
  permissions: Permissions;
  /** While there are some, `permissions` is not complete. */
  faults: readonly AccessFault[];
}

/**
 * The requirement of every field of the supergraph of these subgraphs. Of several subgraphs with the same field the
 * strictest counts. Throws a GraphQLError for an SDL with a syntax error.
 */
export const accessOf = (parts: readonly SubgraphSdl[]): CompiledAccess =>
  accessIn(parts.map(({ name, sdl }) => ({ name, document: parse(sdl) })));

/** A field as one subgraph declares it. */
type Declared = FieldAccess & { subgraph: string };

/** The same for parsed SDLs. */
export function accessIn(parts: readonly { name: string; document: DocumentNode }[]): CompiledAccess {
  const faults: AccessFault[] = [];
  const permissions: Record<string, Need> = {};
  const declared = parts.flatMap(({ name: subgraph, document }): Declared[] =>
    fieldsIn(document, (at, coordinate, message) => faults.push({ subgraph, coordinate, ...placeOf(at), message })).map(
      (field) => ({ ...field, subgraph }),
    ),
  );
  for (const [coordinate, of] of grouped(inImplementations(declared, parts), (each) => each.coordinate)) {
    const strictest = of.find(({ need }) => of.every((other) => covers(need, other.need)));
    if (strictest) permissions[coordinate] = strictest.need;
    else faults.push(...conflict(coordinate, of));
  }
  return { permissions: sorted(permissions), faults };
}

/** A field of `@interfaceObject` is one of each type that implements the interface. */
function inImplementations(declared: readonly Declared[], parts: readonly { document: DocumentNode }[]): Declared[] {
  if (!declared.some(({ isOfInterfaceObject }) => isOfInterfaceObject)) return [...declared];
  const implementing = new Map<string, Set<string>>();
  for (const definition of parts.flatMap(({ document }) => document.definitions)) {
    if (!('interfaces' in definition) || !/^Object/.test(definition.kind)) continue;
    for (const { name } of definition.interfaces ?? [])
      implementing.set(name.value, (implementing.get(name.value) ?? new Set()).add(definition.name.value));
  }
  return declared.flatMap((field) => {
    const [type = '', name = ''] = field.coordinate.split('.');
    const types = field.isOfInterfaceObject ? [...(implementing.get(type) ?? [])] : [];
    return [field, ...types.map((each) => ({ ...field, coordinate: `${each}.${name}` }))];
  });
}

/** A fault for each subgraph whose need no other one's covers. */
function conflict(coordinate: string, of: NonEmpty<Declared>): AccessFault[] {
  const said = of.filter(
    (each) => !of.some((other) => covers(other.need, each.need) && !covers(each.need, other.need)),
  );
  return said.map(({ subgraph, at, need }) => {
    const others = said.filter((other) => !covers(need, other.need) || !covers(other.need, need));
    const theirs = others.map((other) => `${other.subgraph} says ${describeNeed(other.need)}`).join(', ');
    return {
      ...{ subgraph, coordinate, ...placeOf(at) },
      message: `${describeNeed(need)} here, and ${theirs}. None of them is the strictest: say the same in all subgraphs.`,
    };
  });
}

function placeOf({ loc }: ASTNode): Pick<AccessFault, 'line' | 'column'> {
  const { line, column } = loc?.startToken ?? { line: 1, column: 1 }; // its own count of lines; to count again is slow
  return { line, column };
}

const sorted = (permissions: Permissions): Permissions =>
  Object.fromEntries(Object.entries(permissions).sort(([a], [b]) => (a < b ? -1 : 1)));
