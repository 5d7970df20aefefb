// Sums of seats for monitoring: the seats of each cabin on departures that are still ahead somewhere on earth.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { seatSums } from '../../subgraphs/stock/store/sums-store.ts';
import { Departure, stockTables } from '../../subgraphs/stock/store/tables.ts';

const aDeparture = (departs: string, cabin: 'ECONOMY' | 'FIRST' = 'ECONOMY') => ({
  ...{ id: `${departs} ${cabin}`, carrier: '6E', flightNumber: '2131', origin: 'DEL', destination: 'BLR' },
  ...{ cabin, departs, total: 9, available: 5, held: 3, sold: 1, filed: true, revision: 1 },
});

test('seats are summed by cabin until twelve hours after the local time of their departure', async () => {
  const db = await openDatabase(stockTables, sqlite(':memory:'), openLog({ level: 'off', json: true }));
  await db.write((em) =>
    em.insertMany(Departure, [
      aDeparture('2026-02-28T23:59'),
      aDeparture('2026-03-01T00:00'),
      aDeparture('2026-03-24T22:20'),
      aDeparture('2026-03-24T22:20', 'FIRST'),
    ]),
  );
  const sums = await seatSums(db, new Date('2026-03-01T12:00:00Z'));
  assert.deepEqual(
    sums.toSorted((a, b) => a.cabin.localeCompare(b.cabin)),
    [
      { cabin: 'ECONOMY', available: 10, held: 6, sold: 2 },
      { cabin: 'FIRST', available: 5, held: 3, sold: 1 },
    ],
  );
  await db.close();
});
