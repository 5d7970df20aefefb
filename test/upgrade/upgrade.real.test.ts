// A MariaDB dump of the release before is taken over.
import { createConnection } from 'mysql2/promise';
import { after } from 'node:test';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { restoreMariadb } from './recorded.ts';
import { takingOver } from './upgrade.ts';

const services = await openServices(['mariadb']);
after(() => services[Symbol.asyncDispose]());

takingOver({
  kind: 'mariadb',
  async restore(from) {
    const { port, url } = services.mariadb;
    const connection = await createConnection({ host: '127.0.0.1', port, user: 'root', charset: 'utf8mb4_bin' });
    await restoreMariadb(from, connection, 'left');
    await connection.end();
    return url.replace(/\/\w+$/, '/left');
  },
});
