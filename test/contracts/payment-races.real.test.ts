// The races of payments and wallets on MariaDB, with concurrent writers.
import { after } from 'node:test';
import { mysql } from '../../infra/database/database.mysql.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { paymentTables } from '../../subgraphs/payment/store/tables.ts';
import { clock, paymentRaces } from './payment-races.ts';

const services = await openServices(['mariadb']);
const log = openLog({ level: 'off', json: true });
const db = await openDatabase(paymentTables, mysql(services.mariadb.url, 'payment', 'now'), log, {
  clock,
});
after(async () => {
  await db.close();
  await services[Symbol.asyncDispose]();
});

paymentRaces('MariaDB', async () => db);
