// The subgraphs of a supergraph: real schemas executed by graphql-js, each with its own part of the joined world.
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import type { Composed } from './compose-models.ts';
import { isWhole, partsOf, picked, setOf } from './field-sets.ts';
import { type Model, type Served, fieldOf, topLevelOf } from './model.ts';
import { canonical, known } from './random.ts';
import type { Call, Reply } from './executor.ts';
import {
  afterMutation,
  computed,
  forExecution,
  type Link,
  read,
  theField,
  type Thing,
  type Value,
  type World,
} from './world.ts';

/** An object as a subgraph knows it. */
interface Source {
  thing: Thing;
  /** The representation, if the gateway entered here. */
  given?: Readonly<Record<string, unknown>>;
  /** The fields that the subgraph resolves only here. */
  provided?: ReadonlySet<string>;
}

interface Context {
  world: World;
  /** Mutations until now, in all subgraphs. */
  done: { count: number };
}

/** The subgraphs of one supergraph. */
export interface Subgraphs {
  /** Their answers from this world; the mutations of one operation count on. */
  over(world: World): Call;
}

export function openSubgraphs({ model, sdls }: Composed): Subgraphs {
  const schemas = Object.fromEntries(Object.entries(sdls).map(([name, sdl]) => [name, schemaOf(model, name, sdl)]));
  const checked = new Map<string, DocumentNode | Reply>();

  function documentOf(subgraph: string, query: string): DocumentNode | Reply {
    const key = `${subgraph} ${query}`;
    const before = checked.get(key);
    if (before) return before;
    const document = parse(query);
    const errors = validate(known(schemas, subgraph), document);
    const found = errors.length
      ? { errors: errors.map(({ message }) => ({ message: `invalid query: ${message}` })) }
      : document;
    checked.set(key, found);
    return found;
  }

  return {
    over(world) {
      const done = { count: 0 };
      return async (subgraph, { query, variables }) => {
        if (world.away.includes(subgraph)) throw new Error(`${subgraph} is away`);
        const document = documentOf(subgraph, query);
        if (!('kind' in document)) return document;
        const result = await execute({
          schema: known(schemas, subgraph),
          document,
          variableValues: JSON.parse(JSON.stringify(variables ?? {})) as Record<string, unknown>,
          contextValue: { world, done } satisfies Context,
          fieldResolver: resolverIn(model, subgraph),
          typeResolver: (value) => (value as Source).thing.type,
        });
        return JSON.parse(JSON.stringify(result)) as Reply;
      };
    },
  };
}

function schemaOf(model: Model, subgraph: string, sdl: string): GraphQLSchema {
  const entities = [...model.objects.values(), ...model.interfaces.values()].filter(
    (each) => keysIn(model, each.name, subgraph).length > 0,
  );
  const __resolveReference = (reference: Representation, { world }: Context) =>
    referenced(model, subgraph, world, reference);
  const __resolveType = ({ thing }: Source) => thing.type;
  const resolvers = Object.fromEntries(
    entities.map(({ name }) => {
      const isAbstract = model.interfaces.get(name)?.declared[subgraph] !== undefined;
      return [name, { __resolveReference, ...(isAbstract && { __resolveType }) }];
    }),
  );
  return buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
}

type Representation = Readonly<Record<string, unknown>> & { readonly __typename: string };

/** The keys by which a type can be entered in a subgraph. */
function keysIn(model: Model, type: string, subgraph: string): string[] {
  const own = model.objects.get(type)?.keys[subgraph];
  if (own) return own.filter(({ isResolvable }) => isResolvable).map(({ fields }) => fields);
  const found = model.interfaces.get(type);
  return found?.key !== undefined && (found.objects.has(subgraph) || found.declared[subgraph]) ? [found.key] : [];
}

/** The object of a representation; null if this subgraph misses it. Throws an Error if it has no key of this subgraph. */
function referenced(model: Model, subgraph: string, world: World, given: Representation): Source | null {
  const type = given.__typename;
  const keys = keysIn(model, type, subgraph).filter((key) => isWhole(given, setOf(key)));
  const [key] = keys;
  if (key === undefined) throw new Error(`no key of ${subgraph} in ${JSON.stringify(given)}`);
  const wanted = canonical(picked(given, setOf(key)));
  const members = model.interfaces.get(type)?.members ?? [type];
  const thing = Object.values(world.things).find(
    (each) => members.includes(each.type) && canonical(keyOf(world, each, setOf(key))) === wanted,
  );
  if (!thing) throw new Error(`no ${type} with ${wanted}`);
  const isMissing = world.missing.some((each) => each.thing === thing.name && each.subgraph === subgraph);
  return isMissing ? null : { thing, given };
}

function resolverIn(model: Model, subgraph: string): GraphQLFieldResolver<Source | undefined, Context> {
  return (source, args, { world, done }, { parentType, fieldName }) => {
    const thing = source?.thing ?? known(world.things, parentType.name);
    const field = fieldOf(model, parentType.name, fieldName) ?? theField(model, thing.type, fieldName);
    const served = field.served[subgraph];
    assertServes(served, source, `${subgraph}: ${parentType.name}.${fieldName}`, fieldName);
    const stored = read(world, model, { thing, field, args: args as Record<string, unknown> });
    const required = (fields: string) => {
      const own = source?.provided && providedHere(model, world, { thing, provided: source.provided }, fields);
      return requiredFrom(own ?? source?.given, setOf(fields));
    };
    const value = served?.as === 'required' ? computed(stored, required(served.requires)) : stored;
    const provides = served?.as === 'resolved' ? served.provides : undefined;
    const provided = provides === undefined ? undefined : new Set(topLevelOf(provides));
    return forExecution(afterMutation(value, parentType.name, done), ({ to }: Link) => ({
      thing: known(world.things, to),
      ...(provided && { provided }),
    }));
  };
}

/** A field that a subgraph may not be asked for is a fault of the plan or its execution. */
function assertServes(served: Served | undefined, source: Source | undefined, what: string, name: string): void {
  if (served?.as === 'overridden') throw new Error(`${what} is overridden`);
  if (served?.as === 'external' && !source?.provided?.has(name)) throw new Error(`${what} is external`);
}

function requiredFrom(given: Source['given'], set: SelectionSetNode): unknown {
  if (!given || !isWhole(given, set))
    throw new Error(`required fields are missing in ${JSON.stringify(given ?? null)}`);
  return picked(given, set);
}

/** The required fields, where this subgraph provides them itself; undefined if it does not provide all. */
function providedHere(
  model: Model,
  world: World,
  { thing, provided }: Required<Pick<Source, 'thing' | 'provided'>>,
  fields: string,
): Record<string, unknown> | undefined {
  const names = topLevelOf(fields);
  if (!names.every((name) => provided.has(name))) return undefined;
  const valueOf = (name: string): unknown => {
    try {
      return forExecution(
        read(world, model, { thing, field: theField(model, thing.type, name), args: {} }),
        () => ({}),
      );
    } catch {
      return null; // it fails in every subgraph, and others send null for it
    }
  };
  return Object.fromEntries(names.map((name) => [name, valueOf(name)]));
}

/** The key of an object, as a representation has it. */
function keyOf(world: World, thing: Thing, set: SelectionSetNode): unknown {
  const part = (value: Value, below: SelectionSetNode | undefined): unknown => {
    const source = forExecution(value, ({ to }) => known(world.things, to));
    return below && typeof source === 'object' && source !== null ? keyOf(world, source as Thing, below) : source;
  };
  return Object.fromEntries(partsOf(set).map(({ name, below }) => [name, part(thing.values[name] ?? null, below)]));
}
