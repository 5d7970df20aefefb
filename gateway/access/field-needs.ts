// What the fields of an operation require of the caller: the needs that the gateway can judge before it plans.
import {
  type DocumentNode,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Permissions } from '../../schema/wire/need.ts';
import type { Need } from '../../schema/wire/supergraph-artifact.ts';
import { separated } from '../execution/introspection.ts';

/** The needs of a field, by the names of its type and its own. */
export type NeedsOf = (type: string, field: string) => readonly Need[];

/** The needs of one schema. Equal needs are the same object. */
export interface FieldNeeds {
  /**
   * The needs of a field of an object type or an interface, without those that every caller meets. An interface's field
   * has those of the field in each type that it can be.
   */
  of: NeedsOf;
  /** The needs of all fields of a valid operation, each once. */
  in: (operation: OperationDefinitionNode, document: DocumentNode) => readonly Need[];
}

/** Throws an Error that names the fields of object types without a permission. */
export function fieldNeeds(permissions: Permissions, schema: GraphQLSchema): FieldNeeds {
  refuseMissing(permissions, schema);
  const known = new Map<string, readonly Need[]>();
  const same = new Map<string, Need>();

  function judged(coordinate: string): Need[] {
    const need = permissions[coordinate];
    if (need === undefined || need === 'anyone' || need === 'owner') return [];
    const key = JSON.stringify(need);
    const one = same.get(key) ?? need;
    same.set(key, one);
    return [one];
  }

  function read(name: string, field: string): readonly Need[] {
    const type = schema.getType(name);
    const types = isInterfaceType(type) ? schema.getPossibleTypes(type).map((each) => each.name) : [];
    return [...new Set([name, ...types].flatMap((each) => judged(`${each}.${field}`)))];
  }

  function needsOf(type: string, field: string): readonly Need[] {
    const coordinate = `${type}.${field}`;
    const found = known.get(coordinate) ?? read(type, field);
    known.set(coordinate, found);
    return found;
  }

  return {
    of: needsOf,
    in(operation, document) {
      const found = new Set<Need>();
      const types = new TypeInfo(schema);
      visit(
        separated(document, operation),
        visitWithTypeInfo(types, {
          Field({ name }) {
            const parent = types.getParentType();
            if (isCompositeType(parent)) for (const need of needsOf(parent.name, name.value)) found.add(need);
          },
        }),
      );
      return [...found];
    },
  };
}

/** A field without a permission has been forgotten: a graph with one is not served. */
function refuseMissing(permissions: Permissions, schema: GraphQLSchema): void {
  const missing = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !isIntrospectionType(type)
      ? Object.keys(type.getFields()).flatMap((field) =>
          Object.hasOwn(permissions, `${type.name}.${field}`) ? [] : [`${type.name}.${field}`],
        )
      : [],
  );
  if (missing.length) throw new Error(`The supergraph has fields without a permission: ${missing.join(', ')}.`);
}
