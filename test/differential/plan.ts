// Plans by Apollo's query planner, which all executors under test share.
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { type PlanNode, type QueryPlan, QueryPlanner, type SubscriptionNode } from '@apollo/query-planner';
import { type GraphQLSchema, parse } from 'graphql';

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

/** The operations of all fetches in the plan of an operation. */
export function fetchesOf(sdl: string, document: string): string[] {
  const inside = (node: PlanNode | SubscriptionNode | undefined): string[] => {
    if (!node) return [];
    if (node.kind === 'Fetch') return [node.operation];
    if (node.kind === 'Flatten') return inside(node.node);
    if (node.kind === 'Condition') return [...inside(node.ifClause), ...inside(node.elseClause)];
    return node.kind === 'Sequence' || node.kind === 'Parallel' ? node.nodes.flatMap(inside) : [];
  };
  return inside(planOf(sdl, document).node);
}

/** Whether the planner has a plan for an operation. */
export function hasPlan(sdl: string, document: string): boolean {
  try {
    return Boolean(planOf(sdl, document));
  } catch {
    return false;
  }
}
