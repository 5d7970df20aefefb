// Payment rules: the state machine of a payment, amounts owed, and double-entry bookkeeping.
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  furthest,
  isWanted,
  type OwedPayment,
  type PayableState,
  TOP_UP_WITHIN,
  whyNot,
} from '../../subgraphs/payment/rules/payable.ts';
import {
  arrows,
  hear,
  type Paying,
  type PaymentStatus,
  paymentStatuses,
  type Word,
  wordOf,
} from '../../subgraphs/payment/rules/payment.ts';
import { describeOrder } from '../../subgraphs/payment/rules/description.ts';
import { MANY_TRIES, owe, payBack, tryAgainAt } from '../../subgraphs/payment/rules/refund.ts';
import { linesOf } from '../../subgraphs/payment/rules/wallet.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const captured = { amount: 100, currency: 'INR' };
const paying = (status: PaymentStatus, change: Partial<Paying> = {}): Paying => ({
  ...{ status, captured: 0, capturedCurrency: null, refundDue: 0, refunded: 0 },
  ...change,
});
const words: Word[] = [
  { is: 'PROCESSING' },
  { is: 'SUCCEEDED', captured },
  { is: 'FAILED', because: 'CARD_DECLINED' },
  { is: 'CANCELLED' },
];

describe('the state machine of a payment', () => {
  test('has the transitions of the design, and no others', () => {
    assert.deepEqual(
      Object.entries(arrows).flatMap(([from, tos]) => tos.map((to) => `${from} -> ${to}`)),
      [
        'INITIATED -> PROCESSING',
        'INITIATED -> SUCCEEDED',
        'INITIATED -> FAILED',
        'INITIATED -> CANCELLED',
        'PROCESSING -> SUCCEEDED',
        'PROCESSING -> FAILED',
        'PROCESSING -> CANCELLED',
        'SUCCEEDED -> REFUND_PENDING',
        'FAILED -> SUCCEEDED',
        'CANCELLED -> SUCCEEDED',
        'REFUND_PENDING -> REFUNDED',
        'REFUNDED -> REFUND_PENDING',
      ],
    );
  });

  for (const status of paymentStatuses) {
    for (const word of words) {
      const isArrow = arrows[status].includes(word.is);
      test(`${status} that hears ${word.is} ${isArrow ? 'becomes it' : 'stays'}`, () => {
        const next = hear(paying(status), word);
        assert.equal(next?.status ?? null, isArrow ? word.is : null);
        if (next && word.is === 'SUCCEEDED') assert.deepEqual([next.captured, next.capturedCurrency], [100, 'INR']);
        if (next && word.is === 'FAILED') assert.equal(next.failure, 'CARD_DECLINED');
      });
    }

    test(`${status} ${arrows[status].includes('REFUND_PENDING') || status === 'REFUND_PENDING' ? 'can' : 'cannot'} owe a refund`, () => {
      const money = { captured: 100, capturedCurrency: 'INR', refundDue: 30 };
      const next = owe(paying(status, money), { amount: 70, currency: 'INR' });
      if (arrows[status].includes('REFUND_PENDING') || status === 'REFUND_PENDING')
        assert.deepEqual(next, { status: 'REFUND_PENDING', refundDue: 100 });
      else assert.deepEqual(next, { refused: 'NOT_CAPTURED' });
    });
  }

  test('a status of the provider is mapped, and a success without an amount is not a success yet', () => {
    const view = (status: Parameters<typeof wordOf>[0]['status'], of = {}) =>
      wordOf({ status, captured: null, failure: null, ...of });
    assert.deepEqual(view('OPEN'), { is: 'PROCESSING' });
    assert.deepEqual(view('SUCCEEDED', { captured }), { is: 'SUCCEEDED', captured });
    assert.deepEqual(view('SUCCEEDED'), { is: 'PROCESSING' });
    assert.deepEqual(view('FAILED', { failure: 'X' }), { is: 'FAILED', because: 'X' });
    assert.deepEqual(view('CANCELLED'), { is: 'CANCELLED' });
  });
});

describe('a refund', () => {
  const paid = paying('SUCCEEDED', { captured: 100, capturedCurrency: 'INR' });

  test('of more than was captured, of nothing, or in another currency is refused', () => {
    assert.deepEqual(owe(paid, { amount: 101, currency: 'INR' }), { refused: 'MORE_THAN_CAPTURED' });
    assert.deepEqual(owe(paid, { amount: 0, currency: 'INR' }), { refused: 'NOTHING_DUE' });
    assert.deepEqual(owe(paid, { amount: 1, currency: 'USD' }), { refused: 'OTHER_CURRENCY' });
  });

  test('for any amounts owed and refunded in any parts, no more than the capture is refunded, and once all is refunded it is REFUNDED', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 8 }), (amounts) => {
        let payment: Paying = paid;
        const due = amounts.filter((amount) => {
          const next = owe(payment, { amount, currency: 'INR' });
          if (!('refused' in next)) payment = { ...payment, ...next };
          return !('refused' in next);
        });
        for (const [i, amount] of due.entries()) {
          payment = { ...payment, ...payBack(payment, amount) };
          assert.equal(payment.status, i === due.length - 1 ? 'REFUNDED' : 'REFUND_PENDING');
        }
        const sum = due.reduce((total, amount) => total + amount, 0);
        assert.deepEqual([payment.refunded, payment.refundDue], [sum, sum]);
        assert.ok(payment.refunded <= payment.captured);
      }),
    );
  });

  test('that fails is retried with growing delays, and never given up', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 1000].map((failures) => tryAgainAt(failures, NOW) - NOW.getTime());
    assert.deepEqual(waits, [1000, 5000, 30_000, 120_000, 600_000, 3_600_000, 3_600_000, 3_600_000]);
    assert.equal(MANY_TRIES, 6);
  });
});

