// Writes fragments on interfaces and unions out for each object type: the planner has a plan for some only in this form.
import {
  type FragmentSpreadNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentOf, fragmentsOf, rootTypeOf } from '../../limits/document.ts';
import type { Unconditional } from './conditions.ts';

/** The same operation without fragments on abstract types: each object type that is possible there has its own. */
export function withMemberFragments({ document, operation }: Unconditional, schema: GraphQLSchema): Unconditional {
  const fragments = fragmentsOf(document);
  const possible = (name: string): readonly GraphQLObjectType[] => {
    const type = schema.getType(name);
    return isObjectType(type) ? [type] : isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  };

  function setOn(set: SelectionSetNode, type: string, types: readonly GraphQLObjectType[]): SelectionSetNode {
    return { ...set, selections: set.selections.flatMap((each) => selectionsOf(each, type, types)) };
  }

  function selectionsOf(node: SelectionNode, type: string, types: readonly GraphQLObjectType[]): SelectionNode[] {
    if (node.kind === Kind.FIELD) {
      const below = namedTypeOf(type, node.name.value);
      if (!node.selectionSet || below === undefined) return [node];
      return [{ ...node, selectionSet: setOn(node.selectionSet, below, possible(below)) }];
    }
    const { typeCondition, selectionSet } = fragmentOf(node, fragments);
    const on = typeCondition?.name.value ?? type;
    const both = types.filter((each) => possible(on).includes(each));
    if (on === type) return [framed(node, type, setOn(selectionSet, type, types))];
    return both.map((each) => framed(node, each.name, setOn(selectionSet, each.name, [each])));
  }

  function namedTypeOf(type: string, field: string): string | undefined {
    const parent = schema.getType(type);
    const fields = parent && 'getFields' in parent ? parent.getFields() : {};
    const found = fields[field];
    const named = found && getNamedType(found.type);
    return isCompositeType(named) ? named.name : undefined;
  }

  const root = rootTypeOf(schema, operation.operation);
  const own: OperationDefinitionNode = { ...operation, selectionSet: setOn(operation.selectionSet, root.name, [root]) };
  return { document: { ...document, definitions: [own] }, operation: own };
}

function framed(
  { directives = [] }: InlineFragmentNode | FragmentSpreadNode,
  name: string,
  selectionSet: SelectionSetNode,
): InlineFragmentNode {
  const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } } as const;
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet };
}
