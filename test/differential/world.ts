// The joined data of a supergraph: all objects with all their fields, whichever subgraph serves them.
import { GraphQLError, Kind, parseType, type TypeNode } from 'graphql';
import { type Field, fieldOf, fieldsOf, type Model, nameIn, possibleIn } from './model.ts';
import { canonical, hashOf, known, type Random } from './random.ts';

export interface Link {
  /** The name of an object of the world. */
  to: string;
}

/** A custom scalar's value: an object that must not be read as a selection. */
export interface Json {
  json: unknown;
}

export type Value = null | string | number | boolean | Json | Link | readonly Value[];

export interface Thing {
  name: string;
  type: string;
  values: Record<string, Value>;
}

/** What goes wrong at a field of an object, in every subgraph that resolves it. */
export interface FieldFault {
  thing: string;
  field: string;
  /** `hole`: the first item of a list is null. */
  kind: 'null' | 'error' | 'hole';
}

export interface World {
  things: Record<string, Thing>;
  faults: readonly FieldFault[];
  /** Subgraphs that fail every request. */
  away: readonly string[];
  /** Entities that a subgraph does not find. */
  missing: readonly { thing: string; subgraph: string }[];
}

export const isLink = (value: Value): value is Link => typeof value === 'object' && value !== null && 'to' in value;
const isJson = (value: Value): value is Json => typeof value === 'object' && value !== null && 'json' in value;

/** Draws two or three objects of every entity, and all that their fields need. */
export function drawWorld(model: Model, random: Random): World {
  const things: Record<string, Thing> = {};
  const add = (name: string, type: string): Thing => (things[name] = { name, type, values: {} });
  const entities = [...model.objects.values()].filter(({ kind }) => kind === 'entity');
  for (const [rank, { name }] of entities.entries()) {
    // unique over all types, as an interface may be an entity with this key
    for (let i = 1; i <= 2 + random.below(2); i++) add(`${name}${i}`, name).values['id'] = String(10 * i + rank);
  }
  let count = 0;
  const part = (type: string): Link => {
    const thing = add(`${type}-${count++}`, type);
    fill(thing, 0);
    return { to: thing.name };
  };

  function fill(thing: Thing, index: number): void {
    for (const field of fieldsOf(model, thing.type))
      thing.values[field.name] ??= keyValue(field, index) ?? valueOf(field);
  }

  /** Values that distinguish the objects of a type. */
  function keyValue({ name, type }: Field, index: number): Value | undefined {
    if (name === 'code') return `c${index}`;
    if (name === 'region') return `r${index % 2}`;
    if (name === 'num') return index;
    if (name !== 'place') return undefined;
    const place = add(`${nameIn(type)}-${index}`, nameIn(type));
    place.values = { row: index, floor: `f${index % 2}` };
    return { to: place.name };
  }

  function valueOf(field: Field): Value {
    const servers = Object.entries(field.served).filter(([, { as }]) => as === 'resolved');
    const possible = servers.map(([subgraph]) => possibleIn(model, field.type, subgraph));
    const [first = [nameIn(field.type)], ...others] = possible;
    const types = first.filter((type) => others.every((each) => each.includes(type)));
    return typed(parseType(field.type), types);
  }

  function typed(type: TypeNode, types: readonly string[]): Value {
    if (type.kind === Kind.NON_NULL_TYPE) return some(type.type, types);
    return random.chance(0.15) ? null : some(type, types);
  }

  function some(type: TypeNode, types: readonly string[]): Value {
    if (type.kind === Kind.NON_NULL_TYPE) return some(type.type, types);
    if (type.kind === Kind.LIST_TYPE) {
      return Array.from({ length: random.below(4) }, () => typed(type.type, types));
    }
    const of = types.length ? random.one(types) : type.name.value;
    const object = model.objects.get(of);
    if (object?.kind === 'entity')
      return { to: random.one(Object.values(things).filter((each) => each.type === of)).name };
    return object ? part(of) : leaf(of);
  }

  function leaf(type: string): Value {
    const number = random.below(90) + 10;
    if (type === 'Int') return number;
    if (type === 'Float') return number + 0.5;
    if (type === 'Boolean') return number % 2 === 0;
    if (type === 'Json') return { json: { id: number, __typename: 'Nothing', to: [null, { name: number }] } };
    const values = model.enums.get(type)?.values;
    return values ? random.one(values) : `${type === 'ID' ? 'i' : 's'}${number}`;
  }

  const drawn = Object.values(things);
  for (const thing of drawn) fill(thing, Number(/\d+$/.exec(thing.name)?.[0]));
  for (const root of ['Query', 'Mutation']) if (model.objects.has(root)) fill(add(root, root), 0);
  return { things, faults: [], away: [], missing: [] };
}

