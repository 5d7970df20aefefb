// Draws the types of a supergraph: entities with their keys, value types, interfaces, unions, enums and input objects.
import {
  addKey,
  allKeys,
  canDefine,
  defineValue,
  type Draft,
  drawArguments,
  drawType,
  entitiesOf,
  freshName,
  openIn,
  reserve,
  serve,
} from './draft.ts';
import type { Key, ObjectModel, Signature } from './model.ts';
import { known } from './random.ts';

const ENTITIES = ['Book', 'Film', 'Person', 'Shelf', 'Shop', 'City'];

export const objectNamed = (name: string, kind: ObjectModel['kind']): ObjectModel => ({
  kind,
  name,
  subgraphs: new Set(),
  keys: {},
  fields: new Map(),
});

export function drawInputs({ random, model }: Draft): void {
  model.enums.set('Unit', { name: 'Unit', values: ['GRAM', 'KILO', 'POUND'], hidden: random.chance(0.4) ? ['STONE'] : [] }); // prettier-ignore
  if (random.chance(0.5)) model.enums.set('Grade', { name: 'Grade', values: ['LOW', 'HIGH'], hidden: [] });
  model.inputs.set('Filter', {
    name: 'Filter',
    fields: [
      { name: 'least', type: 'Int!' },
      { name: 'unit', type: 'Unit', default: 'KILO' },
      { name: 'words', type: '[String!]', default: '["a"]' },
      { name: 'inner', type: 'Filter' },
      ...(random.chance(0.3) ? [{ name: 'hiddenPart', type: 'Int', isHidden: true }] : []),
    ],
  });
}

export function drawValues(draft: Draft): void {
  const { random, model } = draft;
  for (let i = 0; i < 1 + random.below(2); i++) {
    const value = objectNamed(`V${i}`, 'value');
    model.objects.set(value.name, value);
    for (let j = 0; j < 1 + random.below(3); j++) {
      const signature = { name: freshName(draft, [value.name]), type: drawType(draft, [], true), args: drawArguments(draft) }; // prettier-ignore
      serve(value, signature, [], { as: 'resolved' });
    }
  }
}

export function drawEntities(draft: Draft): void {
  const { random, model } = draft;
  for (const name of random.some(ENTITIES, 2, 5)) {
    const entity = objectNamed(name, 'entity');
    const keys = drawKeys(draft, entity);
    model.objects.set(name, entity);
    const [home = '', ...others] = random.some(model.subgraphs, model.subgraphs.length, model.subgraphs.length);
    for (const fields of keys) addKey(draft, entity, home, { fields, isResolvable: true }); // every hop can go through it
    for (const other of others.filter(() => random.chance(0.45))) {
      for (const [i, fields] of random.some(keys, 1, 2).entries()) {
        addKey(draft, entity, other, { fields, isResolvable: i === 0 || random.chance(0.6) });
      }
    }
  }
}

/** The keys of an entity, the first without another entity in it. */
function drawKeys(draft: Draft, entity: ObjectModel): string[] {
  const { random, model } = draft;
  const plain = ['id', 'code', 'region num', 'place { row floor }'];
  const first = random.chance(0.6) ? 'id' : random.one(plain);
  const owners = entitiesOf(draft).filter((each) => allKeys(each).includes('id'));
  const others = [...plain.filter((key) => key !== first), ...(owners.length ? ['owner { id } num'] : [])];
  const keys = [first, ...random.some(others, 0, 2)];
  const declare = (name: string, type: string) => serve(entity, { name, type, args: [] }, [], { as: 'resolved' });
  const has = (part: string) => keys.some((key) => key.includes(part));
  if (keys.includes('id')) declare('id', 'ID!');
  if (has('code')) declare('code', 'String!');
  if (has('region')) declare('region', 'String!');
  if (has('num')) declare('num', 'Int!');
  if (has('owner')) declare('owner', `${random.one(owners).name}!`);
  if (has('place')) {
    const place = objectNamed(`Place${entity.name}`, 'value');
    serve(place, { name: 'row', type: 'Int!', args: [] }, [], { as: 'resolved' });
    serve(place, { name: 'floor', type: 'String!', args: [] }, [], { as: 'resolved' });
    model.objects.set(place.name, place);
    declare('place', `${place.name}!`);
  }
  return keys;
}

export function drawInterfaces(draft: Draft): void {
  const { random } = draft;
  for (const name of random.some(['Item', 'Kept', 'Media'], 1, 2)) {
    const isEntity = random.chance(0.6) && drawEntityInterface(draft, name);
    if (!isEntity) drawInterface(draft, name);
  }
}

