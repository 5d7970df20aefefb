// The cost of an operation, by the IBM cost specification as Federation supports it: charged before execution.
import {
  type ASTNode,
  type FieldNode,
  type GraphQLError,
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  getNullableType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { pageSize } from '../../schema/terms/connection.ts';
import type { NonEmpty } from '../../schema/values/non-empty.ts';
import { fragmentOf, type Fragments, rootTypeOf } from './document.ts';
import type { ListSize, Prices } from './prices.ts';

const A_MUTATION = 20; // a transaction, its events, and often a mail
const UNSAID_LIST = 10; // items of a list without @listSize; a test checks that every list of ours has one

export interface Costed {
  operation: OperationDefinitionNode;
  fragments: Fragments;
  variables: Readonly<Record<string, unknown>>;
  schema: GraphQLSchema;
  prices: Prices;
}

const MOST_KNOWN = 50; // costs of one operation, by the values that they depend on

/**
 * The cost of an operation as a function of its variables. It depends on few of them, such as page sizes and
 * conditions: it is computed once for each set of their values.
 */
export function costFunction(costed: Omit<Costed, 'variables'>): (variables: Costed['variables']) => number {
  const names = variablesThatCount(costed);
  const known = new Map<string, number>();
  return (variables) => {
    const key = names.map((name) => weightOf(Object.hasOwn(variables, name) ? variables[name] : undefined)).join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const cost = costOf({ ...costed, variables });
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, cost);
    return cost;
  };
}

/** What counts of a value: absent and null are two things, as a variable's default replaces only the first. */
function weightOf(value: unknown): string {
  if (Array.isArray(value)) return `list of ${value.length}`;
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? String(value) : typeof value;
}

/** The variables of @skip and @include, and those in arguments that can be a list's size. */
function variablesThatCount({ operation, fragments, prices }: Omit<Costed, 'variables'>): string[] {
  const sizes = new Set(['ids', ...[...prices.values()].flatMap(({ list }) => list?.slicing ?? [])]);
  const names = new Set<string>();
  const note = (node: ASTNode): void => void visit(node, { Variable: ({ name }) => void names.add(name.value) });
  for (const root of [operation, ...fragments.values()]) {
    visit(root, {
      Directive: note,
      Argument: (node) => {
        if (sizes.has(node.name.value)) note(node);
      },
    });
  }
  return [...names];
}

/**
 * The cost of a valid operation. A field costs its @cost, else its type's @cost, else 1 if it has a selection set and 0
 * if not; a list multiplies the cost of an item by its @listSize, with the arguments of this request. If a field can
 * have several types, the most expensive counts. Selections that @skip and @include leave out cost nothing. An invalid
 * page size is BAD_USER_INPUT, as in the subgraphs.
 */
export function costOf({ operation, fragments, variables, schema, prices }: Costed): number {
  const [queries, mutations] = [schema.getQueryType(), schema.getMutationType()];
  const given = { ...defaultsOf(operation), ...variables }; // once: there may be thousands of them

  /** The cost of selections on an object type; `sizes` are the list sizes that a parent field has set. */
  function ofSelections(sets: readonly SelectionSetNode[], type: GraphQLObjectType, sizes: Sizes): number {
    let sum = 0;
    for (const fields of fieldsFor(type, sets).values()) {
      const definition = type.getFields()[fields[0].name.value];
      if (definition) sum += ofField(fields, definition, type, sizes); // __typename and introspection cost nothing
    }
    return sum;
  }

  function ofField(
    nodes: NonEmpty<FieldNode>,
    field: GraphQLField<unknown, unknown>,
    parent: GraphQLObjectType,
    sizes: Sizes,
  ): number {
    const { weight, list } = prices.get(`${parent.name}.${field.name}`) ?? {};
    const isNodes = parent === queries && field.name === 'nodes';
    const ids = isNodes ? idsOf(nodes[0]) : undefined;
    const said = list && (ids ?? sizeOf(list, nodes[0], field));
    const isList = isListType(getNullableType(field.type));
    const times = isList ? (sizes.get(field.name) ?? said ?? UNSAID_LIST) : 1;
    const type = getNamedType(field.type);
    const usual = parent === mutations ? A_MUTATION : isCompositeType(type) ? 1 : 0;
    const each = weight ?? prices.get(type.name)?.weight ?? usual;
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const below: Sizes = new Map(list && said !== undefined ? list.sized.map((name) => [name, said]) : []);
    const kinds = isObjectType(type) ? [type] : isAbstractType(type) ? schema.getPossibleTypes(type) : [];
    return times * (each + Math.max(0, ...kinds.map((kind) => ofSelections(sets, kind, below))));
  }

  /** The fields selected on an object type, by response name. */
  function fieldsFor(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    found = new Map<string, [FieldNode, ...FieldNode[]]>(),
  ) {
    for (const selection of sets.flatMap(({ selections }) => selections)) {
      if (isLeftOut(selection.directives, given)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const before = found.get(name);
        if (before) before.push(selection);
        else found.set(name, [selection]);
        continue;
      }
      const fragment = fragmentOf(selection, fragments);
      const on = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
      const holds = !on || on === type || (isAbstractType(on) && schema.isSubType(on, type));
      if (holds) fieldsFor(type, [fragment.selectionSet], found);
    }
    return found;
  }

  /** The number of ids that `nodes` is given. Federation allows only numbers as slicing arguments. */
  function idsOf(node: FieldNode): number | undefined {
    const ids = node.arguments?.find(({ name }) => name.value === 'ids');
    const listed = ids && valueFromASTUntyped(ids.value, given);
    return Array.isArray(listed) ? listed.length : undefined;
  }

  /** The number of items of a list in this request: the largest slicing argument, else the assumed size. */
  function sizeOf({ assumed, slicing }: ListSize, node: FieldNode, field: GraphQLField<unknown, unknown>) {
    const slices = slicing.map((name) => {
      const argument = node.arguments?.find((each) => each.name.value === name);
      const value = argument && valueFromASTUntyped(argument.value, given);
      return [name, value === undefined ? field.args.find((each) => each.name === name)?.defaultValue : value] as const;
    });
    const asked = slices.flatMap(([name, slice]) => (typeof slice === 'number' ? page(name, slice) : []));
    return asked.length ? Math.max(...asked) : assumed;
  }

  return ofSelections([operation.selectionSet], rootTypeOf(schema, operation.operation), new Map());
}

/** Checks the page size before execution: a subgraph would refuse it after others have already answered. */
function page(argument: string, size: number): number {
  try {
    return pageSize({ [argument]: size });
  } catch (error) {
    Object.assign((error as GraphQLError).extensions, { http: { status: 400 } });
    throw error;
  }
}

type Sizes = ReadonlyMap<string, number>;

/** The default values of the variables. */
const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );

/** Whether @skip or @include leaves the selection out. */
function isLeftOut(directives: FieldNode['directives'], variables: Record<string, unknown>): boolean {
  return (directives ?? []).some(({ name, arguments: [condition] = [] }) => {
    const value = condition && valueFromASTUntyped(condition.value, variables);
    return (name.value === 'skip' && value === true) || (name.value === 'include' && value === false);
  });
}
