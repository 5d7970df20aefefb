// Personal data of deleted accounts on the embedded database, and the mark of a deletion in a file across a restart.
import assert from 'node:assert/strict';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { event } from '../../schema/events.ts';
import { openOrderSubgraph } from '../kit/order-subgraph.ts';
import { signedInAs } from '../kit/signed.ts';
import { deletedAccounts } from './deleted-accounts.ts';

deletedAccounts('SQLite', () => sqlite(':memory:'), 40);

test('the mark of a deleted account survives a restart', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'marks-'));
  const open = () => openOrderSubgraph({ adapter: sqlite(join(dir.path, 'order.sqlite')), workers: false });
  {
    await using subgraph = await open();
    const now = subgraph.clock.now();
    const about = { source: '/account', subject: 'acc_gone', sequence: 1, now };
    const cause = { consumer: 'test', event: event('account.deleted', about, { accountId: 'acc_gone' }) };
    await subgraph.orders.forget('acc_gone', cause);
  }
  await using subgraph = await open();
  const { errors } = await subgraph.place({}, signedInAs({ account: 'acc_gone' }));
  assert.equal(errors?.[0]?.extensions['code'], 'UNAUTHENTICATED');
});
