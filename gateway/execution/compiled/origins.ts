// Which fetches of a plan give each field of the answer: they are asked when the field is missing.
import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';
import { fragmentOf, fragmentsOf, operationIn } from '../../limits/document.ts';
import type { PlanPath } from './reach.ts';
import type { Types } from './possible-types.ts';

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

/** Notes what a fetch selects at the place of its objects; `renamed` are the names after its rewrites. */
export function noteFetch(
  place: Place,
  fetch: number,
  document: DocumentNode,
  renamed: (name: string) => string,
  types: Types,
): void {
  const fragments = fragmentsOf(document);
  const { selectionSet } = operationIn(document);
  const [first] = selectionSet.selections;
  const isOfEntities = first?.kind === Kind.FIELD && first.name.value === '_entities';
  const selected = isOfEntities ? first.selectionSet : selectionSet;
  if (selected) note(place, selected, undefined);

  function note(at: Place, { selections }: SelectionSetNode, on: ReadonlySet<string> | undefined): void {
    for (const each of selections) {
      if (each.kind === Kind.FIELD) {
        const below = placeBelow(at, renamed((each.alias ?? each.name).value));
        below.givers.push({ fetch, types: on });
        if (each.selectionSet) note(below, each.selectionSet, undefined);
        continue;
      }
      const { typeCondition, selectionSet: inside } = fragmentOf(each, fragments);
      const possible = typeCondition && types.possible(typeCondition.name.value);
      const both = possible && on ? new Set([...possible].filter((name) => on.has(name))) : (possible ?? on);
      note(at, inside, both);
    }
  }
}

/** The place at a path of the plan. */
export const placeAt = (root: Place, path: PlanPath): Place =>
  path.reduce((at, step) => (step === '@' ? at : placeBelow(at, step)), root);

function placeBelow({ below }: Place, name: string): Place {
  const place = below.get(name) ?? newPlace();
  below.set(name, place);
  return place;
}
