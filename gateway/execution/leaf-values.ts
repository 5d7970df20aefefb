// The JSON values that a subgraph may give for a scalar or an enum.
import { type GraphQLEnumType, type GraphQLScalarType, isEnumType } from 'graphql';

const isInt = (value: unknown): boolean => Number.isInteger(value) && (value as number) === ((value as number) | 0);
const isText = (value: unknown): boolean => typeof value === 'string';

const scalars: Readonly<Record<string, (value: unknown) => boolean>> = {
  Boolean: (value) => typeof value === 'boolean',
  Float: (value) => typeof value === 'number',
  ID: (value) => isText(value) || Number.isInteger(value),
  Int: isInt,
  ...Object.fromEntries(
    ['String', 'AirportCode', 'CurrencyCode', 'Date', 'DateTime', 'Decimal'].map((name) => [name, isText]),
  ),
};

/** Whether a value fits the type. The format of dates and amounts, and scalars of others, are left to the subgraph. */
export function fits(type: GraphQLScalarType | GraphQLEnumType): (value: unknown) => boolean {
  if (!isEnumType(type)) return scalars[type.name] ?? (() => true);
  const values = new Set<unknown>(type.getValues().map(({ name }) => name));
  return (value) => values.has(value);
}
