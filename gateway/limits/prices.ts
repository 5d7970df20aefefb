// What fields cost, read from the supergraph: its @cost and @listSize, which the schema for clients does not show.
import { type ConstDirectiveNode, Kind, parse, valueFromASTUntyped } from 'graphql';

/** What the schema says of a field, or of all fields of a type. */
export interface Price {
  /** Of one of it, without what is in it. */
  weight?: number;
  list?: ListSize;
}

/** How many a field gives, by @listSize. */
export interface ListSize {
  /** Where no argument says it. */
  assumed?: number;
  /** The arguments that may say it: the largest one given counts. */
  slicing: readonly string[];
  /** The lists below the field that have its size; none where the field is the list itself. */
  sized: readonly string[];
}

/** The prices of types, by name, and of fields, as `Type.field`. */
export type Prices = ReadonlyMap<string, Price>;

/** The prices in a supergraph. */
export function readPrices(supergraphSdl: string): Prices {
  const prices = new Map<string, Price>();
  const note = (name: string, directives: readonly ConstDirectiveNode[] = []) => {
    const price = priceIn(directives);
    if (price) prices.set(name, price);
    return undefined;
  };
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (!('name' in definition) || !definition.name || !('directives' in definition)) continue;
    const type = definition.name.value;
    note(type, definition.directives as readonly ConstDirectiveNode[]);
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) note(`${type}.${field.name.value}`, field.directives);
  }
  return prices;
}

function priceIn(directives: readonly ConstDirectiveNode[]): Price | undefined {
  const [cost, listSize] = ['cost', 'listSize'].map((name) => directives.find((each) => each.name.value === name));
  if (!cost && !listSize) return undefined;
  const { weight } = argumentsOf(cost) as { weight?: number };
  const list = argumentsOf(listSize) as { assumedSize?: number; slicingArguments?: string[]; sizedFields?: string[] };
  return {
    ...(weight !== undefined && { weight }),
    ...(listSize && {
      list: {
        ...(list.assumedSize !== undefined && { assumed: list.assumedSize }),
        slicing: list.slicingArguments ?? [],
        sized: list.sizedFields ?? [],
      },
    }),
  };
}

const argumentsOf = (directive: ConstDirectiveNode | undefined): Record<string, unknown> =>
  Object.fromEntries((directive?.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
