// Money: a decimal string in the API, integer minor units internally, with the decimals of its currency.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decimals, minorUnits, money } from '../../schema/terms/money.ts';

describe('an amount', () => {
  for (const [minor, currency, amount] of [
    [389_700, 'INR', '3897.00'],
    [389_705, 'INR', '3897.05'],
    [5, 'INR', '0.05'],
    [0, 'INR', '0.00'],
    [-5, 'INR', '-0.05'],
    [12_000, 'JPY', '12000'],
    [0, 'JPY', '0'],
    [-7, 'JPY', '-7'],
    [18_500, 'KWD', '18.500'],
    [7, 'KWD', '0.007'],
    [1e12, 'INR', '10000000000.00'],
    [900_719_925_474_099, 'KWD', '900719925474.099'],
  ] as const) {
    test(`of ${minor} minor units of ${currency} is written as ${amount} and read again`, () => {
      assert.deepEqual(money(minor, currency), { amount, currency });
      assert.equal(minorUnits(amount, currency), minor);
    });
  }

  test('is the same after being written and read, in every currency', () => {
    const currency = fc.constantFrom('JPY', 'INR', 'KWD', 'USD', 'XAF');
    fc.assert(
      fc.property(fc.integer({ min: -1e15 + 1, max: 1e15 - 1 }), currency, (minor, code) => {
        const { amount } = money(minor, code);
        assert.equal(minorUnits(amount, code), minor);
        assert.equal((amount.split('.')[1] ?? '').length, decimals(code));
      }),
    );
  });

  for (const [amount, currency, minor] of [
    ['3897', 'INR', 389_700],
    ['3897.5', 'INR', 389_750],
    ['003897.00', 'INR', 389_700],
    ['18.5', 'KWD', 18_500],
    ['1.15', 'INR', 115], // 1.15 * 100 is 114.99999999999999 as a float
    ['8.2', 'KWD', 8200],
  ] as const) {
    test(`may also be given as ${amount} ${currency}`, () => {
      assert.equal(minorUnits(amount, currency), minor);
    });
  }

  for (const [amount, currency, why] of [
    ['3897.505', 'INR', 'has more decimals than the currency'],
    ['3897.500', 'INR', 'has more decimals than the currency, if only a zero'],
    ['12000.0', 'JPY', 'has decimals where the currency has none'],
    ['12000.5', 'JPY', 'has decimals where the currency has none'],
    ['18.5001', 'KWD', 'has more decimals than the currency'],
    ['', 'INR', 'is empty'],
    ['.5', 'INR', 'has no whole part'],
    ['5.', 'INR', 'has a point and no decimals'],
    ['1e3', 'INR', 'has an exponent'],
    ['0x10', 'INR', 'is hexadecimal'],
    ['1,000.00', 'INR', 'has a separator'],
    [' 1.00', 'INR', 'has a space'],
    ['+1.00', 'INR', 'has a plus'],
    ['--1', 'INR', 'has two signs'],
    ['1.00\n', 'INR', 'has a line break'],
    ['१२', 'INR', 'has non-ASCII digits'],
    ['NaN', 'INR', 'is a word'],
    ['Infinity', 'INR', 'is a word'],
    ['90071992547409.93', 'INR', 'is beyond 2^53 minor units'],
    ['1000000000000000', 'JPY', 'is too long'],
    ['1.00', 'XQZ', 'has an unknown currency'],
    ['1.00', '', 'has an unknown currency'],
  ] as const) {
    test(`${JSON.stringify(amount)} ${currency} is refused: it ${why}`, () => {
      assert.equal(minorUnits(amount, currency), undefined);
    });
  }
});

test('a currency has the decimals of ISO 4217, and an unknown currency has none', () => {
  const found = ['JPY', 'KRW', 'INR', 'USD', 'KWD', 'BHD', 'XQZ', 'rupee', ''].map(decimals);
  assert.deepEqual(found, [0, 0, 2, 2, 3, 3, undefined, undefined, undefined]);
});

test('metals, funds, units of account and the codes for tests and for no currency are not currencies; the CFA francs are', () => {
  for (const code of ['XXX', 'XTS', 'XAU', 'XAG', 'XPT', 'XPD', 'XDR', 'XBA', 'XUA', 'CLF', 'USN', 'CHE', 'BOV']) {
    assert.equal(decimals(code), undefined, code);
  }
  assert.deepEqual(['XAF', 'XOF', 'XPF', 'XCD', 'CHF', 'CLP', 'MXN'].map(decimals), [0, 0, 0, 2, 2, 0, 2]);
});
