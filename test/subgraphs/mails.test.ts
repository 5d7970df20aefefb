// The mail store of orders: one mail of each kind for an order, one sender at a time, and a longer pause after each failure.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idOf, openMails } from '../../subgraphs/order/store/mail-store.ts';
import { openOrderSubgraph } from '../kit/order-subgraph.ts';
import { heard } from '../kit/ordering.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

async function openMailStore() {
  const subgraph = await openOrderSubgraph({ workers: false });
  const { clock } = subgraph;
  const mails = openMails(subgraph.db);
  const { id: orderId } = await subgraph.ordered();
  return {
    clock,
    mails,
    id: idOf({ orderId, kind: 'REFUNDED', refund: '' }),
    /** Handles one more event that causes this mail. */
    owe: () => mails.owe('notify', heard('order.refunded', { orderId }, clock.now()), 'REFUNDED'),
    all: async () => (await mails.ofOrders([orderId])).get(orderId) ?? [],
    mail: async () => (await mails.ofOrders([orderId])).get(orderId)![0]!,
    isDue: async () => (await mails.due(10)).length === 1,
    [Symbol.asyncDispose]: () => subgraph[Symbol.asyncDispose](),
  };
}

test('two events of one kind cause one mail for an order, even if the first mail is already sent', async () => {
  await using store = await openMailStore();
  await store.owe();
  await store.owe();
  assert.equal((await store.all()).length, 1);
  await store.mails.sent(store.id);
  await store.owe();
  assert.equal((await store.mail()).state, 'SENT');
  assert.deepEqual(await store.mails.due(10), []);
});

test('one sender at a time can claim a mail; after two minutes, when the first sender must have crashed, another can', async () => {
  await using store = await openMailStore();
  await store.owe();
  assert.equal((await store.mails.claim(store.id))?.kind, 'REFUNDED');
  assert.equal(await store.mails.claim(store.id), null);
  store.clock.advance(2 * MINUTE - 1);
  assert.deepEqual([await store.mails.claim(store.id), await store.isDue()], [null, false]);
  store.clock.advance(1);
  assert.equal(await store.isDue(), true);
  assert.equal((await store.mails.claim(store.id))?.kind, 'REFUNDED');
});

test('a failed mail is retried after ten seconds, then after twice as long each time, an hour at most, with thirty tries in total', async () => {
  await using store = await openMailStore();
  await store.owe();
  const pauses: number[] = [];
  let isOver = false;
  while (!isOver) {
    const owed = await store.mails.claim(store.id);
    assert.ok(owed, `try ${pauses.length + 1}`);
    const failedAt = store.clock.now().getTime();
    isOver = await store.mails.failed(owed, false);
    const { dueAt } = await store.mail();
    if (dueAt == null) break;
    pauses.push((dueAt - failedAt) / SECOND);
    store.clock.advance(dueAt - failedAt - 1);
    assert.equal(await store.isDue(), false);
    store.clock.advance(1);
  }
  assert.deepEqual(pauses.slice(0, 10), [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]);
  assert.deepEqual([pauses.length, Math.max(...pauses)], [29, 3600]);
  const { state, tries } = await store.mail();
  assert.deepEqual([isOver, state, tries], [true, 'NOT_SENT', 30]);
});

test('a mail that can never be delivered is given up at once', async () => {
  await using store = await openMailStore();
  await store.owe();
  const owed = await store.mails.claim(store.id);
  assert.equal(await store.mails.failed(owed!, true), true);
  assert.deepEqual([(await store.mail()).state, await store.isDue()], ['NOT_SENT', false]);
});

test('a failure that is recorded after another sender has sent the mail changes nothing', async () => {
  await using store = await openMailStore();
  await store.owe();
  const owed = await store.mails.claim(store.id);
  await store.mails.sent(store.id);
  await store.mails.failed(owed!, false);
  assert.deepEqual([(await store.mail()).state, await store.isDue()], ['SENT', false]);
});

test('a mail that a second sender took over counts as sent for both senders, so that neither undoes it', async () => {
  await using store = await openMailStore();
  await store.owe();
  await store.mails.claim(store.id);
  store.clock.advance(2 * MINUTE);
  await store.mails.claim(store.id);
  assert.deepEqual([await store.mails.sent(store.id), await store.mails.sent(store.id)], [true, true]);
});
