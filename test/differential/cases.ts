// Cases: a supergraph, a world, an operation and what goes wrong, all from a seed.
import { parse } from 'graphql';
import { type Composed, composed } from './compose-models.ts';
import { type Field, fieldsOf, type Model, nameIn } from './model.ts';
import { type Operation, drawOperation } from './operations.ts';
import { openOracle, type Oracle } from './oracle.ts';
import { type Random, seeded } from './random.ts';
import { openSubgraphs, type Subgraphs } from './subgraphs.ts';
import { drawWorld, type FieldFault, type Reading, type World } from './world.ts';

/** A supergraph with its subgraphs and its oracle, for many cases. */
export interface Opened {
  composed: Composed;
  subgraphs: Subgraphs;
  oracle: Oracle;
}

export interface Case extends Operation {
  seed: string;
  opened: Opened;
  world: World;
}

export function openSupergraph(seed: string): Opened {
  const found = composed(seed);
  return { composed: found, subgraphs: openSubgraphs(found), oracle: openOracle(found) };
}

/** One case of a supergraph; two in five have something that goes wrong. */
export async function drawCase(opened: Opened, number: number): Promise<Case> {
  const seed = `${opened.composed.seed}-${number}`;
  const random = seeded(seed);
  const operation = drawOperation(opened.oracle.schema, random.fork('operation'));
  const world = drawWorld(opened.composed.model, random.fork('world'));
  const faults = await drawFaults(opened, operation, world, random.fork('faults'));
  return { seed, opened, ...operation, world: { ...world, ...faults } };
}

async function drawFaults(
  { composed: { model }, oracle }: Opened,
  { document, variables }: Operation,
  world: World,
  random: Random,
): Promise<Partial<World>> {
  const kind = random.below(10);
  if (kind === 0) return { away: [random.one(model.subgraphs)] };
  const readings: Reading[] = [];
  if (kind < 5) await oracle.answer(parse(document), variables, world, (reading) => readings.push(reading));
  if (!readings.length) return {};
  if (kind === 1) {
    const entities = readings.filter(({ thing }) => model.objects.get(thing.type)?.kind === 'entity');
    if (!entities.length) return {};
    const { thing } = random.one(entities);
    const subgraphs = model.objects.get(thing.type)?.subgraphs ?? new Set();
    return { missing: [{ thing: thing.name, subgraph: random.one([...subgraphs]) }] };
  }
  const fit = readings.filter(({ thing, field }) => mayFail(model, thing.type, field));
  return { faults: random.some(fit, 1, 3).map((reading) => faultAt(reading, random)) };
}

function faultAt({ thing, field }: Reading, random: Random): FieldFault {
  const kinds = [...(field.type.startsWith('[') ? (['hole', 'hole'] as const) : []), 'null', 'error', 'error'] as const;
  return { thing: thing.name, field: field.name, kind: random.one<FieldFault['kind']>(kinds) };
}

/**
 * Keys always have values. A field that another one requires fails only where it can be null: otherwise the loss of
 * its siblings would depend on the plan, as they come in one fetch.
 */
function mayFail(model: Model, type: string, field: Field): boolean {
  if (coordinatesInKeys(model).has(`${type}.${field.name}`)) return false;
  return !isRequired(model, type, field.name) || !field.type.includes('!');
}

/** Whether a field set of `@requires` names this field. */
export const isRequired = (model: Model, type: string, field: string): boolean =>
  coordinatesInRequires(model).has(`${type}.${field}`);

const remembered = <T>(make: (model: Model) => T): ((model: Model) => T) => {
  const made = new WeakMap<Model, T>();
  return (model) => {
    const before = made.get(model) ?? make(model);
    made.set(model, before);
    return before;
  };
};

const coordinatesInKeys = remembered((model) => {
  const found = new Set<string>();
  for (const { name, keys } of model.objects.values()) {
    for (const { fields } of Object.values(keys).flat()) coordinatesIn(model, name, fields, found);
    found.add(`${name}.id`);
  }
  return found;
});

const coordinatesInRequires = remembered((model) => {
  const found = new Set<string>();
  const types = [...model.objects.keys(), ...model.interfaces.keys()];
  for (const type of types) {
    const fields = [...fieldsOf(model, type), ...(model.interfaces.get(type)?.added.values() ?? [])];
    for (const served of fields.flatMap((field) => Object.values(field.served))) {
      if (served.as !== 'required') continue;
      for (const of of model.interfaces.get(type)?.members ?? [type]) coordinatesIn(model, of, served.requires, found);
    }
  }
  return found;
});

/** Adds `Type.field` of every field in a field set. */
function coordinatesIn(model: Model, type: string, fields: string, found: Set<string>): void {
  for (const [, name = '', below] of fields.replace(/\([^)]*\)/g, '').matchAll(/(\w+)(?: \{([^}]*)\})?/g)) {
    found.add(`${type}.${name}`);
    const field = fieldsOf(model, type).find((each) => each.name === name);
    if (below && field) coordinatesIn(model, nameIn(field.type), below, found);
  }
}
