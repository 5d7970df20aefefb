// The rules of unpaid seats: how many a taker may hold, how long an order may stay unpaid, and duplicate travellers.
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readSettings } from '../../infra/config/settings.ts';
import { isRefused } from '../../schema/errors.ts';
import { orderSettings } from '../../subgraphs/order/settings.ts';
import type { OrderStep } from '../../subgraphs/order/rules/order.ts';
import { type Booked, type OrderHistory, placeOrder } from '../../subgraphs/order/rules/placing.ts';
import { confirmHold } from '../../subgraphs/order/rules/settling.ts';
import {
  adviceOn,
  exceeded,
  LAPSES_COUNTED,
  lapses,
  type SeatCaps,
  type SeatHistory,
  timeToPay,
} from '../../subgraphs/order/rules/unpaid.ts';
import { after, aPlaced, LATER, noHistory, NOW } from '../kit/an-order.ts';
import { adult, anOffer, child, contact, family, forFamily } from '../kit/ordering.ts';

const MINUTE = 60_000;
const caps: SeatCaps = { account: { total: 54, departure: 18 }, address: { total: 216, departure: 36 } };
const of = (seats: Record<string, number> = {}) => new Map(Object.entries(seats));
const unpaid = (account: Record<string, number>, address = account): Pick<SeatHistory, 'unpaid'> => ({
  unpaid: { account: of(account), address: of(address) },
});
const seats = (wanted: Record<string, number>) =>
  Object.entries(wanted).map(([departureId, count]) => ({ departureId, seats: count }));

describe('unpaid seats', () => {
  for (const [what, history, wanted, because] of [
    ['nine on one flight, the first time', unpaid({}), { a: 9 }, null],
    ['nine again, while the first nine wait', unpaid({ a: 9 }), { a: 9 }, null],
    ['a third nine on the same flight', unpaid({ a: 18 }), { a: 9 }, ['account', 'a', 18]],
    ['one more than fits', unpaid({ a: 10 }), { a: 9 }, ['account', 'a', 18]],
    ['nine on another flight', unpaid({ a: 18 }), { b: 9 }, null],
    ['the largest order there is', unpaid({}), { a: 9, b: 9, c: 9, d: 9, e: 9, f: 9 }, null],
    ['one seat beyond the largest order', unpaid({ a: 18, b: 18, c: 18 }), { d: 1 }, ['account', null, 54]],
    ['nine from an address where others wait', unpaid({}, { a: 27 }), { a: 9 }, null],
    ['nine from an address with too many on the flight', unpaid({}, { a: 28 }), { a: 9 }, ['address', 'a', 36]],
    ['one from an address with too many in all', unpaid({}, { a: 36, b: 180 }), { c: 1 }, ['address', null, 216]],
  ] as const) {
    test(`${what}: ${because ? `refused by ${because.join(' ')}` : 'allowed'}`, () => {
      const found = exceeded(caps, history, seats(wanted));
      assert.deepEqual(found && [found.taker, found.departure, found.most], because);
      assert.equal(exceeded('off', history, seats(wanted)), null);
    });
  }

  test('whatever is taken and given back, no taker ever exceeds its caps', () => {
    const step = fc.record({
      account: fc.constantFrom('1', '2', '3'),
      departure: fc.constantFrom('a', 'b', 'c'),
      count: fc.integer({ min: 1, max: 9 }),
      isBack: fc.boolean(),
    });
    const small: SeatCaps = { account: { total: 15, departure: 10 }, address: { total: 30, departure: 18 } };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const held: { account: string; departure: string; count: number }[] = [];
        const sum = (some: typeof held) => some.reduce((all, { count }) => all + count, 0);
        const by = (some: typeof held) =>
          new Map([...Map.groupBy(some, ({ departure }) => departure)].map(([key, each]) => [key, sum(each)]));
        for (const { isBack, ...wanted } of steps) {
          if (isBack) held.shift();
          const mine = held.filter(({ account }) => account === wanted.account);
          const history = { unpaid: { account: by(mine), address: by(held) } };
          if (!exceeded(small, history, seats({ [wanted.departure]: wanted.count }))) held.push(wanted);
          for (const [taker, all] of [
            ...[...Map.groupBy(held, ({ account }) => account).values()].map((some) => ['account', some] as const),
            ['address', held] as const,
          ]) {
            assert.ok(sum(all) <= small[taker].total);
            for (const count of by(all).values()) assert.ok(count <= small[taker].departure);
          }
        }
      }),
    );
  });
});

