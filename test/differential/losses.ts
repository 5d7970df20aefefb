// What may be lost where a subgraph is away or does not find an entity.
import {
  type DocumentNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { Case } from './cases.ts';
import { type Field, fieldOf, type Model, nameIn } from './model.ts';
import { type Difference, isRelated } from './difference.ts';
import type { Answer, Path } from './executor.ts';
import { setOf } from './field-sets.ts';
import type { Reading } from './world.ts';

/**
 * The answer is the oracle's with nulls in it, and each null has an error; only a field of an entity that a subgraph
 * does not find is null by right. Which nulls there are depends on the plan, but a root field that does not need the
 * subgraph keeps its data.
 */
export async function losses({ opened, world, ...operation }: Case, actual: Answer): Promise<Difference[]> {
  const { model } = opened.composed;
  const document = parse(operation.document);
  const readings = new Map<string, Reading>();
  const objects = new Map<string, string>(); // the names of the world's objects by their paths
  const whole = { ...world, away: [], missing: [] };
  const expected = await opened.oracle.answer(document, operation.variables, whole, (reading, path) => {
    readings.set(path.join('.'), reading);
    objects.set(path.slice(0, -1).join('.'), reading.thing.name);
  });
  const lost: Path[] = [];
  const isOpen = (path: Path) => {
    const reading = readings.get(path.join('.'));
    const isCount = reading?.thing.type === 'Mutation' && /^(Int|Float)!?$/.test(reading.field.type); // an absent subgraph does none
    return isCount || isComputedFromLinks(model, reading?.field);
  };
  const reordered: Path[] = [];
  const other = firstOther(expected.data, actual.data, { isOpen, lost, reordered, path: [] });
  if (other !== undefined) return [{ kind: 'other data', at: other }];

  const isMissing = (name: string | undefined) => world.missing.some(({ thing }) => thing === name);
  const paths = actual.errors.map(({ path = [] }) => path);
  const isByRight = (path: Path): boolean => {
    const here = path.join('.');
    const reading = readings.get(here);
    if (isMissing(objects.get(here))) return true; // the entity itself: one of its fields is never null
    return (isMissing(reading?.thing.name) && reading && mayBeNull(model, reading)) || isComputed(reading?.field);
  };
  const unexplained = lost.filter(
    (path) => !(world.missing.length && isByRight(path)) && !paths.some((each) => isRelated(each, path)),
  );
  const failing = new Set([...world.away, ...world.missing.map(({ subgraph }) => subgraph)]);
  const needing = rootsNeeding(opened.oracle.schema, document, model, failing);
  const needless = lost.filter(([root]) => root !== undefined && !needing.has(String(root)));
  return [
    ...unexplained.map((path) => ({ kind: 'null without an error', at: path.join('.') }) as const),
    ...reordered.map((path) => ({ kind: 'other order of keys', at: path.join('.') }) as const),
    ...needless.map((path) => ({ kind: 'needless loss', at: path.join('.') }) as const),
  ];
}

/** Whether a field, or that of an interface of its type, is nullable: without its entity, only the interface is known. */
const mayBeNull = (model: Model, { thing, field }: Reading): boolean =>
  !field.type.endsWith('!') ||
  [...model.interfaces.values()].some(
    ({ members, fields }) => members.includes(thing.type) && fields.get(field.name)?.type.endsWith('!') === false,
  );

const isComputed = (field: Field | undefined): boolean =>
  Object.values(field?.served ?? {}).some(({ as }) => as === 'required');

/** Whether a field is computed from other objects or from computed fields, which may be null in a representation. */
function isComputedFromLinks(model: Model, field: Field | undefined): boolean {
  return Object.values(field?.served ?? {}).some(
    (served) => served.as === 'required' && (served.requires.includes('{') || namesComputed(model, served.requires)),
  );
}

const namesComputed = (model: Model, fields: string): boolean =>
  setOf(fields).selections.some(
    (each) =>
      each.kind === Kind.FIELD &&
      [...model.objects.keys()].some((type) => isComputed(fieldOf(model, type, each.name.value))),
  );

interface Walk {
  /** Whether another value is right here. */
  isOpen: (path: Path) => boolean;
  /** Collects the paths of nulls. */
  lost: Path[];
  /** Collects the paths of objects with another order of keys. */
  reordered: Path[];
  path: Path;
}

/** Where the values differ other than by a null. */
function firstOther(right: unknown, given: unknown, walk: Walk): string | undefined {
  const { isOpen, lost, reordered, path } = walk;
  if (Object.is(right, given)) return undefined;
  if (given === null) return void lost.push(path);
  if (isOpen(path)) return undefined;
  const here = path.join('.') || '(data)';
  if (typeof right !== 'object' || typeof given !== 'object' || right === null) return here;
  const keys = Object.keys(right);
  const own = Object.keys(given);
  if (keys.toSorted().join('\n') !== own.toSorted().join('\n')) return here;
  if (keys.join('\n') !== own.join('\n')) reordered.push(path);
  for (const key of keys) {
    const below = { ...walk, path: [...path, Array.isArray(right) ? Number(key) : key] };
    const found = firstOther((right as Record<string, unknown>)[key], (given as Record<string, unknown>)[key], below);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The response names of root fields whose plan may call one of these subgraphs. */
function rootsNeeding(
  schema: GraphQLSchema,
  document: DocumentNode,
  model: Model,
  failing: ReadonlySet<string>,
): Set<string> {
  const needing = new Set<string>();
  const fragments = new Map(
    document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
  );
  const isIn = (type: string): boolean => {
    const found = model.objects.get(type);
    const objects = [...model.interfaces.values()].filter(({ members }) => members.includes(type));
    const subgraphs = [...(found?.subgraphs ?? []), ...objects.flatMap((each) => [...each.objects])];
    return subgraphs.some((subgraph) => failing.has(subgraph));
  };

  function walk({ selections }: SelectionSetNode, type: GraphQLCompositeType, root: string | undefined): void {
    for (const each of selections) {
      if (each.kind === Kind.FRAGMENT_SPREAD || each.kind === Kind.INLINE_FRAGMENT) {
        const node = each.kind === Kind.INLINE_FRAGMENT ? each : fragments.get(each.name.value);
        const on = node?.typeCondition ? schema.getType(node.typeCondition.name.value) : type;
        if (node && isCompositeType(on)) walk(node.selectionSet, on, root);
        continue;
      }
      const field = isUnionType(type) ? undefined : type.getFields()[each.name.value];
      if (!field) continue;
      const own = root ?? (each.alias ?? each.name).value;
      const declared = fieldOf(model, type.name, field.name);
      const named = getNamedType(field.type);
      if (root === undefined && Object.keys(declared?.served ?? {}).some((of) => failing.has(of))) needing.add(own);
      const types = isAbstractType(named) ? schema.getPossibleTypes(named) : [named];
      if (types.some((of) => reached(of.name).some(isIn))) needing.add(own);
      if (isCompositeType(named) && each.selectionSet) walk(each.selectionSet, named, own);
    }
  }

  /** The type and those that its required fields and keys lead to. */
  function reached(type: string, known = new Set<string>()): string[] {
    if (known.has(type)) return [];
    known.add(type);
    const external = [...(model.objects.get(type)?.fields.values() ?? [])].filter(
      ({ served, name }) => name === 'owner' || Object.values(served).some(({ as }) => as === 'external'),
    );
    return [type, ...external.flatMap((field) => reached(nameIn(field.type), known))];
  }

  for (const each of document.definitions) {
    if (each.kind !== Kind.OPERATION_DEFINITION) continue;
    const root = schema.getRootType(each.operation);
    if (root) walk(each.selectionSet, root, undefined);
  }
  return needing;
}
