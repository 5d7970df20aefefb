// The races of payments and wallets on the embedded database.
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { paymentTables } from '../../subgraphs/payment/store/tables.ts';
import { clock, paymentRaces } from './payment-races.ts';

const dir = await mkdtempDisposable(join(tmpdir(), 'payments-'));
const log = openLog({ level: 'off', json: true });
const db = await openDatabase(paymentTables, sqlite(join(dir.path, 'payment.sqlite')), log, {
  clock,
});
after(async () => {
  await db.close();
  await dir.remove();
});

paymentRaces('embedded', async () => db);
