// The costs of fields, read from @cost and @listSize in the supergraph; the API schema does not contain them.
import { type ConstDirectiveNode, Kind, parse, valueFromASTUntyped } from 'graphql';

/** The cost of a field, or of all fields of a type, by the schema. */
export interface Price {
  /** The cost of one item, without its selections. */
  weight?: number;
  list?: ListSize;
}

/** The size of a list, by @listSize. */
export interface ListSize {
  /** The size if no argument gives it. */
  assumed?: number;
  /** The arguments that give the size: the largest one counts. */
  slicing: readonly string[];
  /** The lists below the field that have this size; none if the field is the list itself. */
  sized: readonly string[];
}

/** The prices of types, by name, and of fields, as `Type.field`. */
export type Prices = ReadonlyMap<string, Price>;

/** Reads the prices from a supergraph. */
export function readPrices(supergraphSdl: string): Prices {
  const prices = new Map<string, Price>();
  const note = (name: string, directives: readonly ConstDirectiveNode[] = []) => {
    const price = priceIn(directives);
    if (price) prices.set(name, price);
    return undefined;
  };
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (!('name' in definition)) continue;
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
