// The answer's shape: takes from the data of a run what the client selected, under its names and in its order.
import {
  type FieldNode,
  getNamedType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type GraphQLUnionType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { NonEmpty } from '../../../schema/values/non-empty.ts';
import { labelOf } from '../../documents/defer.ts';
import { fragmentOf, type Fragments, rootTypeOf } from '../../limits/document.ts';
import { fits } from '../leaf-values.ts';
import { fetchesOf, newPlace, type Place } from './origins.ts';
import { isObject, own } from './reach.ts';
import type { Data } from './run-state.ts';
import type { Deferred, Pass } from './answer-pass.ts';

/** The data of the answer; null if a field of the root that is never null is missing. */
export type Shape = (pass: Pass) => Data | null;

export interface Shaped {
  schema: GraphQLSchema;
  /** Under the names of the plan, without conditions. */
  operation: OperationDefinitionNode;
  fragments: Fragments;
  /** The client's name of a response name. */
  clientOf: (name: string) => string;
  /** Whether a fragment comes in a part of its own. */
  isDeferred: (fragment: SelectionNode) => boolean;
  origins: Place;
  /** Called with each field that is compiled. */
  counted: () => void;
}

/** The completed value; undefined if it is null and its parent may not have a null there. Reports each null's reason. */
type Complete = (value: unknown, pass: Pass) => unknown;

interface Field {
  client: string;
  /** Whether it has no fields below. */
  isLeaf: boolean;
  read: (object: Data, pass: Pass) => unknown;
}

/** What is selected on the objects of one type. */
interface Fields {
  own: readonly Field[];
  deferred: readonly Deferred[];
}

type FieldsType = GraphQLObjectType | GraphQLInterfaceType;
type CompositeType = FieldsType | GraphQLUnionType;

const NOTHING: Place = newPlace();

export function compileShape(shaped: Shaped): Shape {
  const { schema, operation, origins } = shaped;
  const root = objectCompleter(rootTypeOf(schema, operation.operation), [operation.selectionSet], origins, [], shaped);
  return (pass) => (root(pass.run.data, pass) ?? null) as Data | null;
}

function completerOf(
  type: GraphQLOutputType,
  sets: readonly SelectionSetNode[],
  place: Place,
  fetches: readonly number[],
  shaped: Shaped,
): Complete {
  if (isNonNullType(type)) {
    const complete = completerOf(type.ofType, sets, place, fetches, shaped);
    return (value, pass) => {
      if (value === null) pass.reportInvalid(fetches);
      const completed = value === null ? null : complete(value, pass);
      if (completed !== null) return completed;
      if (pass.isUnexplained) pass.reportInvalid(fetches); // an entity that does not exist, where one is promised
      pass.isUnexplained = false;
      return undefined;
    };
  }
  if (isListType(type)) return listCompleter(completerOf(type.ofType, sets, place, fetches, shaped), fetches);
  if (isScalarType(type) || isEnumType(type)) {
    const isFit = fits(type);
    return (value, pass) => (value === null || isFit(value) ? value : pass.reportInvalid(fetches));
  }
  const complete = objectCompleter(type, sets, place, fetches, shaped);
  return (value, pass) => (value === null ? null : complete(value, pass));
}

const listCompleter =
  (item: Complete, fetches: readonly number[]): Complete =>
  (value, pass) => {
    if (value === null) return null;
    if (!Array.isArray(value)) return pass.reportInvalid(fetches);
    const items = new Array<unknown>(value.length);
    const below = pass.part?.deferred.length;
    let isNull = false;
    for (let i = 0; i < value.length; i++) {
      pass.path.push(i);
      if (value[i] === null) pass.part?.meetNull(fetches, pass.path);
      const completed = item(value[i], pass);
      pass.path.pop();
      if (completed === undefined) isNull = true;
      else if (completed === null) pass.isUnexplained = false;
      items[i] = completed;
    }
    if (isNull && below !== undefined) pass.part?.leaveOut(below);
    return isNull ? null : items;
  };

/**
 * Completes objects of a type; of an interface or union, by the type that each object states. A plan does not ask for the
 * type if the selections do not depend on it; then the object has the fields of the interface.
 */
function objectCompleter(
  declared: CompositeType,
  sets: readonly SelectionSetNode[],
  place: Place,
  fetches: readonly number[],
  shaped: Shaped,
): Complete {
  const { schema } = shaped;
  const byType = new Map<string, Fields>();
  const fieldsOf = (typeName: string): Fields | undefined => {
    const known = byType.get(typeName);
    if (known) return known;
    const type = schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
    if (type !== declared && !(isAbstractType(declared) && schema.isSubType(declared, type))) return undefined;
    const fields = compileFields(type, sets, place, shaped);
    byType.set(typeName, fields);
    return fields;
  };
  const typeFetches = [...new Set(place.below.get('__typename')?.givers.map(({ fetch }) => fetch))];
  const ofDeclared = dependsOnType(declared, sets, shaped) ? undefined : fieldsOf(declared.name);
  return (value, pass) => {
    if (!isObject(value)) return pass.reportInvalid(fetches);
    const stated = value['__typename'];
    const isUnknown = stated === undefined || stated === declared.name;
    if (isUnknown && !ofDeclared) {
      pass.part?.meetNull(typeFetches, pass.path);
      pass.reportMissing(value, typeFetches, true);
      return null;
    }
    const fields = isUnknown ? ofDeclared : typeof stated === 'string' ? fieldsOf(stated) : undefined;
    return fields ? complete(value, fields, pass) : pass.reportInvalid(fetches);
  };
}

/** Whether selections on an interface or union have fields that only some of its types have, or ask for the type. */
const dependsOnType = (declared: CompositeType, sets: readonly SelectionSetNode[], shaped: Shaped): boolean =>
  !isObjectType(declared) &&
  sets.some(({ selections }) =>
    selections.some((each) => {
      if (each.kind === Kind.FIELD) return each.name.value === '__typename';
      const { typeCondition, selectionSet } = fragmentOf(each, shaped.fragments);
      const isForAll = !typeCondition || isOn(declared, typeCondition.name.value, shaped.schema);
      return !isForAll || dependsOnType(declared, [selectionSet], shaped);
    }),
  );

function complete(object: Data, { own: fields, deferred }: Fields, pass: Pass): Data | null {
  const { path, part } = pass;
  const sent = part?.begin(object);
  if (sent === 'null') return null;
  const below = part?.deferred.length ?? 0;
  const answer: Data = {};
  let isNull = false;
  let isExplained = false;
  for (const { client, isLeaf, read } of fields) {
    if (sent?.has(client)) continue;
    path.push(client);
    const value = read(object, pass);
    path.pop();
    if (value === undefined) {
      isNull = true; // the others are still completed: their errors count, too
      isExplained ||= !pass.isUnexplained;
    } else if (client === '__proto__') define(answer, client, value);
    else answer[client] = value;
    if (value == null) pass.isUnexplained = false;
    if (isLeaf || value == null) part?.send(object, client);
  }
  if (!isNull) {
    for (const fragment of deferred) part?.defer(fragment, object, path);
    return answer;
  }
  part?.leaveOut(below, object);
  pass.isUnexplained = !isExplained;
  return null;
}

/** An assignment to `__proto__` would change the object's prototype. */
const define = (object: Data, name: string, value: unknown): void =>
  void Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });

