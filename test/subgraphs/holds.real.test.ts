// The promises about seats on a database server: each worker has its own connections, like separate processes.
import { after } from 'node:test';
import { mysql } from '../../infra/database/database.mysql.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { holdPromises } from './holds.ts';

const services = await openServices(['mariadb']);
after(() => services[Symbol.asyncDispose]());

let places = 0;
for (const scheme of ['mariadb', 'mysql']) {
  holdPromises(`seats on MariaDB by ${scheme}`, async () => {
    const url = new URL(services.mariadb.url.replace('mariadb:', `${scheme}:`));
    url.pathname = `/holds_${places++}`;
    const log = openLog({ level: 'off', json: true });
    const opened = new AsyncDisposableStack();
    return {
      async open() {
        const db = await openDatabase(stockTables, mysql(url.href, 'stock', 'now'), log);
        opened.defer(() => db.close());
        return db;
      },
      [Symbol.asyncDispose]: () => opened.disposeAsync(),
    };
  });
}
