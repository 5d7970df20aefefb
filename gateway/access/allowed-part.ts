// The part of an operation that a caller may use, with a marker in place of each forbidden field.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentSpreadNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isCompositeType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { withoutDefer } from '../documents/defer.ts';
import { separated } from '../execution/introspection.ts';
import { fragmentOf, type Fragments, fragmentsOf, operationIn, rootTypeOf } from '../limits/document.ts';
import type { NeedsOf } from './field-needs.ts';
import { type Forbidden, type MarkedObject, newMarkedObject } from './markers.ts';
import { type Marking, openMarking, type SelectionContext } from './marking.ts';
import { coversType, fieldOf, isConditional, mayBeList, narrowed, possibleTypes } from './selections.ts';

export interface AllowedPart {
  /** The operation alone, with its fragments written out, and without @defer. */
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** Where the markers are in its answer. */
  root: MarkedObject;
  /** Set if the whole answer is null, as a non-null root field is forbidden. */
  isNullFor: Forbidden | undefined;
}

interface Rewriting {
  schema: GraphQLSchema;
  fragments: Fragments;
  /** The needs of a field that the caller does not meet. */
  unmet: NeedsOf;
  marking: Marking;
}

/** What a node becomes; `isNullFor` is set if the object that it is selected on is null for it in any case. */
interface Rewritten<Node> {
  node: Node;
  isNullFor?: Forbidden | undefined;
}

/**
 * Replaces each field with an unmet need by a marker: an alias of `__typename` that is new to the operation. A marker has
 * the type, the conditions and the position of its field, so that it is in the answer where the field would be. A field
 * that is certainly null for a forbidden field below is replaced as a whole.
 */
export function allowedPartOf(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  schema: GraphQLSchema,
  unmet: NeedsOf,
): AllowedPart {
  const own = withoutDefer(separated(document, operation));
  const rewriting: Rewriting = { schema, fragments: fragmentsOf(own), unmet, marking: openMarking(own) };
  const { operation: kind, selectionSet } = operationIn(own);
  const type = rootTypeOf(schema, kind);
  const context = { type, possible: possibleTypes(type, schema), place: newMarkedObject(), isSure: true };
  const rewrite = () => rewriteSet(selectionSet, context, rewriting);
  rewrite(); // a field that merges with one that is replaced later in the document is replaced in the second pass
  const { node, isNullFor } = rewrite();
  const allowed: OperationDefinitionNode = { ...operationIn(own), selectionSet: node };
  return {
    document: { kind: Kind.DOCUMENT, definitions: [allowed] },
    operation: allowed,
    root: context.place,
    isNullFor,
  };
}

function rewriteSet(
  set: SelectionSetNode,
  context: SelectionContext,
  rewriting: Rewriting,
): Rewritten<SelectionSetNode> {
  const rewritten = set.selections.map((each): Rewritten<SelectionNode> =>
    each.kind === Kind.FIELD ? rewriteField(each, context, rewriting) : rewriteFragment(each, context, rewriting),
  );
  return {
    node: { ...set, selections: rewritten.map(({ node }) => node) },
    isNullFor: rewritten.find(({ isNullFor }) => isNullFor)?.isNullFor,
  };
}

function rewriteFragment(
  spread: InlineFragmentNode | FragmentSpreadNode,
  context: SelectionContext,
  rewriting: Rewriting,
): Rewritten<InlineFragmentNode> {
  const { schema, fragments } = rewriting;
  const { typeCondition, selectionSet } = fragmentOf(spread, fragments);
  const type = typeCondition ? (schema.getType(typeCondition.name.value) as GraphQLCompositeType) : context.type;
  const isCertain = !isConditional(spread) && coversType(type, context.type, schema);
  const possible = narrowed(context.possible, type, schema);
  const inner = { ...context, type, possible, isSure: context.isSure && isCertain };
  const { node, isNullFor } = rewriteSet(selectionSet, inner, rewriting);
  const { directives = [] } = spread;
  return {
    node: { kind: Kind.INLINE_FRAGMENT, directives, selectionSet: node, ...(typeCondition && { typeCondition }) },
    isNullFor: isCertain ? isNullFor : undefined,
  };
}

function rewriteField(node: FieldNode, context: SelectionContext, rewriting: Rewriting): Rewritten<FieldNode> {
  const { marking, schema, unmet } = rewriting;
  const field = fieldOf(context.type, node.name.value);
  if (!field) return { node }; // __typename
  const response = (node.alias ?? node.name).value;
  const [needs, nullsObject] = [unmet(context.type, field.name, context.possible), isNonNullType(field.type)];
  const isNull = (forbidden: Forbidden): Forbidden | undefined =>
    nullsObject && !isConditional(node) ? { ...forbidden, below: [response, ...forbidden.below] } : undefined;
  if (needs.length) {
    const forbidden = { name: field.name, needs, below: [] };
    const marked = marking.mark(node, context, { field: response, nullsObject, forbidden });
    return { node: marked, isNullFor: isNull(forbidden) };
  }
  const merged = marking.merged(node, context);
  if (merged) return { node: merged };
  const type = getNamedType(field.type);
  if (!node.selectionSet || !isCompositeType(type)) return { node };
  const below = context.place.below.get(response) ?? { type: field.type, place: newMarkedObject() };
  context.place.below.set(response, below);
  const isSure = context.isSure && !isConditional(node);
  const inner = { type, possible: possibleTypes(type, schema), place: below.place, isSure };
  const { node: selectionSet, isNullFor } = rewriteSet(node.selectionSet, inner, rewriting);
  const rewritten = { ...node, selectionSet };
  if (!isNullFor || mayBeList(field.type)) return { node: rewritten };
  if (nullsObject) return { node: rewritten, isNullFor: isNull(isNullFor) };
  return { node: marking.mark(node, context, { field: response, nullsObject: false, forbidden: isNullFor }) };
}