test('the caps are configured per taker or switched off, and every configuration fault is named', () => {
  const read = (UNPAID_SEATS?: string) => readSettings(orderSettings, { UNPAID_SEATS }).UNPAID_SEATS;
  assert.deepEqual(read(), caps);
  assert.deepEqual(read('account=9:9'), { ...caps, account: { total: 9, departure: 9 } });
  assert.equal(read('off'), 'off');
  for (const text of ['account=9', 'account=0:9', 'network=9:9', 'address=9:-1', 'on', '__proto__=9:9']) {
    assert.throws(
      () => read(text),
      /UNPAID_SEATS: .*give TAKER=IN_ALL:ON_ONE_DEPARTURE by comma.*account, address; or off/,
    );
  }
  assert.throws(() => read('account=x,address=y'), /- UNPAID_SEATS: account=x[^]*- UNPAID_SEATS: address=y/);
});

describe('the time to pay', () => {
  const minutes = (account: number, address = account) => timeToPay({ lapses: { account, address } }) / MINUTE;

  test('is 15 minutes, half of that after one lapsed hold, and 5 minutes after more', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 1000].map((lapsed) => minutes(lapsed)),
      [15, 7.5, 5, 5, 5],
    );
  });

  test('is halved for an address by every tenth lapsed hold, as many households can share one', () => {
    assert.deepEqual(
      [0, 9, 10, 19, 20, 500].map((lapsed) => minutes(0, lapsed)),
      [15, 15, 7.5, 7.5, 5, 5],
    );
  });

  test('never grows with the number of lapsed holds, is never shorter than a payment takes, and depends only on the lapses that are counted', () => {
    const count = fc.nat({ max: 60 });
    fc.assert(
      fc.property(count, count, (account, address) => {
        assert.ok(minutes(account + 1, address) <= minutes(account, address));
        assert.ok(minutes(account, address + 1) <= minutes(account, address));
        assert.ok(minutes(account, address) >= 5);
        const counted = [Math.min(account, LAPSES_COUNTED.account), Math.min(address, LAPSES_COUNTED.address)] as const;
        assert.equal(minutes(...counted), minutes(account, address));
      }),
    );
  });
});

describe('the hold of an order', () => {
  const held = after(confirmHold(aPlaced()));
  const halfway = new Date((held.placedAt + held.payBy) / 2);
  for (const [what, order, step, now, isLapse] of [
    ['that was not paid in time lapses', held, 'PAYMENT_OVERDUE', LATER, true],
    ['that is cancelled at once does not', held, 'CANCELLED', NOW, false],
    ['that is cancelled a moment before half of its time does not', held, 'CANCELLED', new Date(+halfway - 1), false],
    ['that is cancelled after half of its time lapses', held, 'CANCELLED', halfway, true],
    ['that is paid does not', held, 'PAID', LATER, false],
    ['that was refused does not', aPlaced(), 'SEATS_REFUSED', LATER, false],
    ['that never existed does not', aPlaced(), 'HOLD_OVERDUE', LATER, false],
    ['of a paid order that is cancelled does not', { ...held, status: 'TICKETED' as const }, 'CANCELLED', LATER, false],
  ] as const) {
    test(what, () => assert.equal(lapses(order, step satisfies OrderStep, now), isLapse));
  }
});

