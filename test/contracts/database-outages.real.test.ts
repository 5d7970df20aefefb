// Faults of a database server that still answers: it refuses writes, ends connections, or has too few of them.
import type { AbstractSqlConnection } from '@mikro-orm/sql';
import assert from 'node:assert/strict';
import { createConnection } from 'mysql2/promise';
import { after, suite, test } from 'node:test';
import { promisify } from 'node:util';
import { openShare } from '../../infra/database/connection-share.ts';
import { mysql, serverOf } from '../../infra/database/database.mysql.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { LeaseRow } from '../../infra/database/lease-row.ts';
import { type Log, openLog } from '../../infra/logging/log.ts';
import { openPool } from '../../infra/database/mysql-pool.ts';
import { isOutage } from '../../infra/database/store-outage.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { eventually } from '../kit/eventually.ts';
import { customer, payOnPage } from '../journeys/customer.ts';
import { offerOf } from '../journeys/ordering.ts';
import { adult } from '../kit/ordering.ts';
import { card, openListening } from '../kit/paying.ts';
import { aFare, on } from '../kit/world.ts';

const services = await openServices(['mariadb']);
after(() => services[Symbol.asyncDispose]());
const quiet = openLog({ level: 'off', json: true });

/** Runs statements as the server's administrator. */
async function asRoot(...statements: string[]): Promise<Record<string, unknown>[]> {
  const connection = await createConnection(serverOf(services.mariadb.url));
  try {
    let rows: unknown = [];
    for (const statement of statements) [rows] = await connection.query(statement);
    return rows as Record<string, unknown>[];
  } finally {
    await connection.end();
  }
}

const USER = 'fareloom'; // read_only does not apply to an administrator
await asRoot(
  `create user ${USER}@'127.0.0.1' identified by 'secret'`,
  `grant all on \`place%\`.* to ${USER}@'127.0.0.1'`,
);
await asRoot(`revoke super, read only admin on *.* from ${USER}@'127.0.0.1'`).catch(() => undefined);

const NAMES = Array.from('ABCDEFGHIJKL', (letter) => `${letter}sha Rao`); // different names, as no traveller may be on a flight twice
let places = 0;

/** The stock database as a service of that user opens it, already migrated. */
async function openStock(options = '') {
  const url = new URL(services.mariadb.url);
  Object.assign(url, { pathname: `/place_${places++}`, username: USER, password: 'secret' });
  await (await openDatabase(stockTables, mysql(url.href, 'stock', 'now'), quiet)).close();
  const adapter = mysql(`${url.href}?${options}`, 'stock');
  const db = await openDatabase(stockTables, adapter, quiet);
  const connection = db.read().getConnection() as AbstractSqlConnection;
  const write = () => db.write((em) => em.nativeUpdate(LeaseRow, { name: 'relay-outbox' }, { holder: null }));
  const id = () =>
    connection.execute<{ id: unknown }[]>('select connection_id() as id').then(([row]) => Number(row!.id));
  const run = (sql: string) => connection.execute(sql);
  return { db, write, run, id, url: url.href, [Symbol.asyncDispose]: () => db.close() };
}

suite('a database server that turned read-only', () => {
  test('is an outage: /readyz of services that write says so, services that only read stay ready, and writes return on new connections', async () => {
    await using stock = await openStock('pool=2');
    await stock.write();
    const before = await stock.id();
    await asRoot('set global read_only = 1');
    try {
      await assert.rejects(
        stock.write(),
        (error: Error & { errno?: number }) => error.errno === 1290 && isOutage(error),
      );
      await eventually(() => assert.rejects(stock.db.probe(true), { code: 'ER_OPTION_PREVENTS_STATEMENT' }));
      await stock.db.probe(false);
      assert.notEqual(await stock.id(), before, 'no earlier connection is reused');
    } finally {
      await asRoot('set global read_only = 0');
    }
    await stock.write();
    await eventually(() => stock.db.probe(true).then(() => true));
  });

  test('loses no transaction if the next connection accepts writes', async () => {
    await using stock = await openStock('pool=1');
    await stock.run('set session transaction read only'); // like a proxy's connection to a former primary
    const before = await stock.id();
    await stock.write();
    assert.notEqual(await stock.id(), before);
  });
});

