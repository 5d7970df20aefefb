// Decides @skip, @include and @defer before planning: a plan with conditions can lose fields, and fetches what it then
// leaves out.
import {
  type DirectiveNode,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type ValueNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { isDefer, isDeferred } from '../../documents/defer.ts';
import { operationIn } from '../../limits/document.ts';

type Variables = Readonly<Record<string, unknown>>;

/** Reads a Boolean variable of an operation, or its default. */
export function conditionsIn({ variableDefinitions = [] }: OperationDefinitionNode) {
  const defaults = new Map(
    variableDefinitions.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]),
  );
  return (name: string, variables: Variables): unknown =>
    Object.hasOwn(variables, name) && variables[name] !== undefined ? variables[name] : defaults.get(name);
}

/** An operation without @skip and @include, with @defer where it holds, and the document of its fragments. */
export interface Unconditional {
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

/**
 * The only operation of a document without what its conditions leave out: selection sets may be empty. If `inParts`,
 * the fragments that are deferred keep @defer.
 */
export function decided(
  document: DocumentNode,
  valueOf: (variable: string) => unknown,
  inParts: boolean,
): Unconditional {
  const decide = <Node extends SelectionNode>(node: Node): Node | null | undefined => {
    if (!node.directives?.length) return undefined;
    if (!keeps(node, (variable) => valueOf(variable) === true)) return null;
    const isLate = inParts && isDeferred(node, (variable) => valueOf(variable) === false);
    const directives = node.directives.filter((each) => !isCondition(each) && (isLate || !isDefer(each)));
    return { ...node, directives: directives.map(withoutCondition) };
  };
  const left = visit(document, { Field: decide, InlineFragment: decide, FragmentSpread: decide });
  return { document: left, operation: operationIn(left) };
}

/** A @defer that holds, without its condition. */
const withoutCondition = (defer: DirectiveNode): DirectiveNode =>
  isDefer(defer) ? { ...defer, arguments: defer.arguments?.filter(({ name }) => name.value !== 'if') ?? [] } : defer;

const CONDITIONS: ReadonlySet<string> = new Set(['skip', 'include']);

const isCondition = ({ name }: { name: { value: string } }): boolean => CONDITIONS.has(name.value);

const keeps = ({ directives = [] }: SelectionNode, isTrue: (variable: string) => boolean): boolean =>
  directives.every((directive) => {
    const [condition] = directive.arguments ?? [];
    if (!isCondition(directive) || !condition) return true;
    return holds(condition.value, isTrue) === (directive.name.value === 'include');
  });

const holds = (value: ValueNode, isTrue: (variable: string) => boolean): boolean =>
  value.kind === Kind.VARIABLE ? isTrue(value.name.value) : value.kind === Kind.BOOLEAN && value.value;
