// The state machine of an order: every transition, and a refusal for every other.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { cancel } from '../../subgraphs/order/rules/cancellation.ts';
import { isRefused } from '../../schema/errors.ts';
import {
  type OrderDecision,
  life,
  type Order,
  type OrderStatus,
  orderStatuses,
  steps,
  take,
} from '../../subgraphs/order/rules/order.ts';
import {
  capture,
  close,
  confirmHold,
  paidBack,
  paymentFailed,
  reject,
  released,
  seatsReturned,
} from '../../subgraphs/order/rules/settling.ts';
import { askIssuerAgain, giveUpTicketing, ticketed, ticketsTakenBack } from '../../subgraphs/order/rules/ticketing.ts';
import { after, cancelledWhole, inEveryState, issuedTo, LATER, NOW, paymentOf } from '../kit/an-order.ts';

/** The transitions of DESIGN.md, written by hand, so that a change of the table needs a change here. */
const arrows = `
PENDING -> AWAITING_PAYMENT, PENDING -> REJECTED, AWAITING_PAYMENT -> PAID, AWAITING_PAYMENT -> CLOSING,
PAID -> TICKETED, PAID -> REFUNDING, CLOSING -> CLOSED, CLOSING -> REFUNDING, CLOSED -> REFUNDING,
REJECTED -> REFUNDING, TICKETED -> REFUNDING, REFUNDING -> REFUNDED`;

test('the table has the transitions of the design and no others', () => {
  const ofTable = orderStatuses.flatMap((from) =>
    Object.values(life[from]).flatMap((to) => (to === from ? [] : [`${from} -> ${to}`])),
  );
  const wanted = arrows.split(',').map((arrow) => arrow.trim());
  assert.deepEqual([...new Set(ofTable)].sort(), wanted.sort());
});

describe('the transition table', () => {
  for (const [status, order] of Object.entries(inEveryState()) as [OrderStatus, Order][]) {
    for (const step of steps) {
      const next = life[status][step];
      test(`${status}: ${step} ${next ? `leads to ${next}` : 'is refused'}`, () => {
        const decision = take(order, step);
        if (next) assert.equal(after(decision).status, next);
        else assert.ok(isRefused(decision) && decision.refused === 'NOT_POSSIBLE_NOW');
      });
    }
  }
});

type Expected = Partial<Record<OrderStatus, OrderStatus>>;
const everywhere = Object.fromEntries(orderStatuses.map((status) => [status, status])) as Expected;
const wrong = (order: Order) => ({ ...paymentOf(order, 'pay_2'), amount: order.amount + 1 });

/** The result of each input in each state. An input that is not listed is refused. */
const inputs: Record<string, [rule: (order: Order) => OrderDecision, expected: Expected]> = {
  'seats held': [confirmHold, { PENDING: 'AWAITING_PAYMENT' }],
  'seats refused': [(order) => reject(order, { because: 'SOLD_OUT' }), { PENDING: 'REJECTED' }],
  'the limits past': [(order) => close(order, LATER), { PENDING: 'REJECTED', AWAITING_PAYMENT: 'CLOSING' }],
  'the limits a moment ahead': [(order) => close(order, NOW), {}],
  'seats released': [released, { CLOSING: 'CLOSED' }],
  'the exact amount, once more if already paid': [
    (order) => capture(order, paymentOf(order, 'pay_2'), NOW),
    { ...everywhere, AWAITING_PAYMENT: 'PAID', CLOSING: 'REFUNDING', CLOSED: 'REFUNDING', REJECTED: 'REFUNDING' },
  ],
  'a wrong amount': [(order) => capture(order, wrong(order), NOW), everywhere],
  'the right amount of a wrong currency': [
    (order) => capture(order, { ...paymentOf(order, 'pay_2'), currency: 'JPY' }, NOW),
    everywhere,
  ],
  'a payment failed': [
    (order) => paymentFailed(order, { because: 'DECLINED' }),
    { AWAITING_PAYMENT: 'AWAITING_PAYMENT' },
  ],
  tickets: [(order) => ticketed(order, issuedTo(order), NOW), { PAID: 'TICKETED' }],
  'ticketing given up': [(order) => giveUpTicketing(order, 'NO_ANSWER'), { PAID: 'REFUNDING' }],
  'ticketing retried later': [(order) => askIssuerAgain(order, LATER), { PAID: 'PAID' }],
  'cancelled whole': [
    (order) => cancel(order, null, null, NOW),
    { AWAITING_PAYMENT: 'CLOSING', TICKETED: 'REFUNDING' },
  ],
  'tickets of an unknown cancellation taken back': [(order) => ticketsTakenBack(order, 'can_0', NOW), {}],
  'seats returned': [seatsReturned, everywhere],
  'an unknown refund paid back': [(order) => paidBack(order, { refundId: 'rfd_0' }), {}],
};

