// What the fields of an operation require of the caller: the needs that the gateway can judge before it plans.
import {
  type DocumentNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Permissions } from '../../schema/wire/need.ts';
import type { Need } from '../../schema/wire/supergraph-artifact.ts';
import { fragmentOf, fragmentsOf, rootTypeOf } from '../limits/document.ts';
import { fieldOf, narrowed, possibleTypes } from './selections.ts';

/** The needs of a field, by its type, its name, and the names of the object types that are possible where it is selected. */
export type NeedsOf = (type: GraphQLCompositeType, field: string, possible: ReadonlySet<string>) => readonly Need[];

/** The needs of one schema. Equal needs are the same object. */
export interface FieldNeeds {
  /**
   * The needs of a field of an object type or an interface, without those that every caller meets. An interface's field
   * has those of the field in each type that is possible there: a refusal of signing in needs no rights of managers,
   * though their refusals are of the same interface.
   */
  of: NeedsOf;
  /** The needs of all fields of a valid operation, each once. */
  in: (operation: OperationDefinitionNode, document: DocumentNode) => readonly Need[];
}

/** Throws an Error that names the fields of object types without a permission. */
export function fieldNeeds(permissions: Permissions, schema: GraphQLSchema): FieldNeeds {
  refuseMissing(permissions, schema);
  const same = new Map<string, Need>();

  function judged(coordinate: string): Need[] {
    const need = permissions[coordinate];
    if (need === undefined || need === 'anyone' || need === 'owner') return [];
    const key = JSON.stringify(need);
    const one = same.get(key) ?? need;
    same.set(key, one);
    return [one];
  }

  function needsOf(type: GraphQLCompositeType, field: string, possible: ReadonlySet<string>): readonly Need[] {
    const types = isInterfaceType(type) ? [type.name, ...possible] : [type.name];
    return [...new Set(types.flatMap((each) => judged(`${each}.${field}`)))];
  }

  return {
    of: needsOf,
    in(operation, document) {
      const found = new Set<Need>();
      const fragments = fragmentsOf(document);

      function look(set: SelectionSetNode, type: GraphQLCompositeType, possible: ReadonlySet<string>): void {
        for (const selection of set.selections) {
          if (selection.kind !== Kind.FIELD) {
            const { typeCondition, selectionSet } = fragmentOf(selection, fragments);
            const on = typeCondition ? (schema.getType(typeCondition.name.value) as GraphQLCompositeType) : type;
            look(selectionSet, on, narrowed(possible, on, schema));
            continue;
          }
          const field = fieldOf(type, selection.name.value);
          if (!field) continue; // __typename
          for (const need of needsOf(type, field.name, possible)) found.add(need);
          const below = getNamedType(field.type);
          if (selection.selectionSet && isCompositeType(below))
            look(selection.selectionSet, below, possibleTypes(below, schema));
        }
      }
      const root = rootTypeOf(schema, operation.operation);
      look(operation.selectionSet, root, possibleTypes(root, schema));
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
