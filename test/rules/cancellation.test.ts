// Cancellation fees by fare conditions, and that a cancellation never refunds more than was paid.
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { actions } from '../../subgraphs/order/rules/actions.ts';
import { cancel, feeOf, type Quote, quote } from '../../subgraphs/order/rules/cancellation.ts';
import { isRefused } from '../../schema/errors.ts';
import type { Order, OrderRefusal } from '../../subgraphs/order/rules/order.ts';
import type { WantedTraveller } from '../../subgraphs/order/rules/travellers.ts';
import { after, aPlaced, inEveryState, NOW } from '../kit/an-order.ts';
import { anOffer, adult, child, family, forFamily, infant } from '../kit/ordering.ts';

const at = (instant: string) => new Date(instant);
const refundable = (percent: number, hours: number) => ({
  refundable: true,
  refundFeePercent: percent,
  refundableUntilHours: hours,
  note: null,
});
const never = { refundable: false, refundFeePercent: null, refundableUntilHours: null, note: null };

const ticketedFor = (offers: Parameters<typeof aPlaced>[0]): Order => inEveryState(aPlaced(offers)).TICKETED;
const alone = (conditions: ReturnType<typeof refundable> | typeof never) =>
  ticketedFor([{ offer: anOffer({ conditions }), travellers: [adult as WantedTraveller] }]);
const ofFamily = () => ticketedFor([{ offer: anOffer(forFamily), travellers: family as WantedTraveller[] }]);
const shown = (answer: Quote | OrderRefusal) =>
  isRefused(answer) ? answer.refused : { fee: answer.fee, refund: answer.refund };

describe('a cancellation after ticketing', () => {
  const cases: [what: string, order: Order, now: string, expected: unknown][] = [
    [
      'a fee of a quarter until a day before',
      alone(refundable(25, 24)),
      '2026-03-23T16:49:59.999Z',
      { fee: 97_425, refund: 292_275 },
    ],
    ['no refund a day before', alone(refundable(25, 24)), '2026-03-23T16:50:00Z', 'TOO_LATE'],
    ['all is refunded until departure', alone(refundable(0, 0)), '2026-03-24T16:49:59Z', { fee: 0, refund: 389_700 }],
    ['nothing is refunded at departure', alone(refundable(0, 0)), '2026-03-24T16:50:00Z', 'TOO_LATE'],
    ['a fare that is not refundable', alone(never), '2026-03-01T12:00:00Z', 'NOT_REFUNDABLE'],
    ['a fee of the whole price', alone(refundable(100, 0)), '2026-03-01T12:00:00Z', { fee: 389_700, refund: 0 }],
    ['a family', ofFamily(), '2026-03-01T12:00:00Z', { fee: 4625, refund: 13_875 }],
  ];
  for (const [what, order, now, expected] of cases) {
    test(what, () => assert.deepEqual(shown(quote(order, null, at(now))), expected));
  }

  test('the fee is rounded down to the smallest unit, for the traveller', () => {
    assert.deepEqual([feeOf(999, 25), feeOf(1, 99), feeOf(0, 25), feeOf(7, 100)], [249, 0, 0, 7]);
  });

  test('the quote says until when it is valid', () => {
    const answer = quote(alone(refundable(25, 24)), null, NOW);
    assert.ok(!isRefused(answer));
    assert.equal(new Date(answer.validUntil!).toISOString(), '2026-03-23T16:50:00.000Z');
  });
});

describe('a cancellation for some travellers of a family', () => {
  const [grown, small, lap] = ofFamily().travellers.map(({ id }) => id) as [string, string, string];
  const cases: [what: string, travellers: string[], expected: unknown][] = [
    ['the child', [small], { fee: 1875, refund: 5625 }],
    ['the infant', [lap], { fee: 250, refund: 750 }],
    ['child and infant', [small, lap], { fee: 2125, refund: 6375 }],
    ['the adult alone', [grown], 'COMPANION_NEEDED'],
    ['adult and infant, the child stays', [grown, lap], 'COMPANION_NEEDED'],
    ['all of them by name', [grown, small, lap], { fee: 4625, refund: 13_875 }],
    ['a traveller who does not belong to the order', ['pax_0'], 'TRAVELLER_NOT_FOUND'],
    ['nobody', [], 'TRAVELLER_NOT_FOUND'],
  ];
  for (const [what, travellers, expected] of cases) {
    test(what, () => assert.deepEqual(shown(quote(ofFamily(), travellers, NOW)), expected));
  }

  test('the order stays TICKETED for the others; cancelling twice changes nothing; cancelling the last traveller ends it', () => {
    const without = after(cancel(ofFamily(), [lap], 750, NOW));
    assert.equal(without.status, 'TICKETED');
    assert.equal(shown(quote(without, [lap], NOW)), 'ALREADY_CANCELLED');
    assert.deepEqual(shown(quote(without, null, NOW)), { fee: 4375, refund: 13_125 });
    const ended = after(cancel(without, null, 13_125, NOW));
    assert.equal(ended.status, 'REFUNDING');
    assert.equal(shown(quote(ended, null, NOW)), 'ALREADY_CANCELLED');
  });

  test('a refund that differs from the quote is refused', () => {
    const answer = cancel(ofFamily(), [lap], 751, NOW);
    assert.ok(isRefused(answer) && answer.refused === 'QUOTE_CHANGED');
  });
});