describe('an order to be paid', () => {
  const order = (change: Partial<OwedPayment> = {}): OwedPayment => ({
    ...{ state: 'DUE', account: 'acc_1', payBy: NOW.getTime() + 1 },
    ...change,
  });

  for (const [what, owed, asker, why] of [
    ['may be paid while it is due', order(), {}, null],
    ['is not found if no event has announced it and its id is not genuine for the account', null, {}, 'NOT_FOUND'],
    [
      'is not ready if no event has announced it and its id is genuine for the account',
      null,
      { isTheirs: true },
      'NOT_READY',
    ],
    ["is not found if it is another account's", order({ account: 'acc_2' }), {}, 'NOT_FOUND'],
    ['is not found if only its final event has arrived', order({ account: null, state: 'CLOSED' }), {}, 'NOT_FOUND'],
    [
      'accepts no payment if only its final event has arrived and its id is genuine for the account',
      order({ account: null, state: 'CLOSED' }),
      { isTheirs: true },
      'NOT_PAYABLE',
    ],
    ['is not ready while its seats are not held', order({ state: 'PLACED' }), {}, 'NOT_READY'],
    ['is already paid if its state says so', order({ state: 'PAID' }), {}, 'ALREADY_PAID'],
    ['is already paid if a payment was captured', order(), { isPaid: true }, 'ALREADY_PAID'],
    ['accepts no payment once it is closed', order({ state: 'CLOSED' }), { isPaid: true }, 'NOT_PAYABLE'],
    ['accepts no payment once its time limit has passed', order({ payBy: NOW.getTime() }), {}, 'NOT_PAYABLE'],
  ] as const) {
    test(what, () =>
      assert.equal(
        whyNot(owed, { account: 'acc_1', isTheirs: false, isPaid: false, ...asker }, NOW)?.refused ?? null,
        why,
      ),
    );
  }

  test("that is another account's is not found, whatever its state and id", () => {
    const states: PayableState[] = ['PLACED', 'DUE', 'PAID', 'CLOSED'];
    fc.assert(
      fc.property(fc.constantFrom(...states), fc.boolean(), fc.boolean(), (state, isPaid, isTheirs) => {
        const others = order({ account: 'acc_2', state });
        assert.equal(whyNot(others, { account: 'acc_1', isTheirs, isPaid }, NOW)?.refused, 'NOT_FOUND');
      }),
    );
  });

  test('never goes back to an earlier state, whatever the order of its events', () => {
    const states: PayableState[] = ['PLACED', 'DUE', 'PAID', 'CLOSED'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...states), { minLength: 1 }), (told) => {
        const end = told.reduce<PayableState>((state, next) => furthest(state, next), 'PLACED');
        assert.equal(end, states[Math.max(...told.map((state) => states.indexOf(state)))]);
      }),
    );
  });

  test('an open payment stays valid while its order awaits payment; a top-up for an hour', () => {
    const payment = { order: 'ord_1', startedAt: NOW.getTime() };
    const wanted = (state: PayableState) => isWanted(payment, order({ state }), NOW);
    assert.deepEqual((['PLACED', 'DUE', 'PAID', 'CLOSED'] as const).map(wanted), [true, true, false, false]);
    const topUp = { order: null, startedAt: NOW.getTime() };
    assert.equal(isWanted(topUp, null, new Date(NOW.getTime() + TOP_UP_WITHIN - 1)), true);
    assert.equal(isWanted(topUp, null, new Date(NOW.getTime() + TOP_UP_WITHIN)), false);
  });
});

test('every movement of money is two entries that sum to zero, one of them in the wallet', () => {
  const amount = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
  fc.assert(
    fc.property(fc.constantFrom('TOP_UP', 'PAYMENT', 'REFUND'), amount, (movement, of) => {
      const lines = linesOf(movement, 'acc_1', of);
      assert.equal(lines[0].amount + lines[1].amount, 0);
      const wallet = lines.filter(({ ledger }) => ledger === 'wallet:acc_1');
      assert.deepEqual(
        wallet.map((line) => line.amount),
        [movement === 'PAYMENT' ? -of : of],
      );
    }),
  );
  for (const wrong of [0, -1, 0.5, NaN]) assert.throws(() => linesOf('TOP_UP', 'acc_1', wrong), /cannot be moved/);
});

test('the description of an order names at most twelve flights, and the number of further ones', () => {
  const departure = '2026-03-24T22:20:00+05:30';
  const flight = { carrier: '6E', flightNumber: '2131', origin: 'DEL', destination: 'BLR', departure };
  const linesOf = (flights: number) =>
    describeOrder({ number: '0X4-7QK-M2D', flights: Array.from({ length: flights }, () => flight) }).split('\n');
  const line = 'IndiGo 6E 2131: Delhi to Bengaluru, Tue 24 Mar 2026, 22:20 (UTC+05:30)';
  assert.deepEqual(linesOf(1), ['Order 0X4-7QK-M2D', line]);
  assert.deepEqual(linesOf(12), ['Order 0X4-7QK-M2D', ...Array.from({ length: 12 }, () => line)]);
  assert.deepEqual(linesOf(14), ['Order 0X4-7QK-M2D', ...Array.from({ length: 12 }, () => line), 'and 2 more']);
});
