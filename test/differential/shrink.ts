// Makes a failing case smaller for as long as it fails: its operation first, then its world.
import { type ASTNode, type DocumentNode, Kind, parse, print, validate, visit } from 'graphql';
import type { Case } from './cases.ts';
import { isLink, type Thing, type Value, type World } from './world.ts';

const MOST = 1_500; // executions

/** The smallest case found that still fails. */
export async function shrink(failing: Case, fails: (smaller: Case) => Promise<boolean>): Promise<Case> {
  let smallest = failing;
  let left = MOST;

  async function anySmaller(candidates: Iterable<Case>): Promise<boolean> {
    for (const candidate of candidates) {
      if (left-- <= 0) return false;
      if (!(await fails(candidate))) continue;
      smallest = candidate;
      return true;
    }
    return false;
  }

  while (await anySmaller(withSmallerDocuments(smallest)));
  while (await anySmaller(withSmallerWorlds(smallest)));
  return smallest;
}

function* withSmallerDocuments(asked: Case): Generator<Case> {
  const document = parse(asked.document, { noLocation: true });
  for (const smaller of smallerDocuments(document, asked.variables)) {
    const whole = withoutUnused(smaller);
    const text = print(whole);
    if (text === print(document) || validate(asked.opened.oracle.schema, whole).length) continue;
    const used = new Set(text.match(/\$\w+/g)?.map((name) => name.slice(1)));
    const variables = Object.fromEntries(Object.entries(asked.variables).filter(([name]) => used.has(name)));
    yield { ...asked, document: text, variables };
  }
}

/** Each document with one part less: a selection, a fragment's frame, a directive, an argument, an alias. */
function* smallerDocuments(document: DocumentNode, variables: Record<string, unknown>): Generator<DocumentNode> {
  const count = countOf(document);
  for (let at = 0; at < count; at++) {
    for (const change of [removed, unframed, withoutAlias, inlined(document, variables)]) {
      const smaller = changedAt(document, at, change);
      if (smaller) yield smaller;
    }
  }
}

/** A smaller node, null for none, several, or undefined if this change does not fit the node. */
type Change = (node: ASTNode) => ASTNode | readonly ASTNode[] | null | undefined;

const removed: Change = ({ kind }) =>
  [Kind.FIELD, Kind.INLINE_FRAGMENT, Kind.FRAGMENT_SPREAD, Kind.DIRECTIVE, Kind.ARGUMENT, Kind.OBJECT_FIELD].some((each) => each === kind) ? null : undefined; // prettier-ignore

const unframed: Change = (node) =>
  node.kind === Kind.INLINE_FRAGMENT && !node.directives?.length ? node.selectionSet.selections : undefined;

const withoutAlias: Change = (node) => {
  if (node.kind !== Kind.FIELD || !node.alias) return undefined;
  const { alias: _, ...rest } = node;
  return rest;
};

/** A spread by its fragment, a variable by its value. */
const inlined =
  ({ definitions }: DocumentNode, variables: Record<string, unknown>): Change =>
  (node) => {
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const of = definitions.find(
        (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === node.name.value,
      );
      if (of?.kind !== Kind.FRAGMENT_DEFINITION) return undefined;
      const { typeCondition, selectionSet } = of;
      return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet, directives: node.directives ?? [] };
    }
    const value = node.kind === Kind.VARIABLE ? variables[node.name.value] : undefined;
    return typeof value === 'boolean' ? { kind: Kind.BOOLEAN, value } : typeof value === 'number' ? { kind: Kind.INT, value: String(value) } : undefined; // prettier-ignore
  };

function countOf(document: DocumentNode): number {
  let count = 0;
  visit(document, { enter: () => void count++ });
  return count;
}

/** The document with a change at its nth node. */
function changedAt(document: DocumentNode, at: number, change: Change): DocumentNode | undefined {
  let count = 0;
  let hasChanged = false;
  const changed: DocumentNode = visit(document, {
    enter(node, _, parent) {
      if (count++ !== at) return undefined;
      if (parent && 'kind' in parent && parent.kind === Kind.VARIABLE_DEFINITION) return undefined; // not a use of it
      const smaller = change(node);
      if (smaller === undefined) return undefined;
      hasChanged = true;
      return Array.isArray(smaller) ? { kind: Kind.INLINE_FRAGMENT, selectionSet: { kind: Kind.SELECTION_SET, selections: smaller } } : smaller; // prettier-ignore
    },
  });
  return hasChanged ? spliced(changed) : undefined;
}

/** Without frames that have neither a type nor a directive; empty sets select `__typename`. */
const spliced = (document: DocumentNode): DocumentNode =>
  visit(document, {
    SelectionSet: {
      leave(node) {
        const selections = node.selections.flatMap((each) =>
          each.kind === Kind.INLINE_FRAGMENT && !each.typeCondition && !each.directives?.length
            ? each.selectionSet.selections
            : [each],
        );
        const name = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
        return { ...node, selections: selections.length ? selections : [name] };
      },
    },
  });

/** The document without fragments and variables that nothing uses. */
export function withoutUnused(document: DocumentNode): DocumentNode {
  const spreads = new Set<string>();
  visit(document, { FragmentSpread: ({ name }) => void spreads.add(name.value) });
  const definitions = document.definitions.filter(
    (each) => each.kind !== Kind.FRAGMENT_DEFINITION || spreads.has(each.name.value),
  );
  if (definitions.length < document.definitions.length) return withoutUnused({ ...document, definitions });
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  return visit(document, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
  });
}

function* withSmallerWorlds(asked: Case): Generator<Case> {
  const { world } = asked;
  const { model } = asked.opened.composed;
  for (const name of ['faults', 'away', 'missing'] as const) {
    for (const i of world[name].keys()) yield { ...asked, world: { ...world, [name]: world[name].toSpliced(i, 1) } };
  }
  for (const thing of reachable(world)) {
    for (const [field, value] of Object.entries(thing.values)) {
      const type = model.objects.get(thing.type)?.fields.get(field)?.type;
      for (const smaller of smallerValues(value, type !== undefined && !type.endsWith('!'))) {
        const values = { ...thing.values, [field]: smaller };
        yield { ...asked, world: { ...world, things: { ...world.things, [thing.name]: { ...thing, values } } } };
      }
    }
  }
}

function* smallerValues(value: Value, isNullable: boolean): Generator<Value> {
  if (value === null || (typeof value !== 'object' && !isNullable)) return;
  if (isNullable) yield null;
  if (Array.isArray(value)) for (const i of value.keys()) yield (value as readonly Value[]).toSpliced(i, 1);
}

/** The objects that the roots lead to. */
export function reachable({ things }: World): Thing[] {
  const found = new Set<Thing>();
  const add = (value: Value): void => {
    if (Array.isArray(value)) (value as readonly Value[]).forEach(add);
    else if (isLink(value)) addThing(things[value.to]);
  };
  const addThing = (thing: Thing | undefined): void => {
    if (!thing || found.has(thing)) return;
    found.add(thing);
    Object.values(thing.values).forEach(add);
  };
  addThing(things['Query']);
  addThing(things['Mutation']);
  return [...found];
}
