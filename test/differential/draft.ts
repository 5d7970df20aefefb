// A model while it is drawn: what may still be added to which subgraph, so that the result composes.
import {
  type Argument,
  type Field,
  type Key,
  type Model,
  nameIn,
  type ObjectModel,
  possibleIn,
  type Served,
  type Signature,
  topLevelOf,
} from './model.ts';
import { known, type Random } from './random.ts';

export interface Draft {
  random: Random;
  model: Model;
  /** `Type@subgraph` of entities that nothing may enter there: they get no further fields. */
  sealed: Set<string>;
  /** `Type@subgraph` where the entity must not be defined: the subgraph has its interface as one object. */
  barred: Set<string>;
  /** Names of fields by object type that only some of its subgraphs know. */
  reserved: Map<string, Set<string>>;
  /** `Type.field` that interfaces, keys or field sets name: neither overridden nor hidden. */
  pinned: Set<string>;
}

export const SCALARS = ['Int', 'String', 'Boolean', 'Float', 'ID', 'Json'];

const FIELDS = [
  ...['name', 'title', 'label', 'price', 'weight', 'rank', 'left', 'kind', 'about', 'more', 'next', 'items'],
  ...['parts', 'near', 'twin', 'grade', 'text', 'since', 'total', 'first', 'tags', 'rows', 'best', 'all'],
];

export const entitiesOf = ({ model }: Draft): ObjectModel[] =>
  [...model.objects.values()].filter(({ kind }) => kind === 'entity');

/** A name that no field of these types has. */
export function freshName(draft: Draft, types: readonly string[]): string {
  const taken = new Set(types.flatMap((type) => [...namesOf(draft, type)]));
  const free = FIELDS.filter((name) => !taken.has(name));
  return free.length ? draft.random.one(free) : `extra${taken.size}`;
}

const namesOf = ({ model, reserved }: Draft, type: string): string[] => [
  ...(model.objects.get(type)?.fields.keys() ?? []),
  ...(model.interfaces.get(type)?.fields.keys() ?? []),
  ...(model.interfaces.get(type)?.added.keys() ?? []),
  ...(reserved.get(type) ?? []),
];

export function reserve({ reserved }: Draft, types: readonly string[], name: string): void {
  for (const type of types) reserved.set(type, (reserved.get(type) ?? new Set()).add(name));
}

/** Adds a field, or its serving by further subgraphs. */
export function serve(of: ObjectModel, { name, type, args }: Signature, subgraphs: readonly string[], as: Served) {
  const field: Field = of.fields.get(name) ?? { name, type, args, served: {}, isHidden: false };
  of.fields.set(name, field);
  for (const subgraph of subgraphs) {
    field.served[subgraph] = { ...as };
    of.subgraphs.add(subgraph);
  }
  return field;
}

/** Adds a key, the fields in it, and what these need. */
export function addKey(draft: Draft, entity: ObjectModel, subgraph: string, key: Key): void {
  const keys = (entity.keys[subgraph] ??= []);
  if (keys.some(({ fields }) => fields === key.fields)) return;
  keys.push(key);
  entity.subgraphs.add(subgraph);
  for (const name of topLevelOf(key.fields)) {
    const field = known(entity.fields, name);
    field.served[subgraph] = { as: 'resolved' };
    draft.pinned.add(`${entity.name}.${name}`);
    const below = draft.model.objects.get(nameIn(field.type));
    if (below?.kind === 'value') defineValue(below, subgraph);
    if (below?.kind === 'entity') addKey(draft, below, subgraph, { fields: 'id', isResolvable: true });
  }
}

export function defineValue(value: ObjectModel, subgraph: string): void {
  value.subgraphs.add(subgraph);
  for (const field of value.fields.values()) field.served[subgraph] ??= { as: 'resolved' };
}

export const canDefine = ({ barred }: Draft, entity: ObjectModel, subgraph: string): boolean =>
  !barred.has(`${entity.name}@${subgraph}`);

/** Defines an entity in a subgraph that only refers to it, if it is not defined there yet. */
export function defineStub(draft: Draft, entity: ObjectModel, subgraph: string): void {
  if (entity.subgraphs.has(subgraph)) return;
  const { random } = draft;
  const plain = allKeys(entity).filter((fields) => !fields.startsWith('owner'));
  const isResolvable = random.chance(0.5);
  if (!isResolvable) draft.sealed.add(`${entity.name}@${subgraph}`);
  addKey(draft, entity, subgraph, { fields: random.one(plain), isResolvable });
}

