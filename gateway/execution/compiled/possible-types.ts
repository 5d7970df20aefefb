// The types of the supergraph, as executing a plan needs them.
import { buildASTSchema, type GraphQLSchema, isAbstractType, isObjectType, parse } from 'graphql';

export interface Types {
  /** The names that satisfy a type condition: the type itself, its object types, and interfaces that implement it. */
  possible(typeName: string): ReadonlySet<string>;
  /** Whether it is an object type; an interface is the type of entities in a subgraph with `@interfaceObject`. */
  isObjectType(typeName: string): boolean;
}

export function typesOf(supergraphSdl: string): Types {
  const schema = buildASTSchema(parse(supergraphSdl, { noLocation: true }), {
    assumeValid: true,
    assumeValidSDL: true,
  });
  const known = new Map<string, ReadonlySet<string>>();
  return {
    possible(typeName) {
      const found = known.get(typeName) ?? namesOf(typeName, schema);
      known.set(typeName, found);
      return found;
    },
    isObjectType: (typeName) => isObjectType(schema.getType(typeName)),
  };
}

function namesOf(typeName: string, schema: GraphQLSchema): ReadonlySet<string> {
  const type = schema.getType(typeName);
  const below = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  const interfaces = isAbstractType(type) && 'getFields' in type ? schema.getImplementations(type).interfaces : [];
  return new Set([typeName, ...[...below, ...interfaces].map(({ name }) => name)]);
}
