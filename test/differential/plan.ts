// Plans by Apollo's query planner, which all executors under test share.
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import {
  type FetchNode,
  type PlanNode,
  type QueryPlan,
  QueryPlanner,
  type SubscriptionNode,
} from '@apollo/query-planner';
import { type GraphQLSchema, isAbstractType, Kind, parse, type SelectionSetNode } from 'graphql';

export interface Loaded {
  supergraph: Supergraph;
  whole: GraphQLSchema;
  planner: QueryPlanner;
  schema: GraphQLSchema;
}

let last: { sdl: string; loaded: Loaded } | undefined; // cases come supergraph by supergraph

/** A supergraph with its planner. */
export function load(sdl: string): Loaded {
  if (last?.sdl !== sdl) {
    const supergraph = Supergraph.build(sdl);
    const schema = supergraph.apiSchema().toGraphQLJSSchema();
    const whole = supergraph.schema.toGraphQLJSSchema();
    last = { sdl, loaded: { supergraph, whole, planner: new QueryPlanner(supergraph), schema } };
  }
  return last.loaded;
}

/** The plan of an operation. */
export const planOf = (sdl: string, document: string): QueryPlan => {
  const { supergraph, planner } = load(sdl);
  return planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema(), parse(document)));
};

interface Fetch {
  node: FetchNode;
  /** Response names from the root, without the levels of lists. */
  path: readonly string[];
}

/** The fetches of a plan, in the order of their execution. */
function fetchesIn(node: PlanNode | SubscriptionNode | undefined, path: readonly string[] = []): Fetch[] {
  if (!node) return [];
  if (node.kind === 'Fetch') return [{ node, path }];
  if (node.kind === 'Flatten') return fetchesIn(node.node, [...path, ...node.path.map(String).filter((step) => step !== '@')]); // prettier-ignore
  if (node.kind === 'Condition') return [node.ifClause, node.elseClause].flatMap((each) => fetchesIn(each, path));
  return node.kind === 'Sequence' || node.kind === 'Parallel'
    ? node.nodes.flatMap((each) => fetchesIn(each, path))
    : [];
}

/** The operations of all fetches in the plan of an operation. */
export const fetchesOf = (sdl: string, document: string): string[] =>
  fetchesIn(planOf(sdl, document).node).map(({ node }) => node.operation);

/** Whether a fetch sends a field of its objects that the plan fetches only under a condition, or only for some types. */
export function requiresOfSome(sdl: string, document: string): boolean {
  const { whole } = load(sdl);
  const fetches = fetchesIn(planOf(sdl, document).node);
  return fetches.some(({ node, path }) =>
    (node.requires ?? []).some((fragment) => {
      if (fragment.kind !== 'InlineFragment' || fragment.typeCondition === undefined) return false;
      const needed = possibleOf(whole, fragment.typeCondition);
      return fragment.selections.some((each) => {
        if (each.kind !== 'Field' || each.name === '__typename') return false;
        const givers = fetches.flatMap((other) =>
          selectionsAt(other, path).flatMap((set) => giversOf(set, each.name, whole)),
        );
        return givers.length > 0 && !givers.some((types) => needed.every((type) => types?.includes(type) ?? true));
      });
    }),
  );
}

const possibleOf = (schema: GraphQLSchema, name: string): string[] => {
  const type = schema.getType(name);
  return isAbstractType(type) ? schema.getPossibleTypes(type).map((each) => each.name) : [name];
};

/** The sets that a fetch selects at a path from the root. */
function selectionsAt({ node, path: from }: Fetch, path: readonly string[]): SelectionSetNode[] {
  if (from.some((step, i) => step !== path[i])) return [];
  const [operation] = parse(node.operation).definitions;
  const top = operation?.kind === Kind.OPERATION_DEFINITION ? [operation.selectionSet] : [];
  const steps = node.requires ? ['_entities', ...path.slice(from.length)] : path.slice(from.length);
  return steps.reduce((sets, step) => sets.flatMap((set) => below(set, step)), top);
}

const below = ({ selections }: SelectionSetNode, name: string): SelectionSetNode[] =>
  selections.flatMap((each) => {
    if (each.kind === Kind.INLINE_FRAGMENT) return below(each.selectionSet, name);
    return each.kind === Kind.FIELD && (each.alias ?? each.name).value === name && each.selectionSet ? [each.selectionSet] : []; // prettier-ignore
  });

/** For which types a set selects a field, undefined for all; for none under a condition. */
function giversOf({ selections }: SelectionSetNode, name: string, schema: GraphQLSchema): (string[] | undefined)[] {
  return selections.flatMap((each): (string[] | undefined)[] => {
    const isConditional = (each.directives ?? []).length > 0;
    if (each.kind === Kind.FIELD) return each.name.value !== name ? [] : [isConditional ? [] : undefined];
    if (each.kind !== Kind.INLINE_FRAGMENT) return [];
    const inside = giversOf(each.selectionSet, name, schema);
    const own = each.typeCondition && possibleOf(schema, each.typeCondition.name.value);
    return inside.map((types) =>
      isConditional ? [] : types && own ? types.filter((type) => own.includes(type)) : (types ?? own),
    );
  });
}

/** Whether the planner has a plan for an operation. */
export function hasPlan(sdl: string, document: string): boolean {
  try {
    return Boolean(planOf(sdl, document));
  } catch {
    return false;
  }
}
