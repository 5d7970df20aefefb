// The size of a document, counted without expanding its fragments: each fragment is visited once.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  visit,
} from 'graphql';
import { oncePer } from '../../schema/values/once-per.ts';
import { present } from '../../schema/values/present.ts';
import type { DocumentLimits } from './limits.ts';
import { measureValue } from './values.ts';

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The fragments of a document, by name. */
export const fragmentsOf = oncePer(
  ({ definitions }: DocumentNode): Fragments =>
    new Map(definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : []))),
);

/** The only operation of a document that Apollo or the gateway wrote: a fetch of a plan, or what remains of a request. */
export const operationIn = ({ definitions }: DocumentNode): OperationDefinitionNode =>
  present(
    definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION),
    'A document without an operation was planned.',
  );

/** The type of an operation's root fields, in a schema against which the operation is valid. */
export const rootTypeOf = (schema: GraphQLSchema, operation: OperationTypeNode): GraphQLObjectType =>
  present(schema.getRootType(operation), 'The operation is not valid: the schema has no such root type.');

/** What an inline fragment selects, or the fragment that a spread names, in a valid document. */
export const fragmentOf = (
  spread: InlineFragmentNode | FragmentSpreadNode,
  fragments: Fragments,
): InlineFragmentNode | FragmentDefinitionNode =>
  spread.kind === Kind.INLINE_FRAGMENT
    ? spread
    : present(fragments.get(spread.name.value), 'The document is not valid: it spreads an unknown fragment.');

/** The size of a selection set with its fragments expanded; `width` is the number of fields at its own level. */
interface Held {
  selections: number;
  width: number;
  aliases: number;
  directives: number;
  depth: number;
}

/** A fragment that spreads itself has no finite size. */
export class CircularFragment extends Error {
  readonly fragment: string;
  constructor(fragment: string) {
    super(`The fragment ${fragment} spreads itself: leave that out.`);
    this.fragment = fragment;
  }
}

/**
 * The size of all operations of a document together, in time proportional to the document and not to its expansion.
 * `repeats` is counted only up to this number of `selections`, and is 0 beyond it. Throws CircularFragment.
 */
export function measureDocument(document: DocumentNode, selections: number): DocumentLimits {
  const fragments = fragmentsOf(document);
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const heldBy = measuring(fragments);
  const held = operations.map((operation) => ({ operation, ...heldBy(operation.selectionSet) }));
  // an unused fragment has no effect on the response, but GraphQL's validation rules visit it like any other
  const unspread = unspreadIn(document).map(({ selectionSet }) => ({ selectionSet, ...heldBy(selectionSet) }));
  const total = (what: 'selections' | 'aliases' | 'directives') =>
    [...held, ...unspread].reduce((sum, each) => sum + each[what], 0);
  const widest = (kinds: readonly OperationTypeNode[]) =>
    Math.max(0, ...held.filter(({ operation }) => kinds.includes(operation.operation)).map(({ width }) => width));
  const countable = total('selections') <= selections;
  const roots = [...operations, ...unspread];
  return {
    depth: Math.max(0, ...held.map(({ depth }) => depth)),
    selections: total('selections'),
    aliases: total('aliases'),
    queries: widest([OperationTypeNode.QUERY, OperationTypeNode.SUBSCRIPTION]),
    mutations: widest([OperationTypeNode.MUTATION]),
    directives: total('directives') + operations.reduce((sum, operation) => sum + directivesOn(operation), 0),
    repeats: countable ? Math.max(0, ...roots.map((each) => mostRepeated([each.selectionSet], fragments))) : 0,
    ...literals(document),
    name: longestName(document),
  };
}

/** The unused fragments of the document. */
function unspreadIn(document: DocumentNode): FragmentDefinitionNode[] {
  const spread = new Set<string>();
  visit(document, { FragmentSpread: ({ name }) => void spread.add(name.value) });
  return [...fragmentsOf(document).values()].filter(({ name }) => !spread.has(name.value));
}