/** An interface that is an entity in one subgraph, and one object in others; false if no subgraph can have it so. */
function drawEntityInterface(draft: Draft, name: string): boolean {
  const { random, model } = draft;
  const withId = entitiesOf(draft).filter((each) => allKeys(each).includes('id'));
  const [object = '', ...others] = random.some(model.subgraphs, model.subgraphs.length, model.subgraphs.length);
  const absent = withId.filter(({ subgraphs }) => !subgraphs.has(object));
  if (!absent.length) return false;
  const members = random.some(absent, 1, 3);
  const carrier = random.one(others);
  const ofEntity = [...model.interfaces.values()].filter((each) => each.key !== undefined);
  if (ofEntity.some((each) => members.some((member) => each.members.includes(member.name)))) return false;
  if (!members.every((member) => canDefine(draft, member, carrier))) return false;
  const without = others.filter(
    (subgraph) => subgraph !== carrier && members.every((member) => !member.subgraphs.has(subgraph)),
  );
  const objects = new Set([object, ...random.some(without, 0, 1)]);

  const key: Key = { fields: 'id', isResolvable: true };
  for (const member of members) {
    const known = member.keys[carrier]?.find(({ fields }) => fields === 'id');
    if (known) known.isResolvable = true;
    else addKey(draft, member, carrier, key);
    draft.pinned.add(`${member.name}.id`);
    for (const subgraph of objects) draft.barred.add(`${member.name}@${subgraph}`);
  }
  const fields = new Map<string, Signature>([['id', { name: 'id', type: 'ID!', args: [] }]]);
  const names = members.map((member) => member.name);
  model.interfaces.set(name, {
    name,
    members: names,
    fields,
    declared: { [carrier]: { members: names, fields: ['id'] } },
    key: 'id',
    objects,
    added: new Map(),
  });
  const declared = ['id'];
  for (let i = 0; i < 1 + random.below(2); i++) declared.push(addCommon(draft, name, members, [carrier]).name);
  known(model.interfaces, name).declared[carrier] = { members: names, fields: declared };
  return true;
}

/** An interface over some entities, each of its fields in one of its subgraphs or in both. */
function drawInterface(draft: Draft, name: string): void {
  const { random, model } = draft;
  const members = random.some(entitiesOf(draft), 2, 3);
  const free = model.subgraphs.filter((subgraph) => members.every((member) => canDefine(draft, member, subgraph)));
  const carriers = random.some(free, 1, 2);
  if (!carriers.length) return;
  for (const carrier of carriers) {
    for (const member of members.filter(({ subgraphs }) => !subgraphs.has(carrier))) {
      const plain = allKeys(member).filter((fields) => !fields.startsWith('owner'));
      addKey(draft, member, carrier, { fields: random.one(plain), isResolvable: true });
    }
  }
  const names = members.map((member) => member.name);
  model.interfaces.set(name, { name, members: names, fields: new Map(), declared: {}, objects: new Set(), added: new Map() }); // prettier-ignore
  const declared = new Map<string, string[]>(carriers.map((carrier) => [carrier, []]));
  for (let i = 0; i < carriers.length + random.below(2); i++) {
    const main = carriers[i % carriers.length] as string;
    const owners = carriers.filter((carrier) => carrier === main || random.chance(0.3));
    const field = addCommon(draft, name, members, owners);
    for (const owner of owners) declared.get(owner)?.push(field.name);
  }
  for (const [i, carrier] of carriers.entries()) {
    const of = i === 0 ? names : random.some(names, 1, names.length);
    known(model.interfaces, name).declared[carrier] = { members: of, fields: declared.get(carrier) ?? [] };
  }
}

/** Adds a field to an interface and all its members; a member may promise more than the interface. */
function addCommon(draft: Draft, of: string, members: readonly ObjectModel[], owners: readonly string[]): Signature {
  const { random, model } = draft;
  const signature = {
    name: freshName(draft, [of, ...members.map(({ name }) => name)]),
    type: drawType(draft, owners, random.chance(0.6)),
    args: drawArguments(draft),
  };
  known(model.interfaces, of).fields.set(signature.name, signature);
  for (const member of members) {
    const type = !signature.type.endsWith('!') && random.chance(0.3) ? `${signature.type}!` : signature.type;
    serve(member, { ...signature, type }, owners, { as: 'resolved' });
    draft.pinned.add(`${member.name}.${signature.name}`);
  }
  return signature;
}

export function drawUnions(draft: Draft): void {
  const { random, model } = draft;
  for (const name of random.some(['Found', 'Mixed'], 1, 2)) {
    const declared: Record<string, readonly string[]> = {};
    for (const subgraph of random.some(model.subgraphs, 1, 2)) {
      const own = entitiesOf(draft).filter((each) => openIn(draft, each).includes(subgraph));
      const values = [...model.objects.values()].filter((each) => each.kind === 'value' && each.name.startsWith('V'));
      const members = random.some([...own, ...own, ...values], 2, 3);
      for (const each of members) if (each.kind === 'value') defineValue(each, subgraph);
      declared[subgraph] = [...new Set(members.map((each) => each.name))];
    }
    model.unions.set(name, { name, declared });
  }
}

/** Fields that a subgraph adds to all members of an interface that is one object there. */
export function drawAdded(draft: Draft): void {
  const { random, model } = draft;
  for (const found of model.interfaces.values()) {
    for (const subgraph of found.objects) {
      for (let i = 0; i < 1 + random.below(2); i++) {
        const name = freshName(draft, [found.name, ...found.members]);
        const field = { name, type: drawType(draft, [subgraph]), args: drawArguments(draft) };
        found.added.set(name, { ...field, served: { [subgraph]: { as: 'resolved' } }, isHidden: false });
        reserve(draft, found.members, name);
      }
    }
  }
}
