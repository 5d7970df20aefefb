// Draws the fields of a supergraph: which subgraph resolves what, alone or with others, from its own data or from required fields.
import {
  canDefine,
  defineStub,
  type Draft,
  drawArguments,
  drawLiterals,
  drawType,
  entitiesOf,
  freshName,
  openIn,
  reserve,
  serve,
} from './draft.ts';
import { objectNamed } from './draw-types.ts';
import { type Field, nameIn, type ObjectModel } from './model.ts';
import { known } from './random.ts';

export function drawFields(draft: Draft): void {
  const { random } = draft;
  for (const entity of entitiesOf(draft)) {
    for (let i = 0; i < 2 + random.below(4); i++) {
      const owners = random.some(openIn(draft, entity), 1, random.chance(0.25) ? 2 : 1);
      const name = freshName(draft, [entity.name]);
      serve(entity, { name, type: drawType(draft, owners), args: drawArguments(draft) }, owners, { as: 'resolved' });
    }
  }
}

export function drawRoots(draft: Draft): void {
  const { random, model } = draft;
  const query = objectNamed('Query', 'root');
  model.objects.set('Query', query);
  for (let i = 0; i < 4 + random.below(4); i++) {
    const owners = random.some(model.subgraphs, 1, random.chance(0.2) ? 2 : 1);
    const name = freshName(draft, ['Query']);
    serve(query, { name, type: drawType(draft, owners, false), args: drawArguments(draft) }, owners, {
      as: 'resolved',
    });
  }
  const entity = random.one(entitiesOf(draft)); // at least one list of entities
  const owner = random.one(openIn(draft, entity));
  serve(query, { name: 'every', type: `[${entity.name}]`, args: [] }, [owner], { as: 'resolved' });
  if (!random.chance(0.5)) return;
  const mutation = objectNamed('Mutation', 'root');
  model.objects.set('Mutation', mutation);
  for (let i = 0; i < 2 + random.below(3); i++) {
    const subgraph = random.one(model.subgraphs);
    const type = random.chance(0.4) ? 'Int!' : drawType(draft, [subgraph]);
    serve(mutation, { name: freshName(draft, ['Mutation']), type, args: drawArguments(draft) }, [subgraph], { as: 'resolved' }); // prettier-ignore
  }
}

/** Moves fields from one subgraph to another (`@override`). */
export function drawOverrides(draft: Draft): void {
  const { random, model } = draft;
  for (const entity of entitiesOf(draft)) {
    const movable = [...entity.fields.values()].filter(
      ({ name, type, served }) =>
        Object.keys(served).length === 1 &&
        !draft.pinned.has(`${entity.name}.${name}`) &&
        !model.interfaces.has(nameIn(type)) &&
        !model.unions.has(nameIn(type)),
    );
    if (!movable.length || !random.chance(0.5)) continue;
    const field = random.one(movable);
    const [from = ''] = Object.keys(field.served);
    const target = model.objects.get(nameIn(field.type));
    const to = openIn(draft, entity).filter(
      (each) =>
        each !== from &&
        (!target || target.subgraphs.has(each) || (target.kind === 'entity' && canDefine(draft, target, each))),
    );
    if (!to.length) continue;
    const chosen = random.one(to);
    if (target?.kind === 'entity') defineStub(draft, target, chosen);
    field.served = { [from]: { as: 'overridden' }, [chosen]: { as: 'resolved', overrides: from } };
    draft.pinned.add(`${entity.name}.${field.name}`);
  }
}

/** Adds fields that a subgraph computes from fields of others, some of the same field with other arguments. */
export function drawRequired(draft: Draft): void {
  const { random } = draft;
  for (const entity of [...entitiesOf(draft), ...entitiesOf(draft)]) {
    const subgraphs = openIn(draft, entity);
    if (subgraphs.length < 2 || !random.chance(0.6)) continue;
    const subgraph = random.one(subgraphs);
    const foreign = [...entity.fields.values()].filter((field) => isForeign(field, subgraph));
    const leaves = foreign.filter(({ type }) => !draft.model.objects.has(nameIn(type)) && isLeaf(draft, type));
    const links = foreign.filter(({ type }) => draft.model.objects.get(nameIn(type))?.kind === 'entity');
    const drawn = random.some(leaves, 0, 2);
    const parts = drawn.map((field) => requiredPart(draft, entity, field, subgraph));
    if (links.length && random.chance(0.5)) parts.push(throughLink(draft, entity, random.one(links), subgraph));
    if (!parts.some(Boolean) || random.chance(0.25)) parts.push(throughSize(draft, entity, subgraph));
    addRequired(draft, entity, subgraph, parts.filter(Boolean).join(' '));
    const again = drawn.find(({ args }) => args.length && random.chance(0.7));
    if (again) addRequired(draft, entity, subgraph, requiredPart(draft, entity, again, subgraph));
  }
  for (const { name: of, members, objects, fields, added, declared } of draft.model.interfaces.values()) {
    for (const subgraph of objects) {
      const leaves = [...fields.values()].filter((each) => each.name !== 'id' && isLeaf(draft, each.type));
      if (!leaves.length || !random.chance(0.6)) continue;
      const leaf = random.one(leaves);
      const external: Field = added.get(leaf.name) ?? { ...leaf, served: {}, isHidden: false };
      external.served[subgraph] = { as: 'external' };
      added.set(leaf.name, external);
      for (const member of Object.values(declared).flatMap((each) => each.members)) draft.pinned.add(`${member}.${leaf.name}`); // prettier-ignore
      const name = freshName(draft, [of, ...members]);
      const requires = `${leaf.name}${drawLiterals(random, leaf.args)}`;
      const served = { [subgraph]: { as: 'required', requires } as const };
      added.set(name, { name, type: 'String', args: drawArguments(draft), served, isHidden: false });
      reserve(draft, members, name);
    }
  }
}

