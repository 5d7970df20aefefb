// Pages of the checks between subgraphs: verify reads all rows of a table in pages, so that it needs little memory.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { type Database, openDatabase, type Tables } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import * as order from '../../subgraphs/order/store/checks-store.ts';
import { cartsAfter, deletedAfter, personalOrdersAfter } from '../../subgraphs/order/store/personal-store.ts';
import {
  AccountMark,
  CartEntity,
  OrderHead,
  OrderRefund,
  orderTables,
  TicketEntity,
} from '../../subgraphs/order/store/tables.ts';
import * as payment from '../../subgraphs/payment/store/checks-store.ts';
import { keyTextsAfter } from '../../subgraphs/payment/store/key-store.ts';
import { KeyUse, Payable, Payment, paymentTables, RefundEntity } from '../../subgraphs/payment/store/tables.ts';
import { holdsAfter } from '../../subgraphs/stock/store/checks-store.ts';
import { HoldRow, stockTables } from '../../subgraphs/stock/store/tables.ts';

const log = openLog({ level: 'off', json: true });

const inr = { amount: 100, currency: 'INR' };

const anOrder = (id: string, change: object = {}) => ({
  ...{ id, number: id, account: `acc ${id}`, status: 'AWAITING_PAYMENT' as const, version: 2, ...inr },
  ...{ placedAt: 0, holdBy: 0, payBy: 0, departsAt: 0, ticketingTries: 0, paymentId: `pay ${id}`, phone: '1' },
  ...change,
});
const aTicket = (id: string) => ({ id, orderId: id, traveller: id, number: id, token: id, issuedAt: 0 });
const aReturn = (id: string, change: object = {}) => ({
  ...{ id, orderId: id, paymentId: id, ...inr, because: 'x', state: 'DUE' as const, ...change },
});
const aPayment = (id: string, change: object = {}) => ({
  ...{ id, order: `ord ${id}`, account: 'acc', method: 'CARD' as const, ...inr, status: 'SUCCEEDED' as const },
  ...{
    captured: 100,
    refundDue: 0,
    refunded: 0,
    intent: `pi ${id}`,
    startedAt: 0,
    asked: 0,
    claimedUntil: 0,
    version: 1,
  },
  ...change,
});
const aPayable = (order: string) => ({ order, ...inr, payBy: 0, state: 'DUE' as const });
const aRefund = (id: string) => ({
  ...{ id, payment: id, order: id, ...inr, because: 'x', status: 'DUE' as const, dueSince: 0, failures: 0 },
});
const aKey = (payment: string, key = `key ${payment}`) => ({ account: 'acc', operation: 'x', key, hash: 'h', payment });

/** Rows that every reader of the table returns, c to a, and others that a reader skips. */
const fillOrders = (db: Database) =>
  db.write(async (em) => {
    await em.insertMany(OrderHead, [
      ...['c', 'b', 'a'].map((id) => anOrder(id)),
      anOrder('aa', { status: 'CLOSED', paymentId: null, phone: null }),
    ]);
    await em.insertMany(TicketEntity, ['c', 'b', 'a'].map(aTicket));
    await em.insertMany(OrderRefund, [
      ...['c', 'b', 'a'].map((id) => aReturn(id)),
      aReturn('aa', { state: 'WAITING' }),
    ]);
    await em.insertMany(
      CartEntity,
      ['c', 'b', 'a'].map((account) => ({ id: account, account, changedAt: 0 })),
    );
    await em.insertMany(AccountMark, [
      ...['c', 'b', 'a'].map((account) => ({ account, deletedAt: 1 })),
      { account: 'aa', deletedAt: null },
    ]);
  });

const fillPayments = (db: Database) =>
  db.write(async (em) => {
    await em.insertMany(Payment, [
      ...['c', 'b', 'a'].map((id) => aPayment(id)),
      aPayment('aa', { captured: 0, intent: null }),
    ]);
    await em.insertMany(Payable, ['c', 'b', 'a'].map(aPayable));
    await em.insertMany(RefundEntity, ['c', 'b', 'a'].map(aRefund));
    await em.insertMany(KeyUse, [...['c', 'b', 'a'].map((id) => aKey(id)), aKey('aa', 'sha256:x')]);
  });

const fillHolds = (db: Database) =>
  db.write((em) =>
    em.insertMany(HoldRow, [
      ...['c', 'b', 'a'].map((id) => ({ id, state: 'HELD' as const, revision: 1, returns: [] })),
      { id: 'aa', state: 'RELEASED' as const, revision: 2, returns: [] },
    ]),
  );

type Read = (db: Database, after: string, most: number) => Promise<readonly (string | { id: string })[]>;

const every: [name: string, tables: Tables, fill: (db: Database) => Promise<unknown>, read: Read, ids: string[]][] = [
  ['orders', orderTables, fillOrders, order.ordersAfter, ['a', 'aa', 'b', 'c']],
  ['orders with their seats', orderTables, fillOrders, order.seatedAfter, ['a', 'aa', 'b', 'c']],
  ['accounts of orders', orderTables, fillOrders, order.orderBooks, ['a', 'aa', 'b', 'c']],
  ['orders that wait for their payment', orderTables, fillOrders, order.owingAfter, ['a', 'b', 'c']],
  ['orders that name a payment', orderTables, fillOrders, order.paidAfter, ['a', 'b', 'c']],
  ['refunds that were announced', orderTables, fillOrders, order.refundsTold, ['a', 'b', 'c']],
  ['tickets', orderTables, fillOrders, order.ticketsAfter, ['a', 'b', 'c']],
  ['orders with personal data', orderTables, fillOrders, personalOrdersAfter, ['a', 'b', 'c']],
  ['accounts with a cart', orderTables, fillOrders, cartsAfter, ['a', 'b', 'c']],
  ['deleted accounts', orderTables, fillOrders, deletedAfter, ['a', 'b', 'c']],
  ['payments that captured money', paymentTables, fillPayments, payment.capturedAfter, ['a', 'b', 'c']],
  ['payments known to the provider', paymentTables, fillPayments, payment.atProviderAfter, ['a', 'b', 'c']],
  ['what orders owe', paymentTables, fillPayments, payment.payablesAfter, ['a', 'b', 'c']],
  ['refunds', paymentTables, fillPayments, payment.refundsAfter, ['a', 'b', 'c']],
  ['payments whose key is a text', paymentTables, fillPayments, keyTextsAfter, ['a', 'b', 'c']],
  ['holds with seats', stockTables, fillHolds, holdsAfter, ['a', 'b', 'c']],
];

for (const [name, tables, fill, read, ids] of every) {
  test(`pages of ${name} have no more rows than wanted, and together each row once, by id`, async () => {
    const db = await openDatabase(tables, sqlite(':memory:'), log);
    await fill(db);
    const page = async (after: string, most: number) =>
      (await read(db, after, most)).map((row) => (typeof row === 'string' ? row : row.id));
    assert.deepEqual(await page('', 10), ids);
    assert.deepEqual(await page('', 2), ids.slice(0, 2));
    assert.deepEqual(await page(ids[0]!, 1), ids.slice(1, 2));
    assert.deepEqual(await page('c', 1), []);
    await db.close();
  });
}
