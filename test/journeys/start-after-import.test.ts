// A system that starts after an import of fares while it was stopped.
import assert from 'node:assert/strict';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { departureId } from '../../subgraphs/fare/rules/offers.ts';
import { flightId } from '../../subgraphs/fare/store/rows.ts';
import { openFares } from '../../subgraphs/fare/store/store.ts';
import { fareTables } from '../../subgraphs/fare/store/tables.ts';
import { aFare, NOON, openWorld } from '../kit/world.ts';

test('a system that is ready knows the seats of all fares imported before', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'imported-'));
  const log = openLog({ level: 'off', json: true });
  const db = await openDatabase(fareTables, sqlite(join(dir.path, 'fare.sqlite')), log);
  const filings = Array.from({ length: 4000 }, (_, i) => aFare({ flightNumber: `${1 + i}`, capacity: 5 }));
  for (let i = 0; i < 4000; i += 1000) await openFares(db).file(filings.slice(i, i + 1000), new Date(NOON));
  await db.close();

  await using world = await openWorld({ folder: dir.path });
  const { stock } = await world.stores.stock();
  const ids = filings.map((filing) => departureId(flightId(filing), filing.firstDate, filing.cabin));
  assert.equal((await stock.available(ids)).size, 4000);
});
