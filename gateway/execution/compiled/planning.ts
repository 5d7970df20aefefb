// Plans an operation.
import { operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan, QueryPlanner } from '@apollo/query-planner';
import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { withoutDefer } from '../../documents/defer.ts';
import { fragmentOf, type Fragments, fragmentsOf, operationIn } from '../../limits/document.ts';
import { isTooMuchToPlan } from '../../limits/planning.ts';
import { separated, withoutMeta } from '../introspection.ts';
import type { Unconditional } from './conditions.ts';
import { withMemberFragments } from './member-fragments.ts';

/**
 * The plan of an operation without conditions. The planner fails on some fragments on interfaces that are one object in
 * a subgraph; it has plans for the same fragments on object types. Throws what the planner throws on both.
 */
export function planOf(own: Unconditional, planner: QueryPlanner, schema: GraphQLSchema): QueryPlan {
  try {
    return planned(own, planner);
  } catch (error) {
    if (isTooMuchToPlan(error as Error)) throw error; // written out, it is more to plan
    try {
      return planned(withMemberFragments(own, schema), planner);
    } catch {
      throw error;
    }
  }
}

const planned = (own: Unconditional, planner: QueryPlanner): QueryPlan =>
  planner.buildQueryPlan(operationFromDocument(planner.supergraph.apiSchema(), plannable(own), { validate: false }));

/**
 * The operation for the planner, without introspection, as the planner implements an older specification of it, and
 * without unused fragments, as it would use them for equal selections in any order. What is deferred is planned like
 * the rest.
 */
function plannable(decided: Unconditional): DocumentNode {
  const document = withoutDefer(decided.document);
  const operation = operationIn(document);
  const own = inOrder(operation, fragmentsOf(document));
  const definitions = document.definitions.map((each) => (each === operation ? own : each));
  return withoutMeta(withoutEmptySets(separated({ ...document, definitions }, own))).document;
}

/**
 * A mutation with its fields in the order of the document. The planner joins fragments on one type, and would do the
 * mutation of a later fragment before those in between.
 */
function inOrder(operation: OperationDefinitionNode, fragments: Fragments): OperationDefinitionNode {
  if (operation.operation !== OperationTypeNode.MUTATION) return operation;
  const fieldsIn = ({ selections }: SelectionSetNode): SelectionNode[] =>
    selections.flatMap((each) =>
      each.kind === Kind.FIELD || each.directives?.length ? each : fieldsIn(fragmentOf(each, fragments).selectionSet),
    );
  return { ...operation, selectionSet: { ...operation.selectionSet, selections: fieldsIn(operation.selectionSet) } };
}

const TYPE_NAME: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** Conditions can leave a selection set empty, which GraphQL does not allow. */
const withoutEmptySets = (document: DocumentNode): DocumentNode =>
  visit(document, {
    SelectionSet: (set) => (set.selections.length ? undefined : { ...set, selections: [TYPE_NAME] }),
  });
