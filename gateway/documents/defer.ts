// @defer in documents: which fragments are deferred, and where it may stand.
import {
  type ASTVisitor,
  type DirectiveNode,
  type DocumentNode,
  GraphQLError,
  Kind,
  type SelectionNode,
  type ValidationContext,
  type ValueNode,
  visit,
} from 'graphql';
import { DEFER } from '../../schema/composition/defer.ts';
import { oncePer } from '../../schema/values/once-per.ts';

export const isDefer = ({ name }: DirectiveNode): boolean => name.value === DEFER;

const argumentOf = ({ arguments: given = [] }: DirectiveNode, name: string): ValueNode | undefined =>
  given.find((each) => each.name.value === name)?.value;

/** The @defer of a fragment; undefined if it has none, or if its condition is the literal `false`. */
function deferOf({ directives = [] }: SelectionNode): DirectiveNode | undefined {
  const defer = directives.find(isDefer);
  const condition = defer && argumentOf(defer, 'if');
  return condition?.kind === Kind.BOOLEAN && !condition.value ? undefined : defer;
}

/** Whether a fragment is deferred; `isFalse` says whether a variable has that value. A variable without a value is true. */
export function isDeferred(selection: SelectionNode, isFalse = (_variable: string): boolean => false): boolean {
  const defer = deferOf(selection);
  const condition = defer && argumentOf(defer, 'if');
  return defer !== undefined && !(condition?.kind === Kind.VARIABLE && isFalse(condition.name.value));
}

/** The label of a deferred fragment. */
export function labelOf(selection: SelectionNode): string | undefined {
  const defer = deferOf(selection);
  const label = defer && argumentOf(defer, 'label');
  return label?.kind === Kind.STRING ? label.value : undefined;
}

/** Whether a document has a fragment that may be deferred. */
export const hasDefer = oncePer(({ definitions }: DocumentNode): boolean => {
  let found = false;
  const look = (fragment: SelectionNode): void => void (found ||= deferOf(fragment) !== undefined);
  for (const each of definitions) visit(each, { FragmentSpread: look, InlineFragment: look });
  return found;
});

/** The same document without @defer; the document itself if it has none. */
export const withoutDefer = oncePer((document: DocumentNode): DocumentNode =>
  hasDefer(document) ? visit(document, { Directive: (each) => (isDefer(each) ? null : undefined) }) : document,
);

/** The validation rules of @defer, as later releases of GraphQL.js have them. */
export const deferRules = [refuseBadLabels, refuseOnMutation];

/** A client tells parts apart by their labels. */
function refuseBadLabels(context: ValidationContext): ASTVisitor {
  const known = new Map<string, DirectiveNode>();
  return {
    Directive(node) {
      const label = isDefer(node) ? argumentOf(node, 'label') : undefined;
      if (!label || label.kind === Kind.NULL) return;
      if (label.kind !== Kind.STRING) {
        context.reportError(new GraphQLError('The label of @defer must be a text in the document.', { nodes: node }));
        return;
      }
      const before = known.get(label.value);
      known.set(label.value, node);
      if (!before) return;
      const message = 'Two fragments have the same label in @defer: give each its own.';
      context.reportError(new GraphQLError(message, { nodes: [before, node] }));
    },
  };
}

/** The fields of Mutation are executed one after another, and what they set in the response's head cannot come later. */
function refuseOnMutation(context: ValidationContext): ASTVisitor {
  return {
    Directive(node) {
      const parent = context.getParentType();
      if (!isDefer(node) || !parent || parent !== context.getSchema().getMutationType()) return;
      const message = 'Fields of Mutation cannot be deferred: put @defer on a fragment of what the mutation returns.';
      context.reportError(new GraphQLError(message, { nodes: node }));
    },
  };
}
