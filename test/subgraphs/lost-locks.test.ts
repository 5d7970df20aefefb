// Lost locks: if a row changes between its read and its write, although it was locked, the write fails as a whole. No
// database does so by itself. So the tests run on one that changes a row right after the store has read it.
import { type EntityManager, raw } from '@mikro-orm/core';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { type Database, openDatabase, type Tables } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openAdministration } from '../../subgraphs/fare/store/administration-store.ts';
import { openFares } from '../../subgraphs/fare/store/store.ts';
import { Fare, fareTables } from '../../subgraphs/fare/store/tables.ts';
import { openHolds } from '../../subgraphs/stock/store/hold-store.ts';
import { Departure, HoldRow, stockTables } from '../../subgraphs/stock/store/tables.ts';
import { announced, closing, counters, NOW, onSale, placed, stateOf } from '../kit/seats.ts';
import { aFare } from '../kit/world.ts';

const nextRevision = () => ({ revision: raw<number>('revision + 1') });
const log = openLog({ level: 'off', json: true });

async function opened(tables: Tables) {
  const db = await openDatabase(tables, sqlite(':memory:'), log);
  return { ...db, [Symbol.asyncDispose]: db.close };
}

/** The database, but in each transaction `change` runs right after a read of the table. */
const changedAfterRead = (db: Database, table: unknown, change: (em: EntityManager) => Promise<unknown>): Database => ({
  ...db,
  write: (work) =>
    db.write((em, clock) => {
      const reads = new Set<unknown>(['find', 'findOneOrFail']);
      const changing = new Proxy(em, {
        get(target, name) {
          const method: unknown = Reflect.get(target, name);
          if (typeof method !== 'function') return method;
          return async (...args: unknown[]) => {
            const result: unknown = await Reflect.apply(method, target, args);
            if (reads.has(name) && args[0] === table) await change(target);
            return result;
          };
        },
      });
      return work(changing, clock);
    }),
});

test('the seats of a departure that changed meanwhile are not written, nor is anything else', async () => {
  await using db = await opened(stockTables);
  await onSale(db, { flight: 9 });
  const holds = openHolds(changedAfterRead(db, Departure, (em) => em.nativeUpdate(Departure, {}, nextRevision())));
  await assert.rejects(holds.follow('hold-stock', [placed('ord_1', { flight: 2 })], NOW), /flight .*not locked/);
  assert.deepEqual(await counters(db, 'flight'), [9, 0, 0]);
  assert.equal(await stateOf(db, 'ord_1'), undefined);
  assert.deepEqual(await announced(db), []);
});

test('a hold that changed meanwhile is not written, nor is anything else', async () => {
  await using db = await opened(stockTables);
  await onSale(db, { flight: 9 });
  await openHolds(db).follow('hold-stock', [placed('ord_1', { flight: 2 })], NOW);
  const holds = openHolds(changedAfterRead(db, HoldRow, (em) => em.nativeUpdate(HoldRow, {}, nextRevision())));
  await assert.rejects(holds.follow('hold-stock', [closing('ord_1')], NOW), /hold of ord_1 .*not locked/);
  assert.deepEqual(await counters(db, 'flight'), [7, 2, 0]);
  assert.equal(await stateOf(db, 'ord_1'), 'HELD');
});

for (const [change, filing] of [
  ['a filed amount', { fareBasis: 'YFLEX' }],
  ['an amount that changes the identity', { fareBasis: null }],
] as const) {
  test(`a fare that changed meanwhile does not get ${change}`, async () => {
    await using db = await opened(fareTables);
    await openFares(db).file([aFare({ ...filing, amount: 1000 })], NOW);
    const [fare] = await openAdministration(db).fares({}, { after: null, before: null, backward: false, most: 1 });
    const cause = { by: 'acc_manager', now: NOW };
    const stale = changedAfterRead(db, Fare, (em) => em.nativeUpdate(Fare, {}, nextRevision()));
    await assert.rejects(
      filing.fareBasis === null
        ? openAdministration(stale).change(fare!.id, { fareBasis: 'YFLEX' }, 1, cause)
        : openFares(stale).file([aFare({ ...filing, amount: 2000 })], NOW),
      /not locked/,
    );
    assert.equal((await openAdministration(db).fare(fare!.id))!.terms.amount, 1000);
  });
}