test('connections that the server ends are replaced, and none is lost to the pool', async () => {
  await using stock = await openStock('pool=2');
  for (let n = 0; n < 6; n++) {
    const id = await stock.id();
    await asRoot(`kill ${id}`);
    await stock.write().catch((error: unknown) => assert.ok(isOutage(error), String(error)));
  }
  await Promise.all(Array.from({ length: 6 }, stock.write));
});

test('a new connection that cannot be set up is not lost to the pool', async () => {
  const session = ['this is no statement'];
  const pool = openPool({ options: serverOf(services.mariadb.url), limit: async () => 1, session, answersWithin: 0 });
  const take = promisify(pool.getConnection);
  for (let n = 0; n < 3; n++) await assert.rejects(take(), /SQL syntax/);
  assert.equal(pool.state().used, 0);
  await promisify(pool.end)();
});

suite('a server without connections to spare', () => {
  test('makes requests wait, and they are answered as soon as a connection is free', async () => {
    await using stock = await openStock('pool=4');
    const [row] = await asRoot('select @@max_connections as most');
    await asRoot('set global max_connections = 10');
    const taken = await Promise.all(
      Array.from({ length: 9 }, () => createConnection(serverOf(stock.url)).catch(() => undefined)),
    );
    try {
      const writing = Promise.all(Array.from({ length: 8 }, stock.write));
      for (const connection of taken) await connection?.end();
      await writing;
    } finally {
      await asRoot(`set global max_connections = ${String(row!['most'])}`);
    }
  });

  test('gives each pool its share, and a small share is logged with advice', async () => {
    const lines: string[] = [];
    const add = (line: string) => void lines.push(line);
    const log: Log = { ...quiet, info: add, warn: add, child: () => log };
    const [row] = await asRoot('select @@max_connections as most');
    const shareWith = async (most: number, options = '') => {
      await asRoot(`set global max_connections = ${most}`);
      return openShare(`${services.mariadb.url}${options}`, 7, log)();
    };
    try {
      assert.deepEqual(
        [await shareWith(151), await shareWith(38), await shareWith(15), await shareWith(15, '?pool=2')],
        [10, 5, 1, 2],
      );
    } finally {
      await asRoot(`set global max_connections = ${String(row!['most'])}`);
    }
    assert.match(lines[0]!, /^database connections: 10 for each of 7 pools, of 151 that the server grants this user$/);
    assert.match(
      lines[2]!,
      /^database connections: 1 for each of 7 pools, of 15 .*; to have 10 for each, raise max_connections .* to 73/,
    );
    assert.match(
      lines[3]!,
      /they do not fit\. .* raise max_connections .* to 17 .*, or set \?pool=1 in DATABASE_URL\.$/,
    );
  });

  test('with 15 in all lets many orders be placed, paid and ticketed at the same time', async () => {
    const [row] = await asRoot('select @@max_connections as most');
    await asRoot('set global max_connections = 15');
    try {
      await using world = await openListening({ servers: { DATABASE_URL: services.mariadb.url } });
      await world.file([aFare({ ...on('2026-03-24'), capacity: 20 })]);
      const asha = await customer(world.PUBLIC_URL, 'Asha Rao');
      const search = { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' };
      const offer = await eventually(() => offerOf(asha, search));
      const orders = await Promise.all(NAMES.map((name) => asha.place(offer.offerToken, [{ ...adult, name }])));
      await Promise.all(
        orders.map(async ({ id }) => {
          await asha.once(id, 'AWAITING_PAYMENT');
          await payOnPage(await asha.startPayment(id), card('SUCCESS'));
          assert.equal((await asha.once(id, 'TICKETED')).tickets.length, 1);
        }),
      );
    } finally {
      await asRoot(`set global max_connections = ${String(row!['most'])}`);
    }
  });
});