for (const [input, [rule, expected]] of Object.entries(inputs)) {
  describe(input, () => {
    for (const [status, order] of Object.entries(inEveryState()) as [OrderStatus, Order][]) {
      const next = expected[status];
      test(next ? `takes ${status} to ${next}` : `is refused by ${status}`, () => {
        const before = structuredClone(order);
        const decision = rule(order);
        if (next) assert.equal(after(decision).status, next);
        else assert.ok(isRefused(decision), `${input} was taken`);
        assert.deepEqual(order, before, 'a rule does not mutate its input');
      });
    }
  });
}

const announced = (decision: OrderDecision) => {
  assert.ok(!isRefused(decision));
  return decision.events.map(({ type, data }) => ({ type, ...data }));
};

test('a late, wrong or second capture is refunded in full, once', () => {
  const states = inEveryState();
  for (const [status, payment, because] of [
    ['CLOSED', paymentOf(states.CLOSED), 'PAID_TOO_LATE'],
    ['CLOSED', wrong(states.CLOSED), 'WRONG_AMOUNT'],
    ['TICKETED', paymentOf(states.TICKETED, 'pay_2'), 'PAID_BEFORE'],
    ['PENDING', paymentOf(states.PENDING), 'NOT_DUE'],
  ] as const) {
    const decision = capture(states[status], payment, NOW);
    assert.deepEqual(announced(decision), [
      { type: 'order.refund-due', orderId: 'ord_1', refundId: 'rfd_1_1', ...payment, because },
    ]);
    assert.ok(isRefused(capture(after(decision), payment, NOW)), 'the same payment again changes nothing');
  }
});

test('REFUNDING ends when everything due is refunded, whatever happens in between', () => {
  const late = after(capture(inEveryState().CLOSING, paymentOf(inEveryState().CLOSING), NOW));
  const second = after(capture(late, paymentOf(late, 'pay_2'), NOW));
  const [one, two] = second.refunds;
  const half = after(paidBack(second, { refundId: two!.id }));
  assert.equal(half.status, 'REFUNDING');
  assert.ok(isRefused(paidBack(half, { refundId: two!.id })), 'refunded twice');
  assert.equal(after(paidBack(half, { refundId: one!.id })).status, 'REFUNDED');
});

test('abandoned ticketing refunds the money and returns the seats; ticketing needs a ticket for each traveller', () => {
  const { PAID } = inEveryState();
  assert.deepEqual(announced(giveUpTicketing(PAID, 'NO_ANSWER')), [
    {
      type: 'order.refund-due',
      orderId: 'ord_1',
      refundId: 'rfd_1_1',
      ...paymentOf(PAID),
      because: 'TICKETING_FAILED',
    },
    {
      type: 'order.seats-given-back',
      orderId: 'ord_1',
      returnId: 'rfd_1_1',
      seats: [{ departureId: 'departure-1', seats: 1 }],
    },
  ]);
  assert.throws(() => ticketed(PAID, [], NOW), /0 tickets are not one for each of 1/);
});

test('a cancellation refunds money and returns seats only after the tickets are voided', () => {
  const cancelled = after(cancel(inEveryState().TICKETED, null, null, NOW));
  assert.deepEqual(
    cancelled.refunds.map(({ state, amount }) => ({ state, amount })),
    [{ state: 'WAITING', amount: 292_275 }],
  );
  const refundId = cancelled.refunds[0]!.id;
  assert.ok(isRefused(paidBack(cancelled, { refundId })), 'nothing is due yet');
  const decision = ticketsTakenBack(cancelled, 'can_1_1', NOW);
  assert.deepEqual(
    announced(decision).map(({ type }) => type),
    ['order.refund-due', 'order.seats-given-back'],
  );
  assert.ok(isRefused(ticketsTakenBack(after(decision), 'can_1_1', NOW)), 'a second time');
  assert.equal(after(paidBack(cancelledWhole(), { refundId })).status, 'REFUNDED');
});

/** The state machine as a diagram: one arrow for each pair of states, labelled with its steps. */
function drawn(): string {
  const lines = orderStatuses.flatMap((from) => {
    const byTarget = Map.groupBy(Object.entries(life[from]), ([, to]) => to);
    byTarget.delete(from);
    return [...byTarget].map(([to, taken]) => `  ${from} --> ${to}: ${taken.map(([step]) => step).join(', ')}`);
  });
  return ['```mermaid', 'stateDiagram-v2', '  [*] --> PENDING: PLACED', ...lines, '```'].join('\n');
}

test('the diagram in README matches the table', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  assert.ok(readme.includes(drawn()), `put this into README.md:\n${drawn()}`);
});
