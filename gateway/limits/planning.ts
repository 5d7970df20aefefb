// Estimates the query planner's work for an operation: with interfaces a short operation can be expensive to plan.
import {
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  getNamedType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentOf, type Fragments, rootTypeOf } from './document.ts';

/**
 * The number of fields of a valid operation, each multiplied by the number of object types that it can be on: if some
 * subgraphs know only one of the types, the planner expands the field for each type, and its selections again for each
 * of theirs. Stops counting beyond `most`.
 */
export function planningWork(
  { selectionSet, operation }: OperationDefinitionNode,
  fragments: Fragments,
  schema: GraphQLSchema,
  most: number,
): number {
  const possible = (name: string): readonly GraphQLObjectType[] => {
    const type = schema.getType(name);
    return isObjectType(type) ? [type] : isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  };

  function work({ selections }: SelectionSetNode, types: readonly GraphQLObjectType[]): number {
    let sum = 0;
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD) {
        const fragment = fragmentOf(selection, fragments);
        const on = fragment.typeCondition && possible(fragment.typeCondition.name.value);
        sum += work(fragment.selectionSet, on ? types.filter((type) => on.includes(type)) : types);
        continue;
      }
      for (const type of types) {
        sum += 1 + (selection.selectionSet ? below(type, selection.name.value, selection.selectionSet) : 0);
        if (sum > most) return sum;
      }
    }
    return sum;
  }

  function below(type: GraphQLObjectType, field: string, set: SelectionSetNode): number {
    const inner = type.getFields()[field]; // __schema and __type are not planned
    const named = inner && getNamedType(inner.type);
    return named && isCompositeType(named) ? work(set, possible(named.name)) : 0;
  }

  return work(selectionSet, [rootTypeOf(schema, operation)]);
}

const TOO_MUCH = /^(Too many options generated|Exceeded maximum recursive|Number of non-local selections)/;

/** Whether the query planner gave up at one of its own limits. */
export const isTooMuchToPlan = ({ message }: Error): boolean => TOO_MUCH.test(message);
