// Unpaid seats on MariaDB, where orders are placed concurrently.
import { after } from 'node:test';
import { mysql } from '../../infra/database/database.mysql.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { unpaidSeats } from './unpaid-seats.ts';

const services = await openServices(['mariadb']);
after(() => services[Symbol.asyncDispose]());

let databases = 0;
unpaidSeats('MariaDB', () => {
  const url = new URL(services.mariadb.url);
  url.pathname = `/unpaid_${databases++}`;
  return mysql(url.href, 'order', 'now');
});
