// How much a query planner may have to think about an operation: with interfaces a short one can be a long one.
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
import type { Fragments } from './document.ts';

/**
 * The fields of a valid operation, each as often as there are types of object that it can be on: a planner that finds
 * subgraphs that know one of the types only writes the field out for each, and what is under it once more for each of
 * its own. Stops counting beyond `most`.
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
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)!;
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

  return work(selectionSet, [schema.getRootType(operation)!]);
}
