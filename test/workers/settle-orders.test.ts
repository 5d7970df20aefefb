// Orders advance on events of other subgraphs, once, in any order and with repeats; and close in time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personalIn } from '../../infra/system/checks/audit-personal.ts';
import { event, parseEvent, type Payload } from '../../schema/events.ts';
import { eventually } from '../kit/eventually.ts';
import { asha, openOrderRoom } from '../kit/order-room.ts';

const MINUTE = 60_000;

test('an order is PAID once its seats are held and its payment captured; repeated events change nothing', async () => {
  await using room = await openOrderRoom();
  const { id } = await room.ordered();
  const { held, captured } = room.eventsOf(id);
  await room.tell(held, held, captured, held, captured);
  assert.deepEqual(await room.steps(id), ['PLACED', 'SEATS_HELD', 'PAID']);
  const order = (await room.orders.byId(id))!;
  assert.deepEqual([order.paymentId, order.version, order.refunds.length], ['pay_1', 3, 0]);
  assert.deepEqual(await room.orders.dueForTicketing(10), [id]);
  assert.deepEqual(
    (await room.announced()).map(({ type, sequence }) => `${type} ${sequence}`),
    ['order.placed 1', 'order.awaiting-payment 2', 'order.paid 3'],
  );
});

test('the event of an order that awaits payment has its number and flights, and no traveller', async () => {
  await using room = await openOrderRoom();
  const { id } = await room.ordered();
  await room.tell(room.eventsOf(id).held);
  const { number } = (await room.orders.byId(id))!;
  const told = (await room.announced()).find(({ type }) => type === 'order.awaiting-payment')!;
  const flight = { carrier: '6E', flightNumber: '2131', origin: 'DEL', destination: 'BLR' };
  assert.deepEqual((told.data as Payload<'order.awaiting-payment'>).bought, {
    number,
    flights: [{ ...flight, departure: '2026-03-24T22:20:00+05:30' }],
  });
  assert.deepEqual(parseEvent(JSON.stringify(told)), told);
  assert.equal(personalIn(JSON.stringify(told)), null);
});

test('an order whose hold is refused is REJECTED; a late hold, and a release without a close, change nothing', async () => {
  await using room = await openOrderRoom();
  const { id } = await room.ordered();
  const { held, refused, released } = room.eventsOf(id);
  await room.tell(released, refused, held, released);
  assert.deepEqual(await room.steps(id), ['PLACED', 'SEATS_REFUSED']);
});

test('an unpaid order is closing when its time is over, and CLOSED once its seats are back', async () => {
  await using room = await openOrderRoom();
  const { id } = await room.ordered();
  const { held, released } = room.eventsOf(id);
  await room.tell(held);
  room.clock.advance(15 * MINUTE - 1);
  assert.deepEqual(await room.orders.overdue(10), []);
  room.clock.advance(1);
  await eventually(async () => (await room.status(id)) === 'CLOSING');
  await room.tell(released, released);
  assert.deepEqual(await room.steps(id), ['PLACED', 'SEATS_HELD', 'PAYMENT_OVERDUE', 'SEATS_RELEASED']);
});

test('an order without held seats is rejected after two minutes, and a later hold is refused', async () => {
  await using room = await openOrderRoom();
  const { id } = await room.ordered();
  room.clock.advance(2 * MINUTE);
  await eventually(async () => (await room.status(id)) === 'REJECTED');
  await room.tell(room.eventsOf(id).held);
  assert.deepEqual(await room.steps(id), ['PLACED', 'HOLD_OVERDUE']);
  assert.deepEqual(
    (await room.announced()).map(({ type }) => type),
    ['order.placed', 'order.rejected'],
  );
});

test('a capture after the close is refunded, and the order ends REFUNDED, whenever the release arrives', async () => {
  await using room = await openOrderRoom();
  const { id } = await room.ordered();
  const { held, captured, released, refunded } = room.eventsOf(id);
  await room.tell(held);
  room.clock.advance(15 * MINUTE);
  await eventually(async () => (await room.status(id)) === 'CLOSING');
  await room.tell(captured);
  await room.tell(released);
  assert.equal(await room.status(id), 'REFUNDING');
  const paid = refunded((await room.orders.byId(id))!.refunds[0]!.id);
  await room.tell(paid, paid, captured);
  assert.deepEqual(await room.steps(id), ['PLACED', 'SEATS_HELD', 'PAYMENT_OVERDUE', 'PAID_TOO_LATE', 'REFUNDED']);
});

test('a second capture is refunded on its own, and the order keeps the first', async () => {
  await using room = await openOrderRoom();
  const { id } = await room.ordered();
  const { held, captured } = room.eventsOf(id);
  await room.tell(held, captured, room.eventsOf(id, 'pay_2').captured);
  const order = (await room.orders.byId(id))!;
  assert.deepEqual([order.status, order.paymentId], ['PAID', 'pay_1']);
  assert.deepEqual(
    order.refunds.map(({ paymentId, amount, state }) => ({ paymentId, amount, state })),
    [{ paymentId: 'pay_2', amount: 389_700, state: 'DUE' }],
  );
});

test('a failed payment leaves the order waiting; an event of an unknown order changes nothing', async () => {
  await using room = await openOrderRoom();
  const { id } = await room.ordered();
  const { held, failed } = room.eventsOf(id);
  await room.tell(held, failed, room.eventsOf('ord_0').held);
  assert.equal(await room.status(id), 'AWAITING_PAYMENT');
  assert.deepEqual(await room.steps(id), ['PLACED', 'SEATS_HELD', 'PAYMENT_FAILED']);
});

test('the orders of a deleted account lose their personal data; those of other accounts keep theirs', async () => {
  await using room = await openOrderRoom();
  const [mine, other] = [await room.ordered(), await room.ordered({}, { ...asha, account: 'acc_other' })];
  const about = { source: '/account', subject: 'acc_asha', sequence: 1, now: room.clock.now() };
  await room.tell(event('account.deleted', about, { accountId: 'acc_asha' }));
  const text = JSON.stringify(await room.orders.byId(mine.id));
  assert.doesNotMatch(text, /Asha|1990-05-17|example\.com|98765/);
  assert.match(text, /"status":"PENDING".*389700/);
  assert.match(JSON.stringify(await room.orders.byId(other.id)), /Asha.*example\.com|example\.com.*Asha/);
});
