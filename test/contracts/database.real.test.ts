// The database contract on MariaDB, with its own driver and with MySQL's, and faults that only a server can have.
import type { AbstractSqlConnection } from '@mikro-orm/sql';
import assert from 'node:assert/strict';
import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { createConnection } from 'mysql2/promise';
import { mysql, serverOf } from '../../infra/database/database.mysql.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { eventually } from '../kit/eventually.ts';
import { databaseContract } from './database.ts';

const services = await openServices(['mariadb']);
after(() => services[Symbol.asyncDispose]());

let places = 0;
const place = (scheme: string) => {
  const url = new URL(services.mariadb.url.replace('mariadb:', `${scheme}:`));
  url.pathname = `/place_${places++}`;
  return url.href;
};

for (const [name, scheme] of [
  ['MariaDB by MariaDbDriver', 'mariadb'],
  ['MariaDB by MySqlDriver', 'mysql'],
] as const) {
  databaseContract({
    name,
    place: async () => ({ url: place(scheme), [Symbol.asyncDispose]: async () => undefined }),
    adapter: (url, migrate) => mysql(url, 'test', migrate),
    dialect: 'mysql',
    migrations: [
      'create table counter (id varchar(64) not null primary key, version integer not null, seen bigint not null) ' +
        'character set utf8mb4 collate utf8mb4_bin;',
      "insert into counter values ('made by the second migration', 0, 0);",
    ],
    features: { writers: 'many at a time' },
  });
}

suite('a migration on a database server, where each DDL statement commits at once', () => {
  const STATEMENTS = [
    'create table plane (id integer not null primary key)',
    'insert into plane (id) values (1), (2)',
    'alter table plane add column name varchar(20) null',
    "update plane set name = 'Asha' where id = 1",
    'create index plane_name on plane (name)',
  ];
  const NOT_YET = 'the server was killed before this';

  async function openPlanes() {
    const dir = await mkdtempDisposable(join(tmpdir(), 'planes-'));
    const url = place('mariadb');
    const folder = join(dir.path, 'migrations', 'mysql');
    await mkdir(folder, { recursive: true });
    const log = openLog({ level: 'off', json: true });
    const adapter = () => mysql(url, 'test', 'now');
    async function migrate(statements: readonly string[]) {
      await writeFile(join(folder, '0001-planes.sql'), `${statements.join(';\n')};\n`);
      await (await openDatabase({ database: 'test', entities: [], dir: dir.path }, adapter(), log)).close();
    }
    async function sql(text: string): Promise<unknown[]> {
      const connection = await createConnection({
        ...serverOf(url),
        database: `${new URL(url).pathname.slice(1)}_test`,
      });
      const [rows] = await connection.query(text);
      await connection.end();
      return rows as unknown[];
    }
    return { migrate, sql, [Symbol.asyncDispose]: () => dir.remove() };
  }

  async function isWhole({ sql }: Awaited<ReturnType<typeof openPlanes>>): Promise<void> {
    assert.deepEqual(
      (await sql('select id, name from plane order by id')).map((row) => ({ ...(row as object) })),
      [
        { id: 1, name: 'Asha' },
        { id: 2, name: null },
      ],
    );
    assert.equal((await sql("show index from plane where key_name = 'plane_name'")).length, 1);
  }

  for (const [n, statement] of STATEMENTS.entries()) {
    test(`continues where it was interrupted, before or after: ${statement}`, async () => {
      await using before = await openPlanes();
      await assert.rejects(before.migrate(STATEMENTS.with(n, NOT_YET)), /syntax/);
      await before.migrate(STATEMENTS);
      await isWhole(before);

      await using after = await openPlanes();
      await assert.rejects(after.migrate([...STATEMENTS.slice(0, n + 1), NOT_YET]), /syntax/);
      await after.sql(`update migration_progress set done = ${n} where name = '0001-planes.sql'`); // killed before the statement was counted
      await after.migrate(STATEMENTS);
      await isWhole(after);
    });
  }

  test('does not mistake an existing table for its own, however often it is retried', async () => {
    await using planes = await openPlanes();
    await assert.rejects(planes.migrate([NOT_YET]), /syntax/); // creates the database
    await planes.sql('create table plane (wings integer)');
    for (let i = 0; i < 2; i++) await assert.rejects(planes.migrate(STATEMENTS), /already exists/);
  });
});

/** The stock database on the server, as services open it: already migrated. */
async function openStockSubgraph(options = '', log = openLog({ level: 'off', json: true })) {
  const url = place('mariadb');
  await (await openDatabase(stockTables, mysql(url, 'stock', 'now'), log)).close();
  const db = await openDatabase(stockTables, mysql(`${url}?${options}`, 'stock'), log);
  const connection = db.read().getConnection() as AbstractSqlConnection;
  return { sql: (text: string) => connection.execute(text), [Symbol.asyncDispose]: () => db.close() };
}

suite('a database server', () => {
  test('that was killed is used again as soon as it is back, with all committed data', async () => {
    await using subgraph = await openStockSubgraph();
    await subgraph.sql("insert into inbox values ('c', 'before', '2026-03-24 10:00:00')");
    await services.mariadb.kill();
    await assert.rejects(subgraph.sql('select 1'));
    await services.mariadb.restart();
    await eventually(() => subgraph.sql('select 1').then(() => true));
    assert.deepEqual(await subgraph.sql('select event from inbox'), [{ event: 'before' }]);
  });

  test('ends a statement that takes longer than the time-out', async () => {
    await using subgraph = await openStockSubgraph('timeout=200');
    await assert.rejects(
      subgraph.sql('select max(seq % 7) from seq_1_to_100000000000'),
      /max_statement_time|interrupted/i,
    );
    assert.deepEqual(await subgraph.sql('select 1 as answer'), [{ answer: 1 }]);
  });

  test('that hangs is given up after the time-out, and used again when it comes back', async () => {
    await using subgraph = await openStockSubgraph('timeout=200');
    await services.mariadb.pause();
    await assert.rejects(subgraph.sql('select 1'), /gone silent/);
    services.mariadb.resume();
    await eventually(() => subgraph.sql('select 1').then(() => true));
  });

  test('has no more connections than the pool allows', async () => {
    await using subgraph = await openStockSubgraph('pool=3');
    await Promise.all(Array.from({ length: 20 }, () => subgraph.sql('select sleep(0.02)')));
    const [row] = await subgraph.sql(
      'select count(*) as open from information_schema.processlist where db = database()',
    );
    assert.equal(Number((row as { open: unknown }).open), 3);
  });

  test('enforces consistent seats of a departure by constraints', async () => {
    await using subgraph = await openStockSubgraph();
    const values = "('a', '6E', null, 'DEL', 'BLR', '2026-03-24T22:20', 'ECONOMY', true, 100, 99, 0, 0, 1)";
    await assert.rejects(subgraph.sql(`insert into departure values ${values}`), /constraint/i);
  });
});
