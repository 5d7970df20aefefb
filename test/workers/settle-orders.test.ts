// Orders advance on events of other subgraphs, once, in any order and with repeats; and close in time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personalIn } from '../../infra/system/checks/audit-personal.ts';
import { event, parseEvent, type Payload } from '../../schema/events.ts';
import { eventually } from '../kit/eventually.ts';
import { asha, openOrderSubgraph } from '../kit/order-subgraph.ts';

const MINUTE = 60_000;

test('an order is PAID once its seats are held and its payment captured; repeated events change nothing', async () => {
  await using subgraph = await openOrderSubgraph();
  const { id } = await subgraph.ordered();
  const { held, captured } = subgraph.eventsOf(id);
  await subgraph.tell(held, held, captured, held, captured);
  assert.deepEqual(await subgraph.steps(id), ['PLACED', 'SEATS_HELD', 'PAID']);
  const order = (await subgraph.orders.byId(id))!;
  assert.deepEqual([order.paymentId, order.version, order.refunds.length], ['pay_1', 3, 0]);
  assert.deepEqual(await subgraph.orders.dueForTicketing(10), [id]);
  assert.deepEqual(
    (await subgraph.announced()).map(({ type, sequence }) => `${type} ${sequence}`),
    ['order.placed 1', 'order.awaiting-payment 2', 'order.paid 3'],
  );
});

test('the event of an order that awaits payment has its number and flights, and no traveller', async () => {
  await using subgraph = await openOrderSubgraph();
  const { id } = await subgraph.ordered();
  await subgraph.tell(subgraph.eventsOf(id).held);
  const { number } = (await subgraph.orders.byId(id))!;
  const told = (await subgraph.announced()).find(({ type }) => type === 'order.awaiting-payment')!;
  const flight = { carrier: '6E', flightNumber: '2131', origin: 'DEL', destination: 'BLR' };
  assert.deepEqual((told.data as Payload<'order.awaiting-payment'>).bought, {
    number,
    flights: [{ ...flight, departure: '2026-03-24T22:20:00+05:30' }],
  });
  assert.deepEqual(parseEvent(JSON.stringify(told)), told);
  assert.equal(personalIn(JSON.stringify(told)), null);
});

test('an order whose hold is refused is REJECTED; a late hold, and a release without a close, change nothing', async () => {
  await using subgraph = await openOrderSubgraph();
  const { id } = await subgraph.ordered();
  const { held, refused, released } = subgraph.eventsOf(id);
  await subgraph.tell(released, refused, held, released);
  assert.deepEqual(await subgraph.steps(id), ['PLACED', 'SEATS_REFUSED']);
});

test('an unpaid order is closing when its time is over, and CLOSED once its seats are back', async () => {
  await using subgraph = await openOrderSubgraph();
  const { id } = await subgraph.ordered();
  const { held, released } = subgraph.eventsOf(id);
  await subgraph.tell(held);
  subgraph.clock.advance(15 * MINUTE - 1);
  assert.deepEqual(await subgraph.orders.overdue(10), []);
  subgraph.clock.advance(1);
  await eventually(async () => (await subgraph.status(id)) === 'CLOSING');
  await subgraph.tell(released, released);
  assert.deepEqual(await subgraph.steps(id), ['PLACED', 'SEATS_HELD', 'PAYMENT_OVERDUE', 'SEATS_RELEASED']);
});

test('an order without held seats is rejected after two minutes, and a later hold is refused', async () => {
  await using subgraph = await openOrderSubgraph();
  const { id } = await subgraph.ordered();
  subgraph.clock.advance(2 * MINUTE);
  await eventually(async () => (await subgraph.status(id)) === 'REJECTED');
  await subgraph.tell(subgraph.eventsOf(id).held);
  assert.deepEqual(await subgraph.steps(id), ['PLACED', 'HOLD_OVERDUE']);
  assert.deepEqual(
    (await subgraph.announced()).map(({ type }) => type),
    ['order.placed', 'order.rejected'],
  );
});

test('a capture after the close is refunded, and the order ends REFUNDED, whenever the release arrives', async () => {
  await using subgraph = await openOrderSubgraph();
  const { id } = await subgraph.ordered();
  const { held, captured, released, refunded } = subgraph.eventsOf(id);
  await subgraph.tell(held);
  subgraph.clock.advance(15 * MINUTE);
  await eventually(async () => (await subgraph.status(id)) === 'CLOSING');
  await subgraph.tell(captured);
  await subgraph.tell(released);
  assert.equal(await subgraph.status(id), 'REFUNDING');
  const paid = refunded((await subgraph.orders.byId(id))!.refunds[0]!.id);
  await subgraph.tell(paid, paid, captured);
  assert.deepEqual(await subgraph.steps(id), ['PLACED', 'SEATS_HELD', 'PAYMENT_OVERDUE', 'PAID_TOO_LATE', 'REFUNDED']);
});

test('a second capture is refunded on its own, and the order keeps the first', async () => {
  await using subgraph = await openOrderSubgraph();
  const { id } = await subgraph.ordered();
  const { held, captured } = subgraph.eventsOf(id);
  await subgraph.tell(held, captured, subgraph.eventsOf(id, 'pay_2').captured);
  const order = (await subgraph.orders.byId(id))!;
  assert.deepEqual([order.status, order.paymentId], ['PAID', 'pay_1']);
  assert.deepEqual(
    order.refunds.map(({ paymentId, amount, state }) => ({ paymentId, amount, state })),
    [{ paymentId: 'pay_2', amount: 389_700, state: 'DUE' }],
  );
});

test('a failed payment leaves the order waiting; an event of an unknown order changes nothing', async () => {
  await using subgraph = await openOrderSubgraph();
  const { id } = await subgraph.ordered();
  const { held, failed } = subgraph.eventsOf(id);
  await subgraph.tell(held, failed, subgraph.eventsOf('ord_0').held);
  assert.equal(await subgraph.status(id), 'AWAITING_PAYMENT');
  assert.deepEqual(await subgraph.steps(id), ['PLACED', 'SEATS_HELD', 'PAYMENT_FAILED']);
});

test('the orders of a deleted account lose their personal data; those of other accounts keep theirs', async () => {
  await using subgraph = await openOrderSubgraph();
  const [mine, other] = [await subgraph.ordered(), await subgraph.ordered({}, { ...asha, account: 'acc_other' })];
  const about = { source: '/account', subject: 'acc_asha', sequence: 1, now: subgraph.clock.now() };
  await subgraph.tell(event('account.deleted', about, { accountId: 'acc_asha' }));
  const text = JSON.stringify(await subgraph.orders.byId(mine.id));
  assert.doesNotMatch(text, /Asha|1990-05-17|example\.com|98765/);
  assert.match(text, /"status":"PENDING".*389700/);
  assert.match(JSON.stringify(await subgraph.orders.byId(other.id)), /Asha.*example\.com|example\.com.*Asha/);
});
