// Cart entries: how an offer changed since it was added, and whether it fits its travellers.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { changeOf, fitting } from '../../subgraphs/order/rules/cart.ts';
import { NOW } from '../kit/an-order.ts';
import { adult, anOffer } from '../kit/ordering.ts';

describe('an offer of 3,897.00 INR in a cart', () => {
  const cases = [
    ['3897.00', 'INR', 'SAME'],
    ['3897.01', 'INR', 'DEARER'],
    ['3896.99', 'INR', 'CHEAPER'],
    ['3897.00', 'EUR', 'GONE'],
  ] as const;
  for (const [amount, currency, change] of cases) {
    test(`is ${change} when it costs ${amount} ${currency} today`, () =>
      assert.equal(changeOf(anOffer(), { amount, currency }), change));
  }

  test('is GONE when it is no longer on sale', () => assert.equal(changeOf(anOffer(), null), 'GONE'));
});

describe('an offer that is put into a cart', () => {
  const offer = anOffer();
  const refused = (message: RegExp) => (error: Error) => message.test(error.message);
  const withDocument = (change: object) => [
    {
      ...adult,
      type: 'ADULT' as const,
      document: { kind: 'PASSPORT' as const, number: 'Z1234567', country: 'IN', expiresOn: '2026-03-24', ...change },
    },
  ];

  test('is kept without travellers', () => assert.equal(fitting(offer, null, NOW), offer));

  test('is refused if it is not one of ours', () =>
    assert.throws(() => fitting('INVALID', null, NOW), refused(/token: this is not one of our offers/)));

  for (const change of [{}, { number: 'A1b2C' }, { number: 'Z'.repeat(20) }, { expiresOn: '2026-03-25' }]) {
    test(`is kept with a traveller whose document has ${JSON.stringify(change)}`, () =>
      assert.equal(fitting(offer, withDocument(change), NOW), offer));
  }

  const faults: [change: object, message: RegExp][] = [
    [{ number: 'Z123' }, /^travellers\[0\]\.document\.number: give 5 to 20 letters and digits\.$/],
    [{ number: 'Z'.repeat(21) }, /^travellers\[0\]\.document\.number: /],
    [{ number: 'Z-12345' }, /^travellers\[0\]\.document\.number: /],
    [{ country: 'in' }, /^travellers\[0\]\.document\.country: give two capital letters, for example IN\.$/],
    [{ country: 'IND' }, /^travellers\[0\]\.document\.country: /],
    [
      { expiresOn: '2026-03-23' },
      /^travellers\[0\]\.document\.expiresOn: the document expires before the day of departure, 2026-03-24\.$/,
    ],
  ];
  for (const [change, message] of faults) {
    test(`is refused with a traveller whose document has ${JSON.stringify(change)}`, () =>
      assert.throws(() => fitting(offer, withDocument(change), NOW), refused(message)));
  }
});
