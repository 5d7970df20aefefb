// Statements of stores: a store reads and writes no table about nothing, because a redelivered event and an empty list
// are frequent and a connection is scarce.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { type Database, openDatabase, type Tables } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { soldOutOn } from '../../subgraphs/fare/store/sold-out-store.ts';
import { openFares } from '../../subgraphs/fare/store/store.ts';
import { fareTables } from '../../subgraphs/fare/store/tables.ts';
import { forgottenOrders } from '../../subgraphs/order/store/personal-store.ts';
import { ordersOf } from '../../subgraphs/order/store/rows.ts';
import { orderTables } from '../../subgraphs/order/store/tables.ts';
import { forgetTakers } from '../../subgraphs/order/store/unpaid-store.ts';
import { takenFor } from '../../subgraphs/payment/store/checks-store.ts';
import { paymentTables } from '../../subgraphs/payment/store/tables.ts';
import { seatsByOrder } from '../../subgraphs/stock/store/checks-store.ts';
import { openHolds } from '../../subgraphs/stock/store/hold-store.ts';
import type { OrderNews } from '../../subgraphs/stock/rules/hold.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { closing, NOW, onSale, placed } from '../kit/seats.ts';
import { aFare } from '../kit/world.ts';

const log = openLog({ level: 'off', json: true });

/** An empty database that records which table each statement is about. */
async function openRecorded(tables: Tables) {
  const statements: string[] = [];
  const onQuery = (_: string, sql: string) => void statements.push(sql);
  const db = await openDatabase(tables, sqlite(':memory:'), log, { onQuery });
  async function tablesOf(work: (db: Database) => Promise<unknown>): Promise<string[]> {
    statements.length = 0;
    await work(db);
    return statements.flatMap((sql) => /\b(?:from|into|update)\s+`?(\w+)/i.exec(sql)?.[1] ?? []);
  }
  return { db, tablesOf, [Symbol.asyncDispose]: () => db.close() };
}

describe('a list without entries needs no statement', () => {
  const cases: [name: string, tables: Tables, work: (db: Database) => Promise<unknown>][] = [
    ['the seats of orders', stockTables, (db) => seatsByOrder(db, [])],
    ['the sold-out departures of days', fareTables, (db) => soldOutOn(db, [])],
    ['the orders of rows', orderTables, (db) => ordersOf(db.read(), [])],
    ['the orders without an email address', orderTables, (db) => forgottenOrders(db, [])],
    ['the money taken for orders', paymentTables, (db) => takenFor(db, [])],
  ];
  for (const [name, tables, work] of cases) {
    test(name, async () => {
      await using subgraph = await openRecorded(tables);
      assert.deepEqual(await subgraph.tablesOf(work), []);
    });
  }
});

describe('an order event', () => {
  async function openSubgraph() {
    const subgraph = await openRecorded(stockTables);
    await onSale(subgraph.db, { flight: 9 });
    const tablesOf = (...events: OrderNews[]) =>
      subgraph.tablesOf((db) => openHolds(db).follow('hold-stock', events, NOW));
    return { ...subgraph, tablesOf };
  }

  test('that was applied before needs the inbox only', async () => {
    await using subgraph = await openSubgraph();
    const event = placed('ord_1', { flight: 2 });
    await subgraph.tablesOf(event);
    assert.deepEqual(await subgraph.tablesOf(event), ['inbox']);
  });

  test('of an order without a hold reads no lines, and locks no seats', async () => {
    await using subgraph = await openSubgraph();
    assert.deepEqual(await subgraph.tablesOf(closing('ord_1')), ['inbox', 'inbox', 'hold', 'hold', 'outbox']);
  });
});

describe('a filing', () => {
  test('of fares that are filed already neither writes a fare nor announces a change', async () => {
    await using subgraph = await openRecorded(fareTables);
    const filing = () => subgraph.tablesOf((db) => openFares(db).file([aFare({ fareBasis: 'YFLEX' })], NOW));
    assert.ok((await filing()).includes('outbox'));
    assert.deepEqual(await filing(), ['route', 'fare', 'fare_former_identity']);
  });
});

describe('the record of takers', () => {
  test('is cleared without a read of orders while no order is unpaid', async () => {
    await using subgraph = await openRecorded(orderTables);
    assert.deepEqual(await subgraph.tablesOf((db) => forgetTakers(db, NOW)), ['unpaid_seats', 'lapsed_hold']);
  });
});