const isLeaf = ({ model }: Draft, type: string): boolean =>
  !model.objects.has(nameIn(type)) && !model.interfaces.has(nameIn(type)) && !model.unions.has(nameIn(type));

/** Whether others resolve it, and this subgraph does not. */
const isForeign = ({ served }: Field, subgraph: string): boolean =>
  (served[subgraph]?.as ?? 'external') === 'external' &&
  Object.entries(served).some(([of, { as }]) => of !== subgraph && (as === 'resolved' || as === 'required'));

function requiredPart(draft: Draft, entity: ObjectModel, field: Field, subgraph: string): string {
  field.served[subgraph] = { as: 'external' };
  draft.pinned.add(`${entity.name}.${field.name}`);
  return `${field.name}${drawLiterals(draft.random, field.args)}`;
}

/** A field of the entity that a field of this one leads to; empty if there is none to require. */
function throughLink(draft: Draft, entity: ObjectModel, link: Field, subgraph: string): string {
  const { random, model } = draft;
  const target = known(model.objects, nameIn(link.type));
  if (!canDefine(draft, target, subgraph)) return '';
  const leaves = [...target.fields.values()].filter((each) => isForeign(each, subgraph) && isLeaf(draft, each.type));
  if (!leaves.length) return '';
  defineStub(draft, target, subgraph);
  const still = leaves.filter((each) => isForeign(each, subgraph)); // a stub resolves its key
  if (!still.length) return '';
  const outer = requiredPart(draft, entity, link, subgraph);
  return `${outer} { ${requiredPart(draft, target, random.one(still), subgraph)} }`;
}

/** A new field of a value type that another subgraph resolves, with fields that have arguments. */
function throughSize(draft: Draft, entity: ObjectModel, subgraph: string): string {
  const { random, model } = draft;
  const owner = random.one(openIn(draft, entity).filter((each) => each !== subgraph));
  const size = objectNamed(`Size${model.objects.size}`, 'value');
  model.objects.set(size.name, size);
  const by = { name: 'by', type: 'Int', default: '1' };
  const parts = [
    serve(size, { name: 'height', type: 'Int!', args: [] }, [owner], { as: 'resolved' }),
    serve(size, { name: 'depth', type: random.one(['Int', 'Int!']), args: [by] }, [owner], { as: 'resolved' }),
  ];
  const type = random.one([size.name, `${size.name}!`, `[${size.name}!]!`, `[${size.name}]`]);
  const field = serve(entity, { name: freshName(draft, [entity.name]), type, args: [] }, [owner], { as: 'resolved' });
  size.subgraphs.add(subgraph);
  const inside = parts.map((part) => requiredPart(draft, size, part, subgraph)).join(' ');
  return `${requiredPart(draft, entity, field, subgraph)} { ${inside} }`;
}

function addRequired(draft: Draft, entity: ObjectModel, subgraph: string, requires: string): void {
  if (!requires) return;
  const type = draft.random.one(['String', 'Int', 'String!']);
  const field = { name: freshName(draft, [entity.name]), type, args: drawArguments(draft) };
  serve(entity, field, [subgraph], { as: 'required', requires });
  draft.pinned.add(`${entity.name}.${field.name}`);
}

/** Lets a field of a subgraph provide fields below it that the subgraph resolves nowhere else. */
export function drawProvided(draft: Draft): void {
  const { random, model } = draft;
  for (const object of [...model.objects.values()].filter(({ kind }) => kind !== 'value')) {
    for (const field of object.fields.values()) {
      const target = model.objects.get(nameIn(field.type));
      const [[subgraph, served] = [], ...others] = Object.entries(field.served);
      if (target?.kind !== 'entity' || !subgraph || served?.as !== 'resolved' || others.length || served.overrides)
        continue;
      const provided = [...target.fields.values()].filter(
        (each) =>
          isForeign(each, subgraph) &&
          isLeaf(draft, each.type) &&
          !each.args.length && // composition allows none
          Object.values(each.served).every(({ as }) => as === 'resolved' || as === 'external') &&
          !Object.values(each.served).some((each) => each.as === 'resolved' && each.overrides !== undefined),
      );
      if (!provided.length || !random.chance(0.6)) continue;
      const chosen = random.some(provided, 1, 2);
      for (const each of chosen) {
        for (const owner of Object.values(each.served)) if (owner.as === 'resolved') owner.isShareable = true;
        each.served[subgraph] = { as: 'external' };
        draft.pinned.add(`${target.name}.${each.name}`);
      }
      served.provides = chosen.map(({ name }) => name).join(' ');
    }
  }
}

/** Hides fields from clients (`@inaccessible`), also such as keys and `@requires` name. */
export function drawHidden(draft: Draft): void {
  const { random, model } = draft;
  const inInterfaces = (type: string, field: string) =>
    [...model.interfaces.values()].some(({ members, fields }) => members.includes(type) && fields.has(field));
  for (const entity of entitiesOf(draft)) {
    const fields = [...entity.fields.values()].filter(({ name }) => !inInterfaces(entity.name, name));
    if (entity.fields.size < 3 || !fields.length || !random.chance(0.4)) continue;
    random.one(fields).isHidden = true;
  }
}
