// Sweeping deletes what cannot be needed again, and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { InboxMark, MARKS_KEPT_FOR as KEEP } from '../../infra/database/inbox.ts';
import { openLog } from '../../infra/logging/log.ts';
import { topics } from '../../schema/events.ts';
import { openDeadLetters } from '../../subgraphs/operations/store/dead-letter-store.ts';
import { openParking } from '../../subgraphs/operations/store/parking-store.ts';
import { operationsTables } from '../../subgraphs/operations/store/tables.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { startSweepMarks } from '../../workers/engine/sweep-marks.ts';
import { eventually } from '../kit/eventually.ts';

const log = openLog({ level: 'off', json: true });
const NOW = Date.parse('2026-03-24T10:00:00Z');
const now = () => new Date(NOW);
const at = (age: number) => new Date(NOW - age);
const range = (to: number) => Array.from({ length: to }, (_, n) => n);

test('a mark is kept longer than any topic keeps its event', () => {
  for (const { retention } of Object.values(topics)) assert.ok(KEEP > retention);
});

test('old marks are deleted, whatever their number, and young ones stay', async () => {
  const db = await openDatabase(stockTables, sqlite(':memory:'), log);
  const mark = (event: string, takenAt: Date) => ({ consumer: 'c', event, takenAt });
  await db.write((em) =>
    em.insertMany(InboxMark, [
      ...range(2500).map((n) => mark(`old ${n}`, at(KEEP + 1 + (n % 7)))), // many of one instant, too
      mark('young', at(KEEP - 1)),
      mark('just now', at(0)),
    ]),
  );
  const stop = startSweepMarks({ databases: [{ database: 'stock', db }], now, log });
  await eventually(async () => (await db.read().count(InboxMark)) === 2);
  await stop();
  const left = await db.read().find(InboxMark, {}, { orderBy: { event: 'asc' } });
  assert.deepEqual(
    left.map(({ event }) => event),
    ['just now', 'young'],
  );
  await db.close();
});

test('a dead letter is deleted long after it was settled, and never while it waits', async () => {
  const db = await openDatabase(operationsTables, sqlite(':memory:'), log);
  const long = () => at(KEEP + 1);
  const parking = openParking(async () => db, long);
  const place = { topic: 'orders', partition: 0, headers: {}, value: '{}' };
  await parking.park(
    'g',
    ['a', 'b', 'c'].map((key, n) => ({ delivery: { ...place, key, offset: `${n}` }, cause: 'x' })),
  );
  const letters = openDeadLetters(db, now);
  const [old, young] = await letters.list({ most: 3 });
  await openDeadLetters(db, long).discard(old!.id, 'acc_olga');
  await letters.discard(young!.id, 'acc_olga');
  const stop = startSweepMarks({ databases: [], forgetting: [letters.forgetSettled], now, log });
  await eventually(async () => (await letters.show(old!.id)) === null);
  await stop();
  assert.equal((await letters.show(young!.id))!.state, 'DISCARDED');
  assert.equal((await letters.list({ most: 3 })).length, 1);
  await db.close();
});
