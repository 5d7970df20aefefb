// Puts markers into an operation: names them, and finds the fields that merge with a marked one.
import { type DocumentNode, type FieldNode, type GraphQLCompositeType, Kind, visit } from 'graphql';
import type { MarkedObject, Marker } from './markers.ts';
import { isConditional } from './selections.ts';

/** Where a selection set is. */
export interface SelectionContext {
  type: GraphQLCompositeType;
  /** The names of the object types that are possible there: fewer than those of `type` within other fragments. */
  possible: ReadonlySet<string>;
  place: MarkedObject;
  /** Whether every object at the place has what the set selects: no condition and no narrower type is around it. */
  isSure: boolean;
}

export interface Marking {
  /** A marker in place of the field. */
  mark: (node: FieldNode, context: SelectionContext, marker: Marker) => FieldNode;
  /** A marker in place of a field that is allowed, and is the same field of the answer as a marked one. */
  merged: (node: FieldNode, context: SelectionContext) => FieldNode | undefined;
}

export function openMarking(document: DocumentNode): Marking {
  const prefix = unusedPrefix(document);
  /** By place, and by type and response name: the markers that every object of the type has there. */
  const sure = new Map<MarkedObject, Map<string, Marker>>();
  let count = 0;

  function nameOf({ markers }: MarkedObject, marker: Marker): string {
    for (const [name, each] of markers) if (isSame(each, marker)) return name;
    const name = `${prefix}${count++}`;
    markers.set(name, marker);
    return name;
  }

  const keyOf = ({ type }: SelectionContext, response: string): string => `${type.name}.${response}`;

  return {
    mark(node, context, marker) {
      const here = sure.get(context.place) ?? new Map<string, Marker>();
      sure.set(context.place, here);
      if (context.isSure && !isConditional(node)) here.set(keyOf(context, marker.field), marker);
      return markerNode(node, nameOf(context.place, marker));
    },
    merged(node, context) {
      const marker = sure.get(context.place)?.get(keyOf(context, (node.alias ?? node.name).value));
      return marker && markerNode(node, nameOf(context.place, marker));
    },
  };
}

const markerNode = ({ directives = [] }: FieldNode, alias: string): FieldNode => ({
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: alias },
  name: { kind: Kind.NAME, value: '__typename' },
  directives,
});

function isSame(one: Marker, other: Marker): boolean {
  const key = ({ field, nullsObject, forbidden: { name, below } }: Marker) =>
    JSON.stringify([field, nullsObject, name, below]);
  const { needs } = one.forbidden;
  return (
    key(one) === key(other) &&
    needs.length === other.forbidden.needs.length &&
    needs.every((need, i) => need === other.forbidden.needs[i])
  );
}

/** The beginning of the markers' names: no response name of the document has it. */
function unusedPrefix(document: DocumentNode): string {
  const names = new Set<string>();
  visit(document, { Field: ({ alias, name }) => void names.add((alias ?? name).value) });
  let prefix = '_forbidden';
  while ([...names].some((name) => name.startsWith(prefix))) prefix += '_';
  return prefix;
}
