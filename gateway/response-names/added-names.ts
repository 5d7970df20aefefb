// The fields that a query plan can add to a client's selections, read from the supergraph.
import { type ConstDirectiveNode, Kind, parse, visit } from 'graphql';

/** Fields that a plan selects under their own names, beside the client's. */
export interface AddedNames {
  all: ReadonlySet<string>;
  /** Those that a plan selects with arguments. */
  withArguments: ReadonlySet<string>;
}

/**
 * The supergraph's field sets that plans need: the keys of entities, and fields that a subgraph requires from others.
 */
const fieldSets: Readonly<Record<string, string>> = { join__type: 'key', join__field: 'requires' };

/**
 * The names of all fields in all field sets, nested ones included, and `__typename`, which a plan can select anywhere.
 */
export function addedNames(supergraphSdl: string): AddedNames {
  const all = new Set(['__typename']);
  const withArguments = new Set<string>();
  visit(parse(supergraphSdl, { noLocation: true }), {
    Directive(directive) {
      const fields = fieldSetOf(directive as ConstDirectiveNode);
      if (fields === undefined) return;
      visit(parse(`{ ${fields} }`, { noLocation: true }), {
        Field(field) {
          all.add(field.name.value);
          if (field.arguments?.length) withArguments.add(field.name.value);
        },
      });
    },
  });
  return { all, withArguments };
}

function fieldSetOf({ name, arguments: given = [] }: ConstDirectiveNode): string | undefined {
  const argument = given.find((each) => each.name.value === fieldSets[name.value]);
  return argument?.value.kind === Kind.STRING ? argument.value.value : undefined;
}
