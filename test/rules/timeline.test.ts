// Timelines: whether the entries of an order are complete, and the sentence that says what is missing.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MOST_TRIES } from '../../subgraphs/order/rules/ticketing-retries.ts';
import type { OrderStatus, OrderStep } from '../../subgraphs/order/rules/order.ts';
import { type OrderParts, whyNotWhole } from '../../subgraphs/order/rules/timeline.ts';

const entered = (...steps: [OrderStep, OrderStatus][]) =>
  steps.map(([step, status], at) => ({ version: at + 1, step, status }));

const placed: [OrderStep, OrderStatus] = ['PLACED', 'PENDING'];
const held: [OrderStep, OrderStatus] = ['SEATS_HELD', 'AWAITING_PAYMENT'];
const paid: [OrderStep, OrderStatus] = ['PAID', 'PAID'];
const ticketed: [OrderStep, OrderStatus] = ['TICKETED', 'TICKETED'];
const partlyCancelled: [OrderStep, OrderStatus] = ['PARTLY_CANCELLED', 'TICKETED'];
const cancelled: [OrderStep, OrderStatus] = ['CANCELLED', 'REFUNDING'];
const takenBack: [OrderStep, OrderStatus] = ['TICKETS_TAKEN_BACK', 'TICKETED'];

const anOrder = (change: Partial<OrderParts> = {}): OrderParts => ({
  id: 'ord_1',
  status: 'PAID',
  version: 3,
  ticketingTries: 0,
  cancellations: [],
  refunds: [],
  ...change,
});

const untilPaid = entered(placed, held, paid);
const untilTicketed = entered(placed, held, paid, ticketed);

describe('a timeline is complete', () => {
  const whole: [name: string, order: Partial<OrderParts>, entries: ReturnType<typeof entered>][] = [
    ['with an entry for each version', {}, untilPaid],
    ['with a silent version for each try at the issuer', { version: 5, ticketingTries: 2 }, untilPaid],
    ['with fewer silent versions once issuing is given up', { version: 4, ticketingTries: MOST_TRIES }, untilPaid],
    [
      'with as many silent versions as tries once issuing is given up',
      { version: 3 + MOST_TRIES, ticketingTries: MOST_TRIES },
      untilPaid,
    ],
    [
      'with an entry for each cancellation, whatever the tries',
      { status: 'REFUNDING', version: 9, cancellations: [{}] },
      entered(placed, held, paid, ticketed, cancelled),
    ],
    [
      'with an entry for tickets that were taken back',
      { status: 'TICKETED', version: 6, cancellations: [{ ticketsTakenBackAt: 1 }] },
      entered(placed, held, paid, ticketed, partlyCancelled, takenBack),
    ],
  ];
  for (const [name, order, entries] of whole) {
    test(name, () => assert.equal(whyNotWhole(anOrder(order), entries), null));
  }
});

describe('an incomplete timeline is explained', () => {
  const gaps: [why: string, order: Partial<OrderParts>, entries: ReturnType<typeof entered>][] = [
    ['The timeline of ord_1 does not begin with PLACED.', {}, []],
    ['The timeline of ord_1 does not begin with PLACED.', {}, entered(held, paid)],
    ['The timeline of ord_1 begins as PAID.', {}, entered(['PLACED', 'PAID'])],
    ['The timeline of ord_1 lacks an entry before version 2: PAID cannot follow PENDING.', {}, entered(placed, paid)],
    ['The timeline of ord_1 ends as PAID, and the order is CLOSED.', { status: 'CLOSED' }, untilPaid],
    ['The timeline of ord_1 ends at version 3, the order at 2.', { version: 2 }, untilPaid],
    [
      'The timeline of ord_1 has 0 entries for 1 cancellations.',
      { status: 'TICKETED', version: 4, cancellations: [{}] },
      untilTicketed,
    ],
    [
      'The timeline of ord_1 has 1 entries for 0 cancellations.',
      { status: 'TICKETED', version: 5 },
      entered(placed, held, paid, ticketed, partlyCancelled),
    ],
    [
      'The timeline of ord_1 has 0 entries for 1 payments sent back.',
      { refunds: [{ because: 'PAID_TWICE', state: 'DUE' }] },
      untilPaid,
    ],
    [
      'The timeline of ord_1 has 0 entries for 1 refunds paid back and tickets taken back.',
      { refunds: [{ because: 'CANCELLED', state: 'PAID_BACK' }] },
      untilPaid,
    ],
    [
      'The timeline of ord_1 has 0 entries for 1 refunds paid back and tickets taken back.',
      { status: 'REFUNDING', version: 5, cancellations: [{ ticketsTakenBackAt: 1 }] },
      entered(placed, held, paid, ticketed, cancelled),
    ],
    ['The timeline of ord_1 has 3 entries for 4 versions and 0 tries.', { version: 4 }, untilPaid],
    ['The timeline of ord_1 has 3 entries for 4 versions and 2 tries.', { version: 4, ticketingTries: 2 }, untilPaid],
    [
      `The timeline of ord_1 has 3 entries for 3 versions and ${MOST_TRIES} tries.`,
      { ticketingTries: MOST_TRIES },
      untilPaid,
    ],
    [
      `The timeline of ord_1 has 3 entries for ${4 + MOST_TRIES} versions and ${MOST_TRIES} tries.`,
      { version: 4 + MOST_TRIES, ticketingTries: MOST_TRIES },
      untilPaid,
    ],
  ];
  for (const [why, order, entries] of gaps) {
    test(`${why} ${JSON.stringify(order)}`, () => assert.equal(whyNotWhole(anOrder(order), entries), why));
  }
});
