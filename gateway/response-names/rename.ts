// Response names for a query plan: none that the client chose stands for a field that the plan adds, or for two fields.
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
import type { AddedNames } from './added-names.ts';
import { type Names, namesOf } from './names.ts';

/** An operation as the planner sees it. */
export interface Renamed {
  /** The operation, and the fragments of its document. */
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** The way back to the client's names. */
  names: Names;
  /** The client's variables under the names that they have in the document. */
  variables(given: Record<string, unknown> | undefined): Record<string, unknown> | undefined;
  /** A text with the client's names in place of ours. */
  inText(text: string): string;
}

/** A field with its arguments: what one response name stands for. */
interface Meaning {
  field: string;
  hasArguments: boolean;
}

/** The meanings of each response name, by what tells them apart. */
type Meanings = Map<string, Map<string, Meaning>>;

const REPRESENTATIONS = 'representations'; // the variable that a plan adds to each of its fetches of entities

/**
 * The operation with other response names where the client's can meet those of a plan: an alias that is the name of a
 * field that plans add, such a field with arguments of the client's own, and a name that stands for different fields on
 * different types, as the planner merges what has one path. Undefined where there is nothing to rename. Fields that
 * merge in the client's operation merge in this one.
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
  const ours = new RegExp(`\\b(?:${[...clients.keys()].join('|')})\\b`, 'g');
  return {
    document: renamed,
    operation: renamed.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)!,
    names: namesOf(renamed, (name) => clients.get(name) ?? name),
    variables(given) {
      if (variable === undefined || !given || !Object.hasOwn(given, REPRESENTATIONS)) return given;
      const { [REPRESENTATIONS]: value, ...others } = given;
      return { ...others, [variable]: value };
    },
    inText: (text) => text.replace(ours, (name) => clients.get(name)!),
  };
}

const responseName = ({ alias, name }: FieldNode): string => (alias ?? name).value;

const nameNode = (value: string): NameNode => ({ kind: Kind.NAME, value });

const variablesOf = ({ variableDefinitions = [] }: OperationDefinitionNode): string[] =>
  variableDefinitions.map(({ variable }) => variable.name.value);

/** The other operations of a document are not planned with this one. */
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

/** Tells fields apart as GraphQL does when it merges them: by name and arguments, in whatever order these are written. */
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
  const isPlain = name === field && !hasArguments;
  return isPlain ? added.withArguments.has(name) : added.all.has(name) || meanings > 1;
}

/** A name for a plan that is neither the client's nor a plan's own. It begins with a letter, as some servers keep `__` to themselves. */
function unused(client: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const name = `alias${n}_${client}`;
    if (!taken.has(name)) return name;
  }
}
