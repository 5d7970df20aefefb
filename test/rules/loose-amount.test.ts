// Amounts as spreadsheets write them: accepted if they are unambiguous.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looseAmount } from '../../infra/system/import/loose-amount.ts';

for (const [written, currency, amount] of [
  ['3897.00', 'INR', '3897.00'],
  ['£66.99', 'GBP', '66.99'],
  ['66.99 GBP', 'GBP', '66.99'],
  ['Rs. 1,26,300', 'INR', '126300.00'],
  ['$ 1,234.5', 'USD', '1234.50'],
  ['26300.90877', 'INR', '26300.91'],
  ['0.995', 'INR', '1.00'],
  ['0.994999', 'INR', '0.99'],
  ['12000.5', 'JPY', '12001'],
  ['18.5', 'KWD', '18.500'],
  ['66,990.000', 'KWD', '66990.000'],
  ['900719925474099.999', 'INR', '900719925474100.00'],
] as const) {
  test(`${written} is ${amount} ${currency}`, () => assert.equal(looseAmount(written, currency), amount));
}

for (const [written, currency] of [
  ['£66.99', 'EUR'],
  ['GBP 66.99', 'EUR'],
  ['66,99', 'EUR'],
  ['66,990', 'KWD'],
  ['-5', 'INR'],
  ['1e3', 'INR'],
  ['1.2.3', 'INR'],
  ['', 'INR'],
  ['5', 'XXX'],
] as const) {
  test(`"${written}" in ${currency} would be a guess`, () => assert.equal(looseAmount(written, currency), undefined));
}
