// The account store on a database server, where two administrators can write concurrently.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { mysql } from '../../infra/database/database.mysql.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { openAccounts } from '../../subgraphs/account/store/store.ts';
import { accountTables } from '../../subgraphs/account/store/tables.ts';
import { isRefused } from '../../schema/errors.ts';

const services = await openServices(['mariadb']);
after(() => services[Symbol.asyncDispose]());

test('of two administrators who revoke each other at once, one stays an administrator', async () => {
  const url = new URL(services.mariadb.url);
  url.pathname = '/accounts';
  const db = await openDatabase(
    accountTables,
    mysql(url.href, 'account', 'now'),
    openLog({ level: 'off', json: true }),
  );
  const accounts = openAccounts(db);
  const ids: string[] = [];
  for (const name of ['one', 'two', 'three', 'four']) {
    const account = await accounts.open({ email: `${name}@example.com`, name, password: '', roles: ['TRAVELLER'] });
    ids.push(account!.id);
  }
  for (let round = 0; round < 20; round++) {
    await Promise.all(ids.map((id) => accounts.grant(id, 'ADMIN')));
    const taken = await Promise.all(ids.toSorted(() => Math.random() - 0.5).map((id) => accounts.revoke(id, 'ADMIN')));
    assert.deepEqual(taken.map((each) => (isRefused(each) ? each.refused : String(each))).sort(), [
      'LAST_ADMIN',
      'true',
      'true',
      'true',
    ]);
  }
  await db.close();
});
