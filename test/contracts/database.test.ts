// The database contract on SQLite.
import assert from 'node:assert/strict';
import { mkdtempDisposable, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openDatabase, withoutValues } from '../../infra/database/database.ts';
import { InboxMark } from '../../infra/database/inbox.ts';
import { type Log, openLog } from '../../infra/logging/log.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { eventually } from '../kit/eventually.ts';
import { databaseContract } from './database.ts';

databaseContract({
  name: 'sqlite',
  async place() {
    const dir = await mkdtempDisposable(join(tmpdir(), 'database-'));
    return { url: join(dir.path, 'subgraph.sqlite'), [Symbol.asyncDispose]: () => dir.remove() };
  },
  adapter: (path, migrate) => ({ ...sqlite(path), migrate }),
  dialect: 'sqlite',
  migrations: [
    'create table counter (id text not null primary key, version integer not null, seen bigint not null);',
    "insert into counter values ('made by the second migration', 0, 0);",
  ],
  features: { writers: 'one at a time' },
});

test('sqlite: a deleted row leaves none of its bytes in the files of the database', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'erased-'));
  const db = await openDatabase(
    stockTables,
    sqlite(join(dir.path, 'subgraph.sqlite')),
    openLog({ level: 'off', json: true }),
  );
  const holdsIt = async () => {
    const files = await Promise.all((await readdir(dir.path)).map((file) => readFile(join(dir.path, file), 'latin1')));
    return files.some((file) => file.includes('Zelda Quux'));
  };
  await db.write((em) => em.insert(InboxMark, { consumer: 'test', event: 'Zelda Quux', takenAt: new Date(0) }));
  assert.equal(await holdsIt(), true);
  await db.write((em) => em.nativeDelete(InboxMark, { event: 'Zelda Quux' }));
  await db.close(); // merges the write-ahead log into the database, and removes it
  assert.equal(await holdsIt(), false);
});

test('sqlite: the time of a statement does not include waiting for a busy event loop', async () => {
  const warned: unknown[] = [];
  const quiet = () => undefined;
  const log: Log = {
    ...{ debug: quiet, info: quiet, error: quiet },
    warn: (_, line) => warned.push(line),
    child: () => log,
  };
  const db = await openDatabase(stockTables, sqlite(':memory:'), log, { slow: 50 });
  const asked = db.rows('select 1', []);
  for (const until = performance.now() + 100; performance.now() < until;);
  await asked;
  assert.deepEqual(warned, []);
  const counting =
    'with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000000) select count(*) from n';
  await db.rows(counting, []);
  assert.equal(warned.length, 1);
  await db.close();
});

test('sqlite: a statement is logged without the values that the driver inlines', () => {
  const sql = "insert into `order1` (`name`, n) values ('O''Neil, 4 \\', 12.5), ('', 7)";
  assert.equal(withoutValues(sql), 'insert into `order1` (`name`, n) values (?, ?), (?, ?)');
});

test('sqlite: a row that is deleted while the database is open leaves the files within seconds', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'erased-'));
  const path = join(dir.path, 'subgraph.sqlite');
  const db = await openDatabase(stockTables, sqlite(path), openLog({ level: 'off', json: true }));
  const holdsIt = async () => {
    const files = await Promise.all((await readdir(dir.path)).map((file) => readFile(join(dir.path, file), 'latin1')));
    return files.some((file) => file.includes('Zelda Quux'));
  };
  await db.write((em) => em.insert(InboxMark, { consumer: 'test', event: 'Zelda Quux', takenAt: new Date(0) }));
  await db.write((em) => em.nativeDelete(InboxMark, { event: 'Zelda Quux' }));
  assert.equal(await holdsIt(), true, 'in the write-ahead log');
  await eventually(async () => assert.equal(await holdsIt(), false), 15_000);
  await db.close();
});
