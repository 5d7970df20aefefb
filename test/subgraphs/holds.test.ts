// The promises about seats on the embedded database, where writers run one at a time.
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { holdPromises } from './holds.ts';

holdPromises('seats on SQLite', async () => {
  const db = await openDatabase(stockTables, sqlite(':memory:'), openLog({ level: 'off', json: true }));
  return { open: async () => db, [Symbol.asyncDispose]: () => db.close() };
});
