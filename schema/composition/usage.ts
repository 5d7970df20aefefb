// Which elements of the schema an operation uses, as schema coordinates: Type.field, Type.field(argument:), Enum.VALUE.
import {
  type DocumentNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isSpecifiedDirective,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * Coordinates kept of one document. A document of 2,000 tokens, the gateway's limit, has at most half as many of its own;
 * the rest is what its variables can hold.
 */
export const MOST_COORDINATES = 5_000;

/**
 * What the document uses of this schema, sorted: fields, arguments, enum values and fields of inputs, and as bare names
 * the types of its type conditions and inputs; directives as `@name`. The values of variables are not known, so that a
 * variable uses all that its type can hold. What the schema does not have is left out.
 */
export function coordinatesOf(document: DocumentNode, schema: GraphQLSchema): string[] {
  const used = new Set<string>();
  const types = new TypeInfo(schema);
  const use = (...names: (string | undefined)[]): undefined => {
    for (const name of names) if (name !== undefined && used.size < MOST_COORDINATES) used.add(name);
  };
  const inVariables = visitor(types, use);
  visit(document, visitWithTypeInfo(types, inVariables));
  visit(document, { VariableDefinition: ({ type }) => holding(namedTypeOf(schema, type), use) });
  return [...used].sort();
}

type Use = (...names: (string | undefined)[]) => undefined;

const visitor = (types: TypeInfo, use: Use): Parameters<typeof visitWithTypeInfo>[1] => ({
  Field: () => use(fieldIn(types)),
  Argument() {
    const [argument, directive, field] = [types.getArgument(), types.getDirective(), fieldIn(types)];
    if (argument && !directive && field !== undefined) use(`${field}(${argument.name}:)`);
  },
  Directive() {
    const directive = types.getDirective();
    if (directive && !isSpecifiedDirective(directive)) use(`@${directive.name}`);
  },
  InlineFragment: ({ typeCondition }) => use(typeCondition?.name.value),
  FragmentDefinition: ({ typeCondition }) => use(typeCondition.name.value),
  ObjectField({ name }) {
    const input = getNamedType(types.getParentInputType());
    if (isInputObjectType(input) && input.getFields()[name.value]) use(input.name, `${input.name}.${name.value}`);
  },
  ObjectValue: () => use(getNamedType(types.getInputType())?.name),
  EnumValue({ value }) {
    const type = getNamedType(types.getInputType());
    if (isEnumType(type) && type.getValue(value)) use(`${type.name}.${value}`);
  },
});

/** The field at which the visitor stands; undefined for one that the schema does not have, and for introspection. */
function fieldIn(types: TypeInfo): string | undefined {
  const [parent, field] = [types.getParentType(), types.getFieldDef()];
  return parent && field && !`${parent.name} ${field.name}`.includes('__') ? `${parent.name}.${field.name}` : undefined;
}

const namedTypeOf = (schema: GraphQLSchema, type: Parameters<typeof typeFromAST>[1]): GraphQLNamedType | undefined =>
  getNamedType(typeFromAST(schema, type as Parameters<typeof typeFromAST>[1] & { kind: 'NamedType' }));

/** Everything that a variable of this type can hold. */
function holding(type: GraphQLNamedType | undefined, use: Use, seen = new Set<string>()): undefined {
  if (!type || seen.has(type.name)) return;
  seen.add(type.name);
  if (isEnumType(type)) use(...type.getValues().map(({ name }) => `${type.name}.${name}`));
  if (!isInputObjectType(type)) return;
  use(type.name);
  for (const field of Object.values(type.getFields())) {
    use(`${type.name}.${field.name}`);
    holding(getNamedType(field.type), use, seen);
  }
}
