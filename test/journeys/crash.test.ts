// P6 and P7: a process killed at any step of an order's life is restarted, and the order ends right, exactly once.
// A sample with one failpoint of each kind; npm run test:crash covers all of them.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { serviceNames } from '../../infra/system/service.ts';
import { chance } from '../kit/chance.ts';
import { cell, dieAt, elsewhere, openLane, points } from './crash.ts';

const lane = openLane();
after(() => lane[Symbol.asyncDispose]());

dieAt(lane, [
  cell('paid', 'order:after-commit'), // the customer gets no response to placing the order
  cell('paid', 'payment:after-answer'),
  cell('paid', 'settle-orders:before-commit', 2), // the capture
  cell('paid', 'notify:after-answer'),
  cell('unpaid', 'close-orders:after-commit'),
  cell('cancelled', 'relay-outbox:after-publish'),
  cell('cancelled', 'refund-payments:after-answer'),
  cell('no tickets', 'hold-stock:after-effect'),
  cell('no tickets', 'ticket-issuer:after-commit'),
  cell('paid too late', 'payment-provider:before-commit', 2),
]);

test('killed at random moments of six orders, each ends right, once', async (t) => {
  const deaths = await lane.atRandom(6, chance(t));
  t.diagnostic(`${deaths} deaths`);
  assert.ok(deaths >= 6, 'a process died during each order');
});

test('every service is killed at its failpoints, or has a reason why not', () => {
  assert.deepEqual(Object.keys({ ...points, ...elsewhere }).sort(), [...serviceNames].sort());
});
