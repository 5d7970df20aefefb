// The oracle: plain graphql-js over the joined world, without subgraphs and plans.
import { Supergraph } from '@apollo/federation-internals';
import {
  type DocumentNode,
  execute,
  executeSync,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  GraphQLSchema,
  parse,
  responsePathAsArray,
} from 'graphql';
import type { Composed } from './compose-models.ts';
import type { Field } from './model.ts';
import { known } from './random.ts';
import { picked, setOf } from './field-sets.ts';
import type { Answer, Path } from './executor.ts';
import {
  afterMutation,
  computed,
  forExecution,
  type Link,
  read,
  type Reading,
  theField,
  type Thing,
  type World,
} from './world.ts';

export interface Oracle {
  /** The schema that clients see. */
  schema: GraphQLSchema;
  /** The right answer; an error's path is where it was raised. */
  answer(
    document: DocumentNode,
    variables: Record<string, unknown>,
    world: World,
    note?: (reading: Reading, path: Path) => void,
  ): Promise<Answer>;
}

interface Source {
  thing: Thing;
}

interface Context {
  world: World;
  done: { count: number };
  note: ((reading: Reading, path: Path) => void) | undefined;
}

export function openOracle({ model, supergraphSdl }: Composed): Oracle {
  const supergraph = Supergraph.build(supergraphSdl);
  const schema = supergraph.apiSchema().toGraphQLJSSchema();
  const whole = supergraph.schema.toGraphQLJSSchema(); // with what clients do not see: @requires may name it
  const rooted = new Map<string, GraphQLSchema>();

  /** The schema in which an object of this type is the root. */
  function rootedAt(type: string): GraphQLSchema {
    const before = rooted.get(type);
    if (before) return before;
    const query = whole.getType(type) as GraphQLObjectType;
    const made = new GraphQLSchema({ query, types: Object.values(whole.getTypeMap()), assumeValid: true });
    rooted.set(type, made);
    return made;
  }

  const fieldResolver: GraphQLFieldResolver<Source | undefined, Context> = (source, args, context, info) => {
    const { world, done, note } = context;
    const type = info.parentType.name;
    const thing = source?.thing ?? known(world.things, type);
    const field = theField(model, type, info.fieldName);
    const reading = { thing, field, args: args as Record<string, unknown> };
    note?.(reading, responsePathAsArray(info.path));
    const stored = read(world, model, reading);
    const requires = requiresOf(field);
    const value = requires === undefined ? stored : computed(stored, required(thing, requires, context));
    return forExecution(afterMutation(value, type, done), ({ to }: Link) => ({ thing: known(world.things, to) }));
  };
  const typeResolver = (value: unknown): string => (value as Source).thing.type;

  /** The required fields of an object. Throws an Error if a null in one of them reaches the object itself. */
  function required(thing: Thing, fields: string, contextValue: Context): unknown {
    const { data } = executeSync({
      schema: rootedAt(thing.type),
      document: parse(`{ ${fields} }`),
      rootValue: { thing },
      contextValue: { ...contextValue, note: undefined }, // the client did not select these
      fieldResolver,
      typeResolver,
    });
    if (!data) throw new Error(`required fields of ${thing.name} failed`);
    return picked(JSON.parse(JSON.stringify(data)), setOf(fields));
  }

  return {
    schema,
    async answer(document, variableValues, world, note) {
      const contextValue: Context = { world, done: { count: 0 }, note };
      const { data = null, errors = [] } = await execute({
        schema,
        document,
        variableValues,
        contextValue,
        fieldResolver,
        typeResolver,
      });
      return { data, errors: errors.map(({ message, path = [] }) => ({ message, path })) };
    },
  };
}

const requiresOf = ({ served }: Field): string | undefined =>
  Object.values(served).flatMap((each) => (each.as === 'required' ? [each.requires] : []))[0];
