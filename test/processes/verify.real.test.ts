// npm run verify on MariaDB: the same checks in its dialect, in read-only sessions, with the use of indexes.
import { createConnection } from 'mysql2/promise';
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { checksOf } from '../../infra/system/checks/checks.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { migrate } from '../../infra/system/commands/migrate.ts';
import { verify } from '../../infra/system/checks/verify.ts';
import { openWiring } from '../../infra/system/wiring.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';

const services = await openServices(['mariadb']);
after(() => services[Symbol.asyncDispose]());

const url = new URL(services.mariadb.url);
url.pathname = '/verified';
const nowhere = join(tmpdir(), 'fareloom-no-partner');
const env = {
  DATABASE_URL: url.href,
  ...{ PAYMENT_PROVIDER_URL: `demo:${nowhere}`, TICKET_ISSUER_URL: `demo:${nowhere}` }, // without a partner's log there is no statement to differ from
  OFFER_SIGNING_KEYS: Buffer.from('thirty-two bytes for one journey').toString('base64'),
};
await migrate(env, false);

/** Runs SQL on a subgraph's database directly; returns the rows of the last statement. */
async function tamper(database: string, sql: string): Promise<Record<string, string>[]> {
  const { hostname, port, username, password } = url;
  const at = { host: hostname, port: Number(port), user: username, password, database: `verified_${database}` };
  const connection = await createConnection({ ...at, multipleStatements: true });
  const [answers] = await connection.query(`set session check_constraint_checks = 0, foreign_key_checks = 0; ${sql}`);
  await connection.end();
  return (answers as Record<string, string>[][]).at(-1)!;
}

/** Fills every table of a subgraph with `count` rows of arbitrary valid values. */
async function fill(database: string, count: number): Promise<void> {
  const columns = await tamper(
    database,
    `select table_name as \`table\`, column_name as \`column\`, data_type as type, character_maximum_length as length
     from information_schema.columns where table_schema = database() and table_name not like 'mikro%'`,
  );
  for (const [table, some] of Map.groupBy(columns, (each) => each['table']!)) {
    const names = some.map(({ column }) => `\`${column}\``);
    const values = some.map(({ type, length }) => {
      if (/char/.test(type!)) return `left(seq, ${length})`;
      return type === 'datetime' ? 'now()' : type === 'tinyint' ? '1' : 'seq';
    });
    await tamper(database, `insert ignore into ${table} (${names.join()}) select ${values.join()} from seq_1_to_${count}; analyze table ${table}`); // prettier-ignore
  }
}

test('every check runs on MariaDB, holds on empty tables, and finds planted faults', async () => {
  const before = await verify(env, 1);
  assert.ok(before.holds, before.lines.join('\n'));
  const columns = 'id, carrier, origin, destination, departs, cabin, filed, total, available, held, sold, revision';
  await tamper(
    'stock',
    `insert into departure (${columns}) values ('dep_1', 'AI', 'DEL', 'BLR', '2026-03-24T22:20', 'ECONOMY', 1, 5, 3, 1, 0, 1);
     insert into hold values ('ord_1', 'CONFIRMED', 1, '[]')`,
  );
  await tamper('fare', "insert into outbox (event) values ('{}')");
  await tamper(
    'workers',
    `insert into dead_letter (id, consumer, lane, state, topic, \`partition\`, \`offset\`, headers, cause, parked_at)
     values ('dlt_1', 'g', 'lane', 'REPLAYING', 'fares', 0, '1', '{}', 'x', now())`,
  );
  const { holds, lines } = await verify(env, 1);
  assert.equal(holds, false);
  const faults = lines.filter((line) => line.startsWith('FAULT')).map((line) => /FAULT {2}(.+?): [A-Z]/.exec(line)![1]);
  assert.deepEqual(faults, [
    ...['fare: outbox', 'stock: counters', 'stock: ledger', 'stock: holds', 'stock: parts'],
    ...['dead letters: replays', 'holds and orders'],
  ]);
});

test('many departures are verified far within the statement timeout', async () => {
  const columns = 'id, carrier, origin, destination, departs, cabin, filed, total, available, held, sold, revision';
  const names = "select concat('dep_many_', seq) as id from seq_1_to_20000";
  await tamper(
    'stock',
    `insert into departure (${columns}) select id, 'AI', 'DEL', 'BLR', id, 'ECONOMY', 1, 5, 5, 0, 0, 1 from (${names}) d;
     insert into seat_ledger select id, 1, 'OPENED', null, 'evt', 5, 0, 0, now() from (${names}) d`,
  );
  const { lines } = await verify({ ...env, DATABASE_URL: `${env.DATABASE_URL}?timeout=5000` }, 1);
  assert.match(lines.join('\n'), /stock: ledger: .*\(20000 rows\)/);
});

test('the server refuses every change of a row', async () => {
  const log = openLog({ level: 'off', json: true });
  const wiring = openWiring(readConfig(env), log, { readOnly: true });
  const db = await wiring.database(stockTables);
  await assert.rejects(db.write((em) => em.getConnection().execute("insert into inbox values ('c', 'e', now())")), /READ[ -]ONLY/i); // prettier-ignore
  await wiring.close();
});

test('no check scans a whole table for each row of another', async () => {
  const sent = new Map<string, Set<string>>();
  const onQuery = (database: string, sql: string) =>
    void (/^\s*select/i.test(sql) && sent.set(database, (sent.get(database) ?? new Set()).add(sql)));
  const wiring = openWiring(readConfig(env), openLog({ level: 'off', json: true }), { readOnly: true, onQuery });
  for (const check of await checksOf(wiring)) await check.find();
  await wiring.close();
  for (const database of sent.keys()) await fill(database, 2000);
  for (const [database, statements] of sent) {
    for (const sql of statements) {
      const plan = await tamper(database, `explain ${sql.replaceAll('?', '1')}`);
      const isAgain = ({ select_type, type, Extra }: Record<string, string>) =>
        (/DEPENDENT/.test(select_type!) && /^(ALL|index)$/.test(type!)) || /join buffer/.test(Extra!);
      assert.deepEqual(plan.filter(isAgain), [], sql);
    }
  }
});
