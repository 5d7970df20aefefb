// What a process opens, and closes again.
import assert from 'node:assert/strict';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openLog } from '../../infra/logging/log.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { embeddedIn } from '../../infra/system/embedded.ts';
import { openWiring } from '../../infra/system/wiring.ts';
import { travelTables } from '../../subgraphs/travel/store/tables.ts';

test('a part that fails to close is reported, and does not keep the others open', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'wiring-'));
  const open = () => openWiring(readConfig(embeddedIn(folder.path)), openLog({ level: 'off', json: true }));
  const wiring = open();
  await wiring.database(travelTables);
  await wiring.bus.backlog('readers'); // creates the file that is read next
  const kept = await wiring.keptMessages();
  kept?.close(); // closing it a second time fails
  await assert.rejects(wiring.close(), /not open/);
  const next = open();
  await next.database(travelTables); // rejects while the folder is locked
  await next.close();
});
