// The graph's own scalars: their checks, and error messages that state what is accepted.
// Subgraphs check values when they resolve; the gateway checks them before it plans.
import {
  GraphQLError,
  GraphQLScalarType,
  type GraphQLSchema,
  isScalarType,
  Kind,
  print,
  type ValueNode,
} from 'graphql';
import { Temporal } from 'temporal-polyfill';
import { decimals } from './money.ts';

function text(name: string, expected: string, accepts: (value: string) => boolean): GraphQLScalarType<string, string> {
  const refusal = (shown: string, node?: ValueNode) =>
    new GraphQLError(`${name} cannot be ${shown.slice(0, 60)}: ${expected}`, { nodes: node ?? null });
  return new GraphQLScalarType({
    name,
    serialize: String,
    parseValue(value) {
      if (typeof value === 'string' && accepts(value)) return value;
      throw refusal(shownValue(value));
    },
    parseLiteral(node) {
      if (node.kind === Kind.STRING && accepts(node.value)) return node.value;
      throw refusal(shownLiteral(node), node);
    },
  });
}

// The contents of a list or an object are not shown: they were meant for another field and can be secret.
const LIST = 'a list';
const OBJECT = 'an object';

const shownValue = (value: unknown): string =>
  Array.isArray(value) ? LIST : typeof value === 'object' && value ? OBJECT : String(JSON.stringify(value));

const shownLiteral = (node: ValueNode): string =>
  node.kind === Kind.LIST
    ? LIST
    : node.kind === Kind.OBJECT
      ? OBJECT
      : node.kind === Kind.STRING
        ? JSON.stringify(node.value)
        : print(node);

/** Whether the text is an existing date, as 2028-02-29. */
export function isDate(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`); // 30 February becomes a day of March, or no time
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

function isDateTime(value: string): boolean {
  try {
    return /T.*(Z|[+-]\d\d:\d\d)$/.test(value) && !!Temporal.Instant.from(value);
  } catch {
    return false;
  }
}

/** The resolver map entries of all scalars in the SDLs. */
export const scalars = {
  AirportCode: text('AirportCode', 'give three capital letters, as "DEL".', (v) => /^[A-Z]{3}$/.test(v)),
  CurrencyCode: text(
    'CurrencyCode',
    'give an ISO 4217 code in capital letters, as "INR".',
    (v) => /^[A-Z]{3}$/.test(v) && decimals(v) !== undefined,
  ),
  Date: text('Date', 'give a day that exists as YYYY-MM-DD, as "2026-03-24".', isDate),
  DateTime: text('DateTime', 'give an instant with its offset, as "2026-03-24T22:20:00+05:30".', isDateTime),
  Decimal: text(
    'Decimal',
    'give a decimal number as a string, as "3897.00": at most 15 digits and 4 decimals, no exponent.',
    (v) => /^-?\d{1,15}(\.\d{1,4})?$/.test(v),
  ),
};

/** Adds the checks to a schema that only names the scalars. */
export function checkValues(schema: GraphQLSchema): void {
  for (const [name, { parseValue, parseLiteral }] of Object.entries(scalars)) {
    const type = schema.getType(name);
    if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
  }
}