/** The keys of an entity in all subgraphs. */
export const allKeys = (entity: ObjectModel): string[] => [
  ...new Set(
    Object.values(entity.keys)
      .flat()
      .map(({ fields }) => fields),
  ),
];

/** The subgraphs of an entity that may get fields, as other subgraphs can enter it there. */
export const openIn = ({ sealed }: Draft, { name, subgraphs }: ObjectModel): string[] =>
  [...subgraphs].filter((subgraph) => !sealed.has(`${name}@${subgraph}`));

/** A type that all these subgraphs can return; it defines there what the type needs. */
export function drawType(draft: Draft, owners: readonly string[], leavesOnly = false): string {
  const { random, model } = draft;
  const leaf = () => random.one([...SCALARS, 'Int', 'String', ...model.enums.keys()]);
  if (leavesOnly || random.chance(0.45)) return wrap(random, leaf());
  const objects = [...model.objects.values()].filter(
    (each) =>
      (each.kind === 'entity' && owners.every((owner) => canDefine(draft, each, owner))) ||
      (each.kind === 'value' && /^V/.test(each.name)),
  );
  const abstract = [...model.interfaces.keys(), ...model.unions.keys()].filter(
    (name) => owners.length === 1 && owners.every((owner) => isAbstractIn(model, name, owner)),
  );
  const name = abstract.length && random.chance(0.45) ? random.one(abstract) : random.one(objects).name;
  const object = model.objects.get(name);
  for (const owner of owners) {
    if (object?.kind === 'entity') defineStub(draft, object, owner);
    if (object?.kind === 'value') defineValue(object, owner);
  }
  return wrap(random, name);
}

const isAbstractIn = (model: Model, name: string, subgraph: string): boolean =>
  !model.objects.has(name) && (model.interfaces.has(name) || model.unions.has(name)) && possibleIn(model, name, subgraph).length > 0; // prettier-ignore

/** The type by itself or in lists, with non-null at any place. */
function wrap(random: Random, name: string): string {
  const bang = () => (random.chance(0.4) ? '!' : '');
  const one = `${name}${bang()}`;
  if (random.chance(0.55)) return one;
  const list = `[${one}]${bang()}`;
  return random.chance(0.8) ? list : `[${list}]${bang()}`;
}

/** Between none and three arguments, with and without defaults. */
export function drawArguments({ random, model }: Draft): Argument[] {
  if (!random.chance(0.35)) return [];
  const kinds: Argument[] = [
    { name: 'by', type: 'Int', default: '3' },
    { name: 'to', type: 'String' },
    { name: 'of', type: '[Int!]', default: '[1, 2]' },
    { name: 'id', type: 'ID!' },
    { name: 'isBig', type: 'Boolean', default: 'true' },
    { name: 'secret', type: 'Int', default: '7', isHidden: true },
    ...[...model.enums.values()].map(({ name, values }) => ({ name: 'unit', type: name, default: random.one(values) })),
    ...[...model.inputs.keys()].map((type) => ({ name: 'filter', type })),
    ...[...model.inputs.keys()].map((type) => ({ name: 'filters', type: `[${type}!]`, default: '[{ least: 2 }]' })),
  ];
  const drawn = random.some(kinds, 1, 3);
  return drawn.filter(({ name }, i) => drawn.findIndex((each) => each.name === name) === i);
}

/** Literal arguments of a call in a field set. Every required argument is given. */
export function drawLiterals(random: Random, args: readonly Argument[]): string {
  const literals: Record<string, readonly string[]> = {
    by: ['4', '5', '-1'],
    to: ['"x"', '"{ a }"', 'null'],
    of: ['[7]', '[]'],
    id: ['"1"', '2'],
    isBig: ['false'],
  };
  const given = args.flatMap(({ name, type }) => {
    const values = literals[name];
    return values && (type.endsWith('!') || random.chance(0.7)) ? [`${name}: ${random.one(values)}`] : [];
  });
  return given.length ? `(${given.join(', ')})` : '';
}
