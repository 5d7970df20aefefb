// What the SDL of one subgraph says with @access about its fields.
import {
  type ASTNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type InterfaceTypeExtensionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  valueFromASTUntyped,
} from 'graphql';
import { grouped } from '../values/non-empty.ts';
import { roles } from '../wire/identity.ts';
import type { Rights } from '../wire/need.ts';
import type { Need } from '../wire/supergraph-artifact.ts';

/** A field that a subgraph answers, with its own @access or that of its type. */
export interface FieldAccess {
  /** `Type.field`. */
  coordinate: string;
  need: Need;
  /** Where it is said. */
  at: ASTNode;
  /** Whether its type stands for all types that implement an interface. */
  isOfInterfaceObject: boolean;
}

/** An @access as it is written; without a need if it is wrong. */
type Said = Pick<FieldAccess, 'at'> & { need: Need | null };

/** Notes a fault at a node of the SDL. */
type Report = (at: ASTNode, coordinate: string, message: string) => void;

type TypeNode =
  ObjectTypeDefinitionNode | ObjectTypeExtensionNode | InterfaceTypeDefinitionNode | InterfaceTypeExtensionNode;

const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);
const ACCESS = 'access';

/** All that the subgraph says; what is wrong with it is reported. */
export function fieldsIn({ definitions }: DocumentNode, report: Report): FieldAccess[] {
  const types = definitions.filter((each): each is TypeNode => KINDS.has(each.kind));
  return [...grouped(types, ({ name }) => name.value)].flatMap(([type, nodes]) => {
    const ofType = nodes.flatMap((node) => appliedTo(node, type, report)).at(0);
    if (ofType && ROOTS.has(type)) report(ofType.at, type, `each field of ${type} needs an @access of its own.`);
    const isOfInterfaceObject = nodes.some((node) => has(node, 'interfaceObject'));
    return nodes.flatMap((node) =>
      (node.fields ?? []).flatMap((field): FieldAccess[] => {
        const coordinate = `${type}.${field.name.value}`;
        const [own] = appliedTo(field, coordinate, report);
        // what is external is another subgraph's, which says it
        const access = own ?? (ROOTS.has(type) || has(field, 'external') ? undefined : ofType);
        if (!access && isAnswered(node, field)) report(field, coordinate, whatToSay(type));
        if (access?.need === 'owner' && ROOTS.has(type))
          report(access.at, coordinate, 'a root field belongs to no account: say to: "account".');
        return access?.need ? [{ coordinate, need: access.need, at: access.at, isOfInterfaceObject }] : [];
      }),
    );
  });
}

const KINDS: ReadonlySet<Kind> = new Set([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.OBJECT_TYPE_EXTENSION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_EXTENSION,
]);

type Directed = Pick<FieldDefinitionNode | TypeNode, 'directives'>;

const applied = ({ directives = [] }: Directed, directive: string): ConstDirectiveNode[] =>
  directives.filter(({ name }) => name.value === directive);

const has = (node: Directed, directive: string): boolean => applied(node, directive).length > 0;

/** Whether the subgraph has to state an access. An interface's field is as secret as those of its types. */
const isAnswered = ({ kind }: TypeNode, field: FieldDefinitionNode): boolean =>
  (kind === Kind.OBJECT_TYPE_DEFINITION || kind === Kind.OBJECT_TYPE_EXTENSION) && !has(field, 'external');

const whatToSay = (type: string): string =>
  ROOTS.has(type)
    ? 'name its callers: @access(to: "anyone"), (to: "account") or (roles: ["OPERATOR"]) on the field.'
    : `name its callers: @access(to: "anyone"), (to: "account"), (to: "owner") or (roles: ["OPERATOR"]) on the field, or on ${type} for all its fields.`;

/** The needs in the @access of a node: none, or one, as it is not repeatable. */
function appliedTo(node: Directed, coordinate: string, report: Report): Said[] {
  return applied(node, ACCESS).map((directive) => {
    const { need = null, wrong } = needIn(directive);
    if (wrong !== undefined) report(directive, coordinate, wrong);
    return { need, at: directive };
  });
}

const NAMED = ['anyone', 'account', 'owner'] as const satisfies readonly Need[];

const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/; // as RFC 6749 has it: a token lists them with spaces in between

/** The need, or a sentence that says what is wrong. */
function needIn({ arguments: given = [] }: ConstDirectiveNode): { need?: Need; wrong?: string } {
  const values = Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
  const { to = null, roles: someRoles = null, scopes: someScopes = null } = values;
  if ((to === null) === (someRoles === null && someScopes === null))
    return { wrong: '@access has either `to`, or roles, scopes or both.' };
  const named = NAMED.find((each) => each === to);
  if (named) return { need: named };
  if (to !== null) return { wrong: `@access(to: ${JSON.stringify(to)}): it is "anyone", "account" or "owner".` };
  const need = { roles: listed(someRoles), scopes: listed(someScopes) };
  const wrong = wrongIn(need);
  return wrong === undefined ? { need } : { wrong };
}

/** The texts of a list, each once; a single value is a list of one, as in GraphQL. */
const listed = (value: unknown): string[] =>
  value === null ? [] : [...new Set((Array.isArray(value) ? value : [value]).map(String))];

function wrongIn({ roles: someRoles, scopes }: Rights): string | undefined {
  if (!someRoles.length && !scopes.length) return '@access has empty lists: name a role or a scope.';
  const unknown = someRoles.filter((role) => !(roles as readonly string[]).includes(role));
  if (unknown.length) return `no account has the role ${unknown.join(' or ')}: the roles are ${roles.join(', ')}.`;
  const odd = scopes.filter((scope) => !SCOPE.test(scope)).map((scope) => JSON.stringify(scope));
  return odd.length ? `${odd.join(' and ')}: a scope has 1 to 100 ASCII characters and no spaces.` : undefined;
}

/** A need as it stands in an SDL. */
export function describeNeed(need: Need): string {
  if (typeof need === 'string') return `@access(to: "${need}")`;
  const list = (name: string, of: readonly string[]) => (of.length ? [`${name}: ${JSON.stringify(of)}`] : []);
  return `@access(${[...list('roles', need.roles), ...list('scopes', need.scopes)].join(', ')})`;
}
