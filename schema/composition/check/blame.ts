// Which of the changed subgraphs caused a change of the clients' schema, and where in its SDL.
import type { SubgraphSdl } from '../nullability.ts';
import { type Element, elementsIn, signatureOf } from './elements.ts';
import { placeIn, type SdlPlace } from './found.ts';
import type { ParsedSdl } from './reading.ts';

/** A changed subgraph before and after; null while it does not exist. */
export interface ChangedSubgraph {
  name: string;
  before: ParsedSdl | null;
  after: ParsedSdl | null;
}

/** Finds the place of a coordinate: of what a subgraph changed, or else of the first that was changed. */
export function blameOn(changed: readonly ChangedSubgraph[]): (coordinate: string) => SdlPlace {
  const versions = changed.map(({ name, before, after }) => ({ name, before: indexOf(before), after: indexOf(after) }));
  return (coordinate) => {
    const causes = (each: (typeof versions)[number], at: string) =>
      each.before.get(at)?.text !== each.after.get(at)?.text;
    const [type = ''] = coordinate.split(/[.(]/);
    const cause =
      versions.find((each) => causes(each, coordinate)) ?? versions.find((each) => causes(each, type)) ?? versions[0];
    if (!cause) throw new Error('a change has a changed subgraph');
    const [field = ''] = coordinate.split('(');
    const element = cause.after.get(coordinate) ?? cause.after.get(field) ?? cause.after.get(type);
    return placeIn(cause.name, element?.node);
  };
}

interface Version {
  node: Element['node'];
  /** The definition, and of a type with its extensions all of them. */
  text: string;
}

function indexOf(part: ParsedSdl | null): ReadonlyMap<string, Version> {
  const index = new Map<string, Version>();
  for (const element of part ? elementsIn(part.document) : []) {
    const known = index.get(element.coordinate);
    const text = signatureOf(element);
    index.set(
      element.coordinate,
      known ? { node: known.node, text: `${known.text}\n${text}` } : { node: element.node, text },
    );
  }
  return index;
}

/** The subgraphs with these changes, by name. */
export function partsAfter(
  served: readonly SubgraphSdl[],
  changed: readonly { name: string; sdl: string | null }[],
): SubgraphSdl[] {
  const next = new Map(served.map(({ name, sdl }) => [name, sdl]));
  for (const { name, sdl } of changed) {
    if (sdl === null) next.delete(name);
    else next.set(name, sdl);
  }
  return [...next].map(([name, sdl]) => ({ name, sdl })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