describe('an order of two adults with an infant each, and a child', () => {
  const party = [
    { ...adult, name: 'Asha Rao' },
    { ...adult, name: 'Ben Rao' },
    { ...child, name: 'Kabir Rao' },
    { ...infant, name: 'Mira Rao' },
    { ...infant, name: 'Noor Rao' },
  ] as WantedTraveller[];
  const offer = anOffer({
    travellers: [
      { type: 'ADULT', count: 2, each: 10_000 },
      { type: 'CHILD', count: 1, each: 7_500 },
      { type: 'INFANT', count: 2, each: 1_000 },
    ],
    total: 29_500,
  });
  const order = ticketedFor([{ offer, travellers: party }]);
  const [asha, ben, kabir, mira, noor] = order.travellers.map(({ id }) => id) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const ok = (fee: number, refund: number) => ({ fee, refund });
  const cases: [what: string, travellers: string[], expected: unknown][] = [
    ['one adult cannot be left with two infants', [asha], 'COMPANION_NEEDED'],
    ['one adult cannot be left with two infants, even if a child goes too', [ben, kabir], 'COMPANION_NEEDED'],
    ['an adult may go with one of the infants', [asha, noor], ok(2750, 8250)],
    ['an adult may go with both infants', [asha, mira, noor], ok(3000, 9000)],
    ['both infants may go', [mira, noor], ok(500, 1500)],
    ['infants cannot be left without an adult', [asha, ben, kabir], 'COMPANION_NEEDED'],
  ];
  for (const [what, travellers, expected] of cases) {
    test(what, () => assert.deepEqual(shown(quote(order, travellers, NOW)), expected));
  }

  test('two steps are refused like one', () => {
    const without = after(cancel(order, [noor], null, NOW));
    const decision = cancel(after(cancel(without, [asha], null, NOW)), [ben], null, NOW);
    assert.ok(isRefused(decision) && decision.refused === 'COMPANION_NEEDED');
    assert.equal(shown(quote(order, [asha], NOW)), 'COMPANION_NEEDED');
  });
});

test('before payment, cancelling is free and only possible for the whole order', () => {
  const placed = aPlaced([{ offer: anOffer(forFamily), travellers: family as WantedTraveller[] }]);
  const { AWAITING_PAYMENT: waiting } = inEveryState(placed);
  assert.deepEqual(shown(quote(waiting, null, NOW)), { fee: 0, refund: 0 });
  assert.equal(shown(quote(waiting, [waiting.travellers[2]!.id], NOW)), 'NOT_POSSIBLE_NOW');
});

test('the permitted cancellations are exactly those that are not refused', () => {
  const states = inEveryState();
  const able = Object.entries(states).flatMap(([status, order]) =>
    actions(order, NOW).map((action) => `${status} ${action}`),
  );
  assert.deepEqual(able, ['AWAITING_PAYMENT PAY', 'AWAITING_PAYMENT CANCEL', 'TICKETED CANCEL']);
  assert.deepEqual(actions(states.AWAITING_PAYMENT, new Date(states.AWAITING_PAYMENT.payBy)), ['CANCEL']);
  assert.deepEqual(actions(alone(never), NOW), []);
});

const orders = fc
  .record({
    prices: fc.array(fc.nat({ max: 10_000_000 }), { minLength: 1, maxLength: 9 }),
    percent: fc.integer({ min: 0, max: 120 }),
  })
  .map(({ prices, percent }) => {
    const each = prices[0]!;
    const count = prices.length;
    const offer = anOffer({
      conditions: refundable(percent, 0),
      travellers: [{ type: 'ADULT', count, each }],
      total: each * count,
    });
    const travellers = prices.map((_, i) => ({ ...adult, name: `Traveller ${i}` }) as WantedTraveller);
    const order = ticketedFor([{ offer, travellers }]);
    // travellers of one type pay the same fare; the rule must hold for any prices
    return { ...order, travellers: order.travellers.map((one, i) => ({ ...one, price: prices[i]! })) };
  });

test('refunds and fees sum to the price, none negative, whatever the parts and the sequence of cancellations', () => {
  fc.assert(
    fc.property(orders, fc.array(fc.nat({ max: 8 })), (order, parts) => {
      const paid = order.travellers.reduce((sum, { price }) => sum + price, 0);
      const whole = quote(order, null, NOW);
      assert.ok(!isRefused(whole));
      assert.equal(whole.fee + whole.refund, paid);
      assert.ok(whole.travellers.every(({ fee, refund }) => fee >= 0 && refund >= 0 && Number.isInteger(fee)));
      let left: Order = order;
      for (const part of parts) {
        const decision = cancel(left, [order.travellers[part % order.travellers.length]!.id], null, NOW);
        if (!isRefused(decision)) left = decision.next;
      }
      const rest = cancel(left, null, null, NOW);
      if (!isRefused(rest)) left = rest.next;
      const sum = (of: 'fee' | 'refund') => left.cancellations.reduce((total, each) => total + each[of], 0);
      assert.equal(left.status, 'REFUNDING');
      assert.equal(sum('refund'), whole.refund);
      assert.equal(sum('fee'), whole.fee);
      assert.equal(
        left.refunds.reduce((total, { amount }) => total + amount, 0),
        whole.refund,
      );
    }),
  );
});