/** Whose field is read, and with which arguments. */
export interface Reading {
  thing: Thing;
  field: Field;
  args: Readonly<Record<string, unknown>>;
}

/** The value of a field with arguments, which change it. Throws a GraphQLError where the world has such a fault. */
export function read({ things, faults }: World, model: Model, { thing, field, args }: Reading): Value {
  const fault = faults.find((each) => each.thing === thing.name && each.field === field.name);
  if (fault?.kind === 'error') throw new GraphQLError(`planted at ${thing.type}.${field.name}`);
  if (fault?.kind === 'null') return null;
  const hidden = new Set(field.args.filter(({ isHidden }) => isHidden).map(({ name }) => name)); // the API schema has none
  const given = Object.fromEntries(Object.entries(args).filter(([name]) => !hidden.has(name)));
  const shift = field.args.length ? hashOf(canonical(given)) % 997 : 0;
  const value = shifted(known(things, thing.name).values[field.name] ?? null, shift, model, nameIn(field.type));
  return fault?.kind === 'hole' && Array.isArray(value) ? [null, ...(value as readonly Value[]).slice(1)] : value;
}

/** Another value of the same type for every shift; an object stays the same. */
export function shifted(value: Value, by: number, model: Model, type: string): Value {
  if (by === 0 || value === null || isLink(value)) return value;
  if (typeof value === 'number') return value + by;
  if (typeof value === 'boolean') return by % 2 === 0 ? value : !value;
  if (typeof value === 'string') {
    const values = model.enums.get(type)?.values;
    return values ? (values[(values.indexOf(value) + by) % values.length] ?? value) : `${value}~${by}`;
  }
  if (isJson(value)) return { json: [value.json, by] };
  const items = value.map((each) => shifted(each, by, model, type));
  const start = items.length ? by % items.length : 0;
  return [...items.slice(start), ...items.slice(0, start)];
}

/** The value of a field that is computed from others: it differs with each of them. */
export function computed(stored: Value, from: unknown): Value {
  const hash = hashOf(canonical(from)) % 9973;
  return typeof stored === 'number' ? stored + 1000 * hash : stored === null ? null : `${canonical(stored)}/${hash}`;
}

/** The field of a type. Throws an Error if there is none. */
export function theField(model: Model, type: string, name: string): Field {
  const field = fieldOf(model, type, name);
  if (!field) throw new Error(`${type}.${name} is unknown`);
  return field;
}

/** A value for graphql-js: links become sources, custom scalars their content. */
export const forExecution = (value: Value, sourceOf: (link: Link) => object): unknown =>
  Array.isArray(value)
    ? (value as readonly Value[]).map((each) => forExecution(each, sourceOf))
    : isLink(value)
      ? sourceOf(value)
      : isJson(value)
        ? value.json
        : value;

/** Counts a mutation; a number that it returns shows how many were before. */
export function afterMutation(value: Value, parent: string, done: { count: number }): Value {
  if (parent !== 'Mutation') return value;
  done.count++;
  return typeof value === 'number' ? value + 10_000 * done.count : value;
}
