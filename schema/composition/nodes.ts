// Global object identification: an id's prefix names its type, and `node` finds the object by its id alone.
import { Kind, parse } from 'graphql';
import { type SubgraphSdl, hasResolvableKey } from './nullability.ts';

/** The part of the supergraph that the gateway answers itself. */
export const NODE_PART = 'node';

/** The maximum number of ids of one `nodes` field: the size of a page. */
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

/** The type that the id's prefix names; undefined if the prefix is unknown. The object need not exist. */
export const typeOfId = (id: string): string | undefined => typeByPrefix.get(/^([a-z]+)_/.exec(id)?.[1] ?? '');

/**
 * The SDL of the gateway's own part: Query.node, Query.nodes, and a stub of every type that they can find. It is
 * generated, so that no subgraph has to declare the interface. The subgraph that owns an object says which callers
 * its fields need, and decides whether it shows the object to this one.
 */
export const nodeSdl = (): string => `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@listSize"])

  "An object with a global id, which \`node\` can look up."
  interface Node {
    "Unique among all objects. Its prefix names the type, as ord_ for an Order; the rest is opaque."
    id: ID!
  }

  type Query {
    "An object by its global id; null if it does not exist or the caller may not see it."
    node("The object's id." id: ID!): Node @access(to: "anyone")

    "Objects by their global ids, in the same order; null for each that does not exist or that the caller may not see."
    nodes("0 to ${MOST_NODES} ids." ids: [ID!]!): [Node] @access(to: "anyone") @listSize(assumedSize: ${MOST_NODES})
  }

  ${[...typeByPrefix.values()]
    .map(
      (type) => `type ${type} implements Node @key(fields: "id", resolvable: false) @access(to: "anyone") { id: ID! }`,
    )
    .join('\n  ')}
`;

/** The reasons why `node` cannot find every type with the key `id`, a sentence each. */
export function nodeFaults(parts: readonly SubgraphSdl[]): string[] {
  const { unlisted, lost } = nodeGaps(parts);
  return [
    ...unlisted.map((type) => `${type}: name the prefix of its ids in schema/composition/nodes.ts.`),
    ...lost.map((type) => `${type}: schema/composition/nodes.ts has a prefix, and no subgraph a key "id".`),
  ];
}

/** The types with the key `id` that have no prefix, and the types with a prefix of which no subgraph has such a key. */
export function nodeGaps(parts: readonly SubgraphSdl[]): { unlisted: string[]; lost: string[] } {
  const keyed = new Set(parts.flatMap(({ sdl }) => typesKeyedById(sdl)));
  const known = new Set(typeByPrefix.values());
  return {
    unlisted: [...keyed].filter((type) => !known.has(type)),
    lost: [...known].filter((type) => !keyed.has(type)),
  };
}

const typesKeyedById = (sdl: string): string[] =>
  parse(sdl).definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION && hasResolvableKey(node, 'id') ? [node.name.value] : [],
  );
