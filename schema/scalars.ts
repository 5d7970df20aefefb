// The graph's own scalars: what each accepts, and a refusal that says what would be accepted.
// Rooms check with them when they answer; the gateway checks with them before it plans.
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { Temporal } from 'temporal-polyfill';
import { decimals } from './money.ts';

function text(name: string, expected: string, accepts: (value: string) => boolean): GraphQLScalarType<string, string> {
  const parse = (value: unknown, node?: ValueNode): string => {
    if (typeof value === 'string' && accepts(value)) return value;
    const shown = JSON.stringify(value)?.slice(0, 60) ?? 'anything but a string';
    throw new GraphQLError(`${name} cannot be ${shown}: ${expected}`, { nodes: node ?? null });
  };
  return new GraphQLScalarType({
    name,
    serialize: String,
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined, node),
  });
}

/** Whether the text is a day that exists, as 2028-02-29. */
export function isDate(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  try {
    return Temporal.PlainDate.from(value, { overflow: 'reject' }).toString() === value;
  } catch {
    return false;
  }
}

function isDateTime(value: string): boolean {
  try {
    return /T.*(Z|[+-]\d\d:\d\d)$/.test(value) && !!Temporal.Instant.from(value);
  } catch {
    return false;
  }
}

/** The resolver map entry of every scalar the SDLs declare. */
export const scalars = {
  AirportCode: text('AirportCode', 'give three capital letters, as "DEL".', (v) => /^[A-Z]{3}$/.test(v)),
  CurrencyCode: text(
    'CurrencyCode',
    'give an ISO 4217 code in capital letters, as "INR".',
    (v) => /^[A-Z]{3}$/.test(v) && decimals(v) !== undefined,
  ),
  Date: text('Date', 'give a day that exists as YYYY-MM-DD, as "2026-03-24".', isDate),
  DateTime: text('DateTime', 'give an instant with its offset, as "2026-03-24T22:20:00+05:30".', isDateTime),
  Decimal: text('Decimal', 'give a decimal number as a string, as "3897.00".', (v) =>
    /^-?\d{1,15}(\.\d{1,4})?$/.test(v),
  ),
};
