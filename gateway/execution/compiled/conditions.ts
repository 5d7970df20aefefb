// Decides @skip and @include before planning: a plan with conditions can lose fields, and fetches what it then leaves out.
import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type ValueNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
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
  return (name: string, variables: Variables): boolean =>
    (Object.hasOwn(variables, name) && variables[name] !== undefined ? variables[name] : defaults.get(name)) === true;
}

/** An operation without @skip and @include, and the document of its fragments. */
export interface Decided {
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

/** The only operation of a document without what its conditions leave out: selection sets may be empty. */
export function decided(document: DocumentNode, isTrue: (variable: string) => boolean): Decided {
  const decide = <Node extends SelectionNode>(node: Node): Node | null | undefined => {
    if (!node.directives?.length) return undefined;
    return keeps(node, isTrue) ? { ...node, directives: node.directives.filter((each) => !isCondition(each)) } : null;
  };
  const left = visit(document, { Field: decide, InlineFragment: decide, FragmentSpread: decide });
  return { document: left, operation: operationIn(left) };
}

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