/** The length of the longest name, in characters. A label of @defer counts: the answer repeats it with each part. */
function longestName(document: DocumentNode): number {
  let most = 0;
  const measure = ({ value }: { value: string }) => void (most = Math.max(most, value.length));
  visit(document, {
    Name: measure,
    Directive: ({ arguments: given = [] }) => {
      for (const { value } of given) if (value.kind === Kind.STRING) measure(value);
    },
  });
  return most;
}

/** Measures selection sets; each fragment is measured once. */
function measuring(fragments: Fragments): (set: SelectionSetNode) => Held {
  const known = new Map<string, Held | 'open'>();

  function ofFragment(name: string): Held {
    const found = known.get(name);
    if (found === 'open') throw new CircularFragment(name);
    if (found) return found;
    known.set(name, 'open');
    const fragment = fragments.get(name);
    const held = fragment ? measure(fragment.selectionSet) : nothing();
    known.set(name, held);
    return held;
  }

  function measure({ selections }: SelectionSetNode): Held {
    const sum = nothing();
    for (const selection of selections) {
      const isField = selection.kind === Kind.FIELD;
      const inner = within(selection);
      sum.selections += inner.selections + 1;
      sum.width += isField ? 1 : inner.width;
      sum.aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
      sum.directives += inner.directives + (selection.directives?.length ?? 0);
      sum.depth = Math.max(sum.depth, inner.depth + (isField ? 1 : 0));
    }
    return sum;
  }

  function within(selection: SelectionNode): Held {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
    return selection.selectionSet ? measure(selection.selectionSet) : nothing();
  }

  for (const name of fragments.keys()) ofFragment(name); // an unused fragment may be circular too
  return measure;
}

const nothing = (): Held => ({ selections: 0, width: 0, aliases: 0, directives: 0, depth: 0 });

const directivesOn = ({ directives = [], variableDefinitions = [] }: OperationDefinitionNode): number =>
  variableDefinitions.reduce((sum, each) => sum + (each.directives?.length ?? 0), directives.length);

/** The highest number of times that one field is selected on one object of the response. Expands the fragments. */
function mostRepeated(sets: readonly SelectionSetNode[], fragments: Fragments): number {
  const written = new Map<string, FieldNode[]>();
  for (const field of sets.flatMap((set) => fieldsOf(set, fragments))) {
    const name = (field.alias ?? field.name).value;
    const same = written.get(name);
    if (same) same.push(field);
    else written.set(name, [field]);
  }
  let most = 0;
  for (const fields of written.values()) {
    const inner = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
    most = Math.max(most, fields.length, inner.length ? mostRepeated(inner, fragments) : 0);
  }
  return most;
}

/** The fields of a selection set at its own level, whatever type they are on. */
function fieldsOf({ selections }: SelectionSetNode, fragments: Fragments): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    return fragment ? fieldsOf(fragment.selectionSet, fragments) : [];
  });
}

/** The largest list and the deepest value that are literals in the document. */
function literals(document: DocumentNode): Pick<DocumentLimits, 'listItems' | 'nesting'> {
  const most = { listItems: 0, nesting: 0 };
  const look = (value: ValueNode | undefined) => {
    const { listItems, nesting } = measureValue(value, partsOfLiteral);
    most.listItems = Math.max(most.listItems, listItems);
    most.nesting = Math.max(most.nesting, nesting);
  };
  visit(document, {
    Argument: ({ value }) => look(value),
    VariableDefinition: ({ defaultValue }) => look(defaultValue),
  });
  return most;
}

function partsOfLiteral(value: ValueNode | undefined) {
  if (value?.kind === Kind.LIST) return { isList: true, parts: value.values };
  return value?.kind === Kind.OBJECT && { isList: false, parts: value.fields.map((field) => field.value) };
}
