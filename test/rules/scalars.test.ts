// The custom scalars: the values that each accepts, and the errors for others.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Kind, type ValueNode } from 'graphql';
import { scalars } from '../../schema/terms/scalars.ts';

const ANY = { '': '', ' ': ' ', number: 5, null: null, list: ['DEL'], object: {}, true: true };

const table: Record<keyof typeof scalars, { accepts: string[]; refuses: string[]; says: RegExp }> = {
  AirportCode: {
    accepts: ['DEL', 'QQQ'], // whether the airport exists is checked by the subgraphs
    refuses: ['del', 'DE', 'DELH', 'D1L', 'DEL ', 'DEL\n', 'ÄÖÜ'],
    says: /give three capital letters, as "DEL"/,
  },
  CurrencyCode: {
    accepts: ['INR', 'JPY', 'KWD'],
    refuses: ['inr', 'IN', 'XQZ', 'INR ', 'Rupee'],
    says: /give an ISO 4217 code in capital letters, as "INR"/,
  },
  Date: {
    accepts: ['2026-03-24', '2028-02-29', '0001-01-01', '9999-12-31'],
    refuses: ['2026-02-29', '2026-02-30', '2026-13-01', '2026-00-10', '2026-3-4', '20260324', '2026-03-24T00:00', '+002026-03-24', '24.03.2026', '2026-03-24\n'], // prettier-ignore
    says: /give a day that exists as YYYY-MM-DD, as "2026-03-24"/,
  },
  DateTime: {
    accepts: ['2026-03-24T22:20:00+05:30', '2026-03-24T16:50:00Z', '2026-03-24T16:50:00.123Z'],
    refuses: ['2026-03-24', '2026-03-24T22:20:00', '2026-02-30T00:00:00Z', '2026-03-24T25:00:00Z', '2026-03-24 22:20', 'now'], // prettier-ignore
    says: /give an instant with its offset, as "2026-03-24T22:20:00\+05:30"/,
  },
  Decimal: {
    accepts: ['3897.00', '0', '-5', '0.1234', '999999999999999'],
    refuses: ['.5', '5.', '1e3', '1,000', '+1', '0.12345', 'NaN', '--1', '0x1', '1234567890123456'],
    says: /give a decimal number as a string, as "3897.00"/,
  },
};

const literal = (value: string): ValueNode => ({ kind: Kind.STRING, value });

for (const [name, { accepts, refuses, says }] of Object.entries(table)) {
  const scalar = scalars[name as keyof typeof scalars];

  describe(name, () => {
    test(`accepts ${accepts.join(', ')}, as a variable and in the query, and returns it unchanged`, () => {
      for (const value of accepts) {
        assert.equal(scalar.parseValue(value), value);
        assert.equal(scalar.parseLiteral(literal(value)), value);
        assert.equal(scalar.serialize(value), value);
      }
    });

    for (const value of refuses) {
      test(`refuses ${JSON.stringify(value)}, and the error names what is allowed`, () => {
        assert.throws(() => scalar.parseValue(value), says);
        assert.throws(() => scalar.parseLiteral(literal(value)), says);
      });
    }

    test('refuses values that are not strings', () => {
      for (const value of Object.values(ANY)) assert.throws(() => scalar.parseValue(value), says);
      assert.throws(() => scalar.parseLiteral({ kind: Kind.INT, value: '5' }), says);
      assert.throws(() => scalar.parseLiteral({ kind: Kind.ENUM, value: accepts[0]! }), says);
    });

    test('repeats at most a short part of the value in the error', () => {
      assert.throws(
        () => scalar.parseValue('x'.repeat(100_000)),
        ({ message }: Error) => message.length < 250,
      );
    });
  });
}
