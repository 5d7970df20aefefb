// Response names for a query plan: no name of the client collides with a field that the plan adds, or means two fields.
import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type NameNode,
  type ObjectValueNode,
  type OperationDefinitionNode,
  print,
  visit,
} from 'graphql';
import { operationIn } from '../limits/document.ts';
import type { AddedNames } from './added-names.ts';
import { type Names, namesOf } from './names.ts';

/** An operation as the planner sees it. */
export interface Renamed {
  /** The operation, and the fragments of its document. */
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** Maps names back to the client's. */
  names: Names;
  /** The client's name of a response name. */
  clientOf(name: string): string;
  /** The client's variables under the names that they have in the document. */
  variables(given: Record<string, unknown> | undefined): Record<string, unknown> | undefined;
  /** Replaces our names in a text by the client's. */
  inText(text: string): string;
}

/** The meaning of one response name: a field with its arguments. */
interface Meaning {
  field: string;
  hasArguments: boolean;
}

/** The meanings of each response name, by the key that distinguishes them. */
type Meanings = Map<string, Map<string, Meaning>>;

const REPRESENTATIONS = 'representations'; // the variable that a plan adds to each of its fetches of entities

/**
 * The operation with other response names where the client's can collide with those of a plan: an alias that equals a
 * field that plans add, such a field with the client's own arguments, and a name with different fields on different
 * types, as the planner merges fields with the same path. Undefined if there is nothing to rename. Fields that merge in
 * the client's operation also merge in this one.
 */
export function rename(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  added: AddedNames,
): Renamed | undefined {
  const own = withOnly(operation, document);
  const meanings = meaningsIn(own);
  const taken = new Set([...meanings.keys(), ...added.all, ...variablesOf(operation), REPRESENTATIONS]);
  const chosen = new Map<string, string>(); // by response name and meaning
  const clients = new Map<string, string>(); // the client's names by ours
  const choose = (client: string): string => {
    const name = unused(client, taken);
    taken.add(name);
    clients.set(name, client);
    return name;
  };
  for (const [client, theirs] of meanings) {
    for (const [key, meaning] of theirs) {
      if (mustChange(client, meaning, theirs.size, added)) chosen.set(`${client} ${key}`, choose(client));
    }
  }
  const variable = variablesOf(operation).includes(REPRESENTATIONS) ? choose(REPRESENTATIONS) : undefined;
  if (!clients.size) return undefined;

  const renamed = visit(own, {
    Field(node) {
      const name = chosen.get(`${responseName(node)} ${keyOf(node)}`);
      return name === undefined ? undefined : { ...node, alias: nameNode(name) };
    },
    Variable: (node) =>
      variable !== undefined && node.name.value === REPRESENTATIONS ? { ...node, name: nameNode(variable) } : undefined,
  });
  const clientOf = (name: string): string => clients.get(name) ?? name;
  const ours = new RegExp(`\\b(?:${[...clients.keys()].join('|')})\\b`, 'g');
  return {
    document: renamed,
    operation: operationIn(renamed),
    names: namesOf(renamed, clientOf),
    clientOf,
    variables(given) {
      if (variable === undefined || !given || !Object.hasOwn(given, REPRESENTATIONS)) return given;
      const { [REPRESENTATIONS]: value, ...others } = given;
      return { ...others, [variable]: value };
    },
    inText: (text) => text.replace(ours, clientOf),
  };
}

const responseName = ({ alias, name }: FieldNode): string => (alias ?? name).value;

const nameNode = (value: string): NameNode => ({ kind: Kind.NAME, value });

const variablesOf = ({ variableDefinitions = [] }: OperationDefinitionNode): string[] =>
  variableDefinitions.map(({ variable }) => variable.name.value);

/** The document with this operation only, as the others are not planned. */
const withOnly = (operation: OperationDefinitionNode, document: DocumentNode): DocumentNode => ({
  ...document,
  definitions: document.definitions.filter((each) => each === operation || each.kind === Kind.FRAGMENT_DEFINITION),
});

function meaningsIn(document: DocumentNode): Meanings {
  const meanings: Meanings = new Map();
  visit(document, {
    Field(node) {
      const name = responseName(node);
      const theirs = meanings.get(name) ?? new Map<string, Meaning>();
      theirs.set(keyOf(node), { field: node.name.value, hasArguments: Boolean(node.arguments?.length) });
      meanings.set(name, theirs);
    },
  });
  return meanings;
}

/** Distinguishes fields as GraphQL does when it merges them: by name and arguments, regardless of argument order. */
function keyOf({ name, arguments: given = [] }: FieldNode): string {
  const written = given.map((argument) => print(inOrder(argument)));
  return `${name.value}(${written.sort().join(' ')})`;
}

const inOrder = (node: ASTNode): ASTNode =>
  visit(node, {
    ObjectValue: {
      leave: (value: ObjectValueNode) => ({
        ...value,
        fields: value.fields.toSorted((a, b) => (a.name.value < b.name.value ? -1 : 1)),
      }),
    },
  });

function mustChange(name: string, { field, hasArguments }: Meaning, meanings: number, added: AddedNames): boolean {
  if (name === '__proto__') return true; // assigning a property of this name would change an object's prototype
  const isPlain = name === field && !hasArguments;
  return isPlain ? added.withArguments.has(name) : added.all.has(name) || meanings > 1;
}

/** A new name that neither the client nor a plan uses. It begins with a letter, as some servers reserve `__`. */
function unused(client: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const name = `alias${n}_${client}`;
    if (!taken.has(name)) return name;
  }
}