describe('placing an order', () => {
  const person = { name: adult.name, birthDate: adult.birthDate, document: null };
  const booked = (change: Partial<Booked> = {}): Booked => ({
    ...{ order: 'ord_0', departure: 'departure-1', person },
    ...change,
  });
  const decide = (history: Partial<OrderHistory>, offers = [{ offer: anOffer(), travellers: [adult] as never }]) => {
    const placing = placeOrder({ offers, contact }, caps, NOW);
    assert.ok(!isRefused(placing));
    return placing.decide({ id: 'ord_1', number: '000-000-000', account: 'acc_1' }, { ...noHistory, ...history }, NOW);
  };

  for (const [what, flights, isAllowed] of [
    ['of a traveller who is booked on another flight is allowed', [booked({ departure: 'departure-2' })], true],
    [
      'of another traveller than those on the flight is allowed',
      [booked({ person: { ...person, name: 'Kabir Rao' } })],
      true,
    ],
    [
      'of a namesake with another birth date is allowed',
      [booked({ person: { ...person, birthDate: '1990-05-18' } })],
      true,
    ],
    ['beside a traveller whose data was deleted is allowed', [booked({ person: null })], true],
    ['of the same traveller on the same flight is refused', [booked()], false],
    [
      'of the same traveller in another spelling is refused',
      [booked({ person: { ...person, name: 'ASHA  RAO' } })],
      false,
    ],
  ] as const) {
    test(what, () => {
      const decision = decide({ booked: flights });
      assert.equal(!isRefused(decision), isAllowed);
      if (!isRefused(decision)) return;
      assert.equal(decision.refused, 'ALREADY_ON_FLIGHT');
      assert.deepEqual([decision.existing, decision.offers], ['ord_0', [0]]);
    });
  }

  test('names the offers that caused the refusal', () => {
    const [first, second] = [anOffer({ departureId: 'departure-2' }), anOffer(forFamily)];
    const offers = [
      { offer: first, travellers: [adult] as never },
      { offer: second, travellers: family as never },
    ];
    const kabir = { name: child.name, birthDate: child.birthDate, document: null };
    const twice = decide({ booked: [booked({ person: kabir })] }, offers);
    assert.deepEqual(isRefused(twice) && [twice.refused, twice.offers], ['ALREADY_ON_FLIGHT', [1]]);
    const crowded = decide(unpaid({ 'departure-1': 17 }), offers); // an infant takes no seat
    assert.deepEqual(isRefused(crowded) && [crowded.refused, crowded.offers], ['TOO_MANY_UNPAID_SEATS', [1]]);
    const many = decide(unpaid({ x: 18, y: 18, z: 16 }), offers);
    assert.deepEqual(isRefused(many) && [many.refused, many.offers], ['TOO_MANY_UNPAID_SEATS', [0, 1]]);
    assert.ok(!isRefused(decide(unpaid({ x: 18, y: 18, z: 15 }), offers)));
  });

  test('reveals nothing about other accounts if the cap of the shared address is exceeded', () => {
    const refused = decide(unpaid({}, { 'departure-1': 36 }));
    assert.ok(isRefused(refused));
    assert.doesNotMatch(refused.because, /\d/);
  });

  test('gives the order less time if earlier ones were not paid', () => {
    const order = decide({ lapses: { account: 1, address: 1 } });
    assert.ok(!isRefused(order));
    assert.equal(order.next.payBy - order.next.placedAt, 7.5 * MINUTE);
    assert.match(JSON.stringify(order.events), /"payBy":"2026-03-01T12:07:30.000Z"/);
  });
});

test('the advice names what is exceeded, and for an address reveals no number', () => {
  const account = (departure: string | null) => adviceOn({ taker: 'account', departure, most: 9 });
  const address = (departure: string | null) => adviceOn({ taker: 'address', departure, most: 9 });
  assert.match(account('dep_1'), /^An account may have 9 seats waiting for payment on one flight at a time; pay for/);
  assert.match(account(null), /^An account may have 9 seats waiting for payment in all at a time; pay for/);
  assert.match(address('dep_1'), /^Too many seats on this flight wait for payment from your network; pay for/);
  assert.match(address(null), /^Too many seats wait for payment from your network; pay for/);
});
