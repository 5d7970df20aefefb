// What the nodes of a selection set mean under a schema.
import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isListType,
  isNonNullType,
  isUnionType,
  SchemaMetaFieldDef,
  type SelectionNode,
  TypeMetaFieldDef,
} from 'graphql';

const META: ReadonlyMap<string, GraphQLField<unknown, unknown>> = new Map(
  [SchemaMetaFieldDef, TypeMetaFieldDef].map((field) => [field.name, field]),
);

/** A field of the type, or of introspection; undefined for `__typename`. */
export const fieldOf = (type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined =>
  META.get(name) ?? (isUnionType(type) ? undefined : type.getFields()[name]);

/** Whether @skip or @include decides about the node. */
export const isConditional = ({ directives = [] }: SelectionNode): boolean =>
  directives.some(({ name }) => name.value === 'skip' || name.value === 'include');

/** Whether every object of the second type has the first one, too. */
export function coversType(type: GraphQLCompositeType, other: GraphQLCompositeType, schema: GraphQLSchema): boolean {
  if (type === other) return true;
  const possible = isAbstractType(other) ? schema.getPossibleTypes(other) : [other];
  return possible.every((each) => each === type || (isAbstractType(type) && schema.isSubType(type, each)));
}

/** The names of the object types that a value of the type can have. */
export const possibleTypes = (type: GraphQLCompositeType, schema: GraphQLSchema): ReadonlySet<string> =>
  new Set((isAbstractType(type) ? schema.getPossibleTypes(type) : [type]).map(({ name }) => name));

/** The ones among these types that a fragment on the type selects from. */
export function narrowed(
  possible: ReadonlySet<string>,
  type: GraphQLCompositeType,
  schema: GraphQLSchema,
): ReadonlySet<string> {
  const own = possibleTypes(type, schema);
  return new Set([...possible].filter((name) => own.has(name)));
}

export const mayBeList = (type: GraphQLOutputType): boolean =>
  isNonNullType(type) ? mayBeList(type.ofType) : isListType(type);
