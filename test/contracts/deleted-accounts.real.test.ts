// Personal data of deleted accounts on MariaDB, with concurrent writers at READ COMMITTED.
import { after } from 'node:test';
import { mysql } from '../../infra/database/database.mysql.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { deletedAccounts } from './deleted-accounts.ts';

const services = await openServices(['mariadb']);
after(() => services[Symbol.asyncDispose]());

let databases = 0;
for (const scheme of ['mariadb', 'mysql']) {
  deletedAccounts(
    `MariaDB by ${scheme}`,
    () => {
      const url = new URL(services.mariadb.url.replace('mariadb:', `${scheme}:`));
      url.pathname = `/deleted_${databases++}`;
      return mysql(url.href, 'order', 'now');
    },
    20,
  );
}
