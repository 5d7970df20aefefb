// Which fetches of a plan give each field of the answer: they are asked when the field is missing.
import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';
import { fragmentOf, type Fragments, fragmentsOf, operationIn } from '../../limits/document.ts';
import type { PlanPath } from './reach.ts';
import type { Types } from './types.ts';

/** A fetch that gives a field, on objects of these types; on all if undefined. */
interface Giver {
  fetch: number;
  types: ReadonlySet<string> | undefined;
}

/** A place in the answer, by the response names of the plan; list levels do not count. */
export interface Place {
  givers: Giver[];
  below: Map<string, Place>;
}

export const newPlace = (): Place => ({ givers: [], below: new Map() });

/** The numbers of the fetches that give the place on objects of this type. */
export const fetchesOf = ({ givers }: Place, typeName: string): number[] => [
  ...new Set(givers.flatMap(({ fetch, types }) => (!types || types.has(typeName) ? [fetch] : []))),
];

/** Notes what a fetch selects, below the path of its objects. */
export function noteFetch(root: Place, fetch: number, path: PlanPath, document: DocumentNode, types: Types): void {
  const fragments = fragmentsOf(document);
  const { selectionSet } = operationIn(document);
  const [first] = selectionSet.selections;
  const isOfEntities = first?.kind === Kind.FIELD && first.name.value === '_entities';
  const place = path.reduce((at, step) => (step === '@' ? at : placeBelow(at, step)), root);
  const set = isOfEntities ? first.selectionSet : selectionSet;
  if (set) note(place, fetch, set, undefined, fragments, types);
}

function placeBelow({ below }: Place, name: string): Place {
  const place = below.get(name) ?? newPlace();
  below.set(name, place);
  return place;
}

function note(
  place: Place,
  fetch: number,
  { selections }: SelectionSetNode,
  on: ReadonlySet<string> | undefined,
  fragments: Fragments,
  types: Types,
): void {
  for (const each of selections) {
    if (each.kind === Kind.FIELD) {
      const below = placeBelow(place, (each.alias ?? each.name).value);
      below.givers.push({ fetch, types: on });
      if (each.selectionSet) note(below, fetch, each.selectionSet, undefined, fragments, types);
      continue;
    }
    const { typeCondition, selectionSet } = fragmentOf(each, fragments);
    const possible = typeCondition && types.possible(typeCondition.name.value);
    const both = possible && on ? new Set([...possible].filter((name) => on.has(name))) : (possible ?? on);
    note(place, fetch, selectionSet, both, fragments, types);
  }
}