/** What is collected for an object type. */
interface Selected {
  /** The occurrences of each field, by response name, in the order of the answer. */
  fields: Map<string, [FieldNode, ...FieldNode[]]>;
  deferred: Deferred[];
}

function compileFields(type: FieldsType, sets: readonly SelectionSetNode[], place: Place, shaped: Shaped): Fields {
  const selected: Selected = { fields: new Map(), deferred: [] };
  for (const set of sets) collect(set, type, place, shaped, selected);
  const own = [...selected.fields].map(([name, nodes]) => compileField(name, nodes, type, place, shaped));
  return { own, deferred: selected.deferred };
}

function compileDeferred(fragment: SelectionNode, type: FieldsType, place: Place, shaped: Shaped): Deferred {
  const sets = [fragmentOf(fragment as Exclude<SelectionNode, FieldNode>, shaped.fragments).selectionSet];
  const inParts = lazily(() => compileFields(type, sets, place, shaped));
  const whole = lazily(() => compileFields(type, sets, place, { ...shaped, isDeferred: () => false }));
  return {
    label: labelOf(fragment),
    complete: (object, pass, isWhole) => complete(object, isWhole ? whole() : inParts(), pass),
  };
}

function lazily<T>(compute: () => T): () => T {
  let known: { value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}

function compileField(plan: string, nodes: NonEmpty<FieldNode>, type: FieldsType, place: Place, shaped: Shaped): Field {
  shaped.counted();
  const client = shaped.clientOf(plan);
  const { name } = nodes[0];
  if (name.value === '__typename') return { client, isLeaf: true, read: () => type.name };
  const definition = type.getFields()[name.value];
  if (!definition) return { client, isLeaf: true, read: (_, pass) => pass.introspected?.[client] };
  const here = place.below.get(plan) ?? NOTHING;
  const fetches = fetchesOf(here, type.name);
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const isOutcome = type === shaped.schema.getMutationType();
  const completeValue = orExplained(isOutcome, completerOf(definition.type, sets, here, fetches, shaped), fetches);
  const isNonNull = isNonNullType(definition.type);
  return {
    client,
    isLeaf: isLeafType(getNamedType(definition.type)),
    read: (object, pass) => {
      const value = own(object, plan);
      if (value == null) pass.part?.meetNull(fetches, pass.path);
      return value === undefined ? pass.reportMissing(object, fetches, isNonNull) : completeValue(value, pass);
    },
  };
}

/** The outcome of a mutation is nullable only so that others of the document keep theirs: its null has a reason. */
const orExplained = (isOutcome: boolean, completeValue: Complete, fetches: readonly number[]): Complete =>
  isOutcome
    ? (value, pass) => (value === null ? pass.reportInvalid(fetches) : completeValue(value, pass))
    : completeValue;

function collect(
  { selections }: SelectionSetNode,
  type: FieldsType,
  place: Place,
  shaped: Shaped,
  selected: Selected,
): void {
  for (const each of selections) {
    if (each.kind === Kind.FIELD) {
      const name = (each.alias ?? each.name).value;
      const before = selected.fields.get(name);
      if (before) before.push(each);
      else selected.fields.set(name, [each]);
      continue;
    }
    const { typeCondition, selectionSet } = fragmentOf(each, shaped.fragments);
    if (typeCondition && !isOn(type, typeCondition.name.value, shaped.schema)) continue;
    if (shaped.isDeferred(each)) selected.deferred.push(compileDeferred(each, type, place, shaped));
    else collect(selectionSet, type, place, shaped, selected);
  }
}

function isOn(type: CompositeType, condition: string, schema: GraphQLSchema): boolean {
  if (condition === type.name) return true;
  if (isUnionType(type)) return false;
  const on = schema.getType(condition);
  return isAbstractType(on) && schema.isSubType(on, type);
}
