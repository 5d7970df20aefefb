// Global object identification: the prefix of an id names its type, and `node` finds the object by its id alone.
import { Kind, parse } from 'graphql';
import { type Subgraph, hasResolvableKey } from './nullability.ts';

/** The part of the supergraph that the gateway answers itself. */
export const NODE_PART = 'node';

/** The most ids that one `nodes` takes: as many as a page has. */
export const MOST_NODES = 100;

/** The type of a global id, by its prefix, as `ord` in `ord_01m7y...`. */
const typeByPrefix: ReadonlyMap<string, string> = new Map([
  ['acc', 'Account'],
  ['cti', 'CartItem'],
  ['off', 'FareOffer'],
  ['ord', 'Order'],
  ['pay', 'Payment'],
  ['rev', 'Review'],
  ['sgt', 'Sight'],
  ['sty', 'Stay'],
  ['trv', 'SavedTraveller'],
]);

/** The type of the object that has this id, if there is one; undefined for a prefix of no type. */
export const typeOfId = (id: string): string | undefined => typeByPrefix.get(/^([a-z]+)_/.exec(id)?.[1] ?? '');

/**
 * The SDL of the gateway's own part: Query.node, Query.nodes, and a stub of every type that they can find. It is derived
 * here, so that no subgraph has to declare the interface.
 */
export const nodeSdl = (): string => `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@listSize"])

  "An object with a global id, by which \`node\` finds it again."
  interface Node {
    "Unique among all objects. Its prefix names the type, as ord_ for an Order; the rest is opaque."
    id: ID!
  }

  type Query {
    "Any object by its global id; null where there is none of this id, or the caller may not see it."
    node("The object's id." id: ID!): Node

    "Objects by their global ids, in the same order; null for each that does not exist or that the caller may not see."
    nodes("0 to ${MOST_NODES} ids." ids: [ID!]!): [Node] @listSize(assumedSize: ${MOST_NODES})
  }

  ${[...typeByPrefix.values()]
    .map((type) => `type ${type} implements Node @key(fields: "id", resolvable: false) { id: ID! }`)
    .join('\n  ')}
`;

/** What keeps \`node\` from finding every type that is keyed by its id, a sentence each. */
export function nodeFaults(parts: readonly Subgraph[]): string[] {
  const keyed = new Set(parts.flatMap(({ sdl }) => typesKeyedById(sdl)));
  const known = new Set(typeByPrefix.values());
  return [
    ...[...keyed]
      .filter((type) => !known.has(type))
      .map((type) => `${type}: name the prefix of its ids in schema/composition/nodes.ts.`),
    ...[...known]
      .filter((type) => !keyed.has(type))
      .map((type) => `${type}: schema/composition/nodes.ts has a prefix, and no subgraph a key "id".`),
  ];
}

const typesKeyedById = (sdl: string): string[] =>
  parse(sdl).definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION && hasResolvableKey(node, 'id') ? [node.name.value] : [],
  );
