// The promises of every database adapter, and of the outbox and inbox in each subgraph's database.
import {
  defineEntity,
  type EntityManager,
  raw,
  TableNotFoundException,
  UniqueConstraintViolationException,
} from '@mikro-orm/core';
import assert from 'node:assert/strict';
import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import {
  type Adapter,
  type Database,
  type Dialect,
  openDatabase,
  placesFor,
  type Tables,
} from '../../infra/database/database.ts';
import { InboxMark, handleOnce } from '../../infra/database/inbox.ts';
import { type Log, openLog } from '../../infra/logging/log.ts';
import { announce, forget, waiting } from '../../infra/database/outbox.ts';
import { type Event, event } from '../../schema/events.ts';

export interface DatabaseUnderTest {
  name: string;
  /** An empty database that can be opened, closed and opened again; removed after the test. */
  place(): Promise<{ url: string } & AsyncDisposable>;
  adapter(url: string, migrate: Adapter['migrate']): Adapter;
  dialect: Dialect;
  /** The statements that create the tables of the test. */
  migrations: readonly string[];
  features: {
    /** Whether two write transactions can conflict. */
    writers: 'one at a time' | 'many at a time';
  };
}

const Counter = defineEntity({
  name: 'Counter',
  tableName: 'counter',
  properties: (p) => ({ id: p.string().primary(), version: p.integer(), seen: p.bigint() }),
});

const log = openLog({ level: 'off', json: true });
const now = new Date('2026-03-24T10:00:00Z');
const counter = (id: string, version = 0, seen = 0n) => ({ id, version, seen });

const changed = (sequence: number): Event =>
  event(
    'fare.changed',
    { source: 'fare', subject: 'DEL-BLR', sequence, now },
    { origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY', currency: 'INR', dates: ['2026-03-24'] },
  );

/** The tables of the test as a subgraph of their own, after the first `count` migrations. */
async function subgraph(adapter: DatabaseUnderTest, count: number) {
  const dir = await mkdtempDisposable(join(tmpdir(), 'subgraph-'));
  const folder = join(dir.path, 'migrations', adapter.dialect);
  await mkdir(folder, { recursive: true });
  for (const [n, sql] of adapter.migrations.slice(0, count).entries()) {
    await writeFile(join(folder, `000${n + 1}-counter.sql`), sql);
  }
  const tables: Tables = { database: 'test', entities: [Counter], dir: dir.path };
  return { tables, [Symbol.asyncDispose]: () => dir.remove() };
}

/** A database that is closed after the test. */
async function opened(
  adapter: DatabaseUnderTest,
  url: string,
  migrations = 1,
  migrate: Adapter['migrate'] = 'now',
): Promise<Database & AsyncDisposable> {
  await using made = await subgraph(adapter, migrations);
  const db = await openDatabase(made.tables, adapter.adapter(url, migrate), log);
  return { ...db, [Symbol.asyncDispose]: () => db.close() };
}

/** A database in its own location. */
async function fresh(adapter: DatabaseUnderTest): Promise<Database & AsyncDisposable> {
  const place = await adapter.place();
  const db = await opened(adapter, place.url);
  const leave = async () => {
    await db.close();
    await place[Symbol.asyncDispose]();
  };
  return { ...db, [Symbol.asyncDispose]: leave };
}

const ids = async (db: Database) => (await db.read().find(Counter, {}, { orderBy: { id: 'asc' } })).map(({ id }) => id);

const announced = async (db: Database) => (await waiting(db.read(), 1000)).map(({ event: { sequence } }) => sequence);

function transactions(adapter: DatabaseUnderTest) {
  test('a transaction whose work throws is rolled back completely', async () => {
    await using db = await fresh(adapter);
    const work = db.write(async (em) => {
      await em.insertMany(Counter, [counter('a'), counter('b')]);
      throw new TypeError('as the test wants it');
    });
    await assert.rejects(work, TypeError);
    assert.deepEqual(await ids(db), []);
  });

  test('a reader sees all of a transaction or nothing', async () => {
    await using db = await fresh(adapter);
    const half = Promise.withResolvers<void>();
    const rest = Promise.withResolvers<void>();
    const writing = db.write(async (em) => {
      await em.insert(Counter, counter('a'));
      half.resolve();
      await rest.promise;
      await em.insert(Counter, counter('b'));
    });
    await half.promise;
    const reading = ids(db);
    rest.resolve();
    await writing;
    assert.notEqual((await reading).length, 1);
    assert.deepEqual(await ids(db), ['a', 'b']);
  });

  test('listeners are called for each commit, and not for a rollback', async () => {
    await using db = await fresh(adapter);
    let heard = 0;
    const stopHearing = db.onCommit(() => heard++);
    await db.write((em) => em.insert(Counter, counter('a')));
    await assert.rejects(db.write((em) => em.insert(Counter, counter('a'))));
    assert.equal(heard, 1);
    await db.write((em) => em.insert(Counter, counter('b')));
    assert.equal(heard, 2);
    stopHearing();
    await db.write((em) => em.insert(Counter, counter('c')));
    assert.equal(heard, 2);
  });

  test('a conditional update returns the number of changed rows', async () => {
    await using db = await fresh(adapter);
    await db.write((em) => em.insertMany(Counter, [counter('a'), counter('b')]));
    const next = (id: string) => db.write((em) => em.nativeUpdate(Counter, { id, version: 0 }, { version: 1 }));
    assert.deepEqual([await next('a'), await next('a'), await next('none')], [1, 0, 0]);
    assert.equal(await db.write((em) => em.nativeUpdate(Counter, {}, { seen: 7n })), 2);
  });

  test('of twenty writers that race for one change, one succeeds', async () => {
    await using db = await fresh(adapter);
    await db.write((em) => em.insert(Counter, counter('a')));
    const racers = Array.from({ length: 20 }, () =>
      db.write((em) => em.nativeUpdate(Counter, { id: 'a', version: 0 }, { version: 1 })),
    );
    assert.deepEqual((await Promise.all(racers)).sort().slice(-2), [0, 1]);
  });

  test('a duplicate key is an error of its own kind, and the first row stays', async () => {
    await using db = await fresh(adapter);
    await db.write((em) => em.insert(Counter, counter('a', 1)));
    const second = db.write((em) => em.insert(Counter, counter('a', 2)));
    await assert.rejects(second, UniqueConstraintViolationException);
    assert.equal((await db.read().findOneOrFail(Counter, 'a')).version, 1);
  });
}

function values(adapter: DatabaseUnderTest) {
  test('a raw statement fails with the same error classes as others: workers detect outages by them', async () => {
    await using db = await fresh(adapter);
    await assert.rejects(db.rows('select id from nowhere', []), TableNotFoundException);
  });

  test('a raw statement finds any text passed as a value, and no text changes the statement', async () => {
    await using db = await fresh(adapter);
    const texts = ["O'Hare", 'a\\', "\\' or 1 = 1 -- ", '?', '??', '"', '✈️ ₹', ''];
    await db.write((em) =>
      em.insertMany(
        Counter,
        [...texts, 'other'].map((id) => counter(id)),
      ),
    );
    const found = await db.rows<{ id: string }>(`select id from counter where id in (${placesFor(texts)})`, texts);
    assert.deepEqual(found.map(({ id }) => id).sort(), texts.sort());
  });

  test('integers beyond 2^53 are read back as written', async () => {
    await using db = await fresh(adapter);
    const large = [2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n), 42n];
    await db.write((em) =>
      em.insertMany(
        Counter,
        large.map((seen, n) => counter(String(n), 0, seen)),
      ),
    );
    const rows = await db.read().find(Counter, {}, { orderBy: { id: 'asc' } });
    assert.deepEqual(
      rows.map(({ seen }) => seen),
      large,
    );
  });

  test('texts are compared and ordered by their characters alone: case, accents and spaces count', async () => {
    await using db = await fresh(adapter);
    const names = ['A', 'Z', 'a', 'a b', 'ab', 'z', 'Á', 'á', '₹', '\u{1f6eb}'];
    await db.write((em) =>
      em.insertMany(
        Counter,
        names.toReversed().map((id) => counter(id)),
      ),
    );
    assert.deepEqual(await ids(db), names);
    assert.equal(await db.read().count(Counter, { id: { $gt: 'Z', $lt: 'ab' } }), 2);
  });

  test('an instant is read back to the millisecond, in any time zone of process and server', async () => {
    await using db = await fresh(adapter);
    const takenAt = new Date('2026-03-29T01:30:00.987Z'); // a local time that clocks in Europe skip
    await db.write((em) => em.insert(InboxMark, { consumer: 'c', event: 'e', takenAt }));
    const mark = await db.read().findOneOrFail(InboxMark, { consumer: 'c' });
    assert.deepEqual(mark.takenAt, takenAt);
    assert.equal(await db.read().count(InboxMark, { takenAt: { $gte: takenAt, $lte: takenAt } }), 1);
  });
}

function paging(adapter: DatabaseUnderTest) {
  test('pages by key neither repeat nor miss a row while others are inserted', async () => {
    await using db = await fresh(adapter);
    const put = (rows: string[]) =>
      db.write((em) =>
        em.insertMany(
          Counter,
          rows.map((id) => counter(id)),
        ),
      );
    const rows = Array.from({ length: 50 }, (_, n) => `row ${String(n).padStart(3, '0')}`);
    await put(rows);
    const seen: string[] = [];
    for (let last = ''; ; last = seen.at(-1)!) {
      const page = await db.read().find(Counter, { id: { $gt: last } }, { orderBy: { id: 'asc' }, limit: 7 });
      if (!page.length) break;
      seen.push(...page.map(({ id }) => id));
      if (page.length < 7) continue;
      await put([`${seen.at(-2)!} and`, `${seen.at(-1)!} and`].map((id) => `${id}${seen.length}`)); // behind and ahead of the reader
    }
    assert.deepEqual(seen, seen.toSorted());
    assert.deepEqual(
      seen.filter((id) => !id.includes('and')),
      rows,
    );
    assert.ok(seen.length > rows.length, 'rows ahead of the reader were found');
  });
}

function reopening(adapter: DatabaseUnderTest) {
  test('committed data is there after reopening, and finished migrations do not run again', async () => {
    await using place = await adapter.place();
    {
      await using db = await opened(adapter, place.url, 2);
      await db.write((em) => em.insert(Counter, counter('a')));
    }
    await using db = await opened(adapter, place.url, 2); // creating the table again would fail
    assert.deepEqual(await ids(db), ['a', 'made by the second migration']);
  });

  test('a new migration runs at the next opening', async () => {
    await using place = await adapter.place();
    {
      await using db = await opened(adapter, place.url, 1);
      assert.deepEqual(await ids(db), []);
    }
    await using db = await opened(adapter, place.url, 2);
    assert.deepEqual(await ids(db), ['made by the second migration']);
  });

  test('a service that may not migrate refuses an outdated database with a sentence, and changes nothing', async () => {
    await using place = await adapter.place();
    const refusal = (names: string) =>
      new Error(`The test database lacks ${names}: run npm run migrate, then start again.`);
    const open = (count: number) => opened(adapter, place.url, count, 'refuse-when-behind');
    await assert.rejects(open(1), refusal('0000-events.sql, 0001-lease.sql, 0002-inbox-age.sql, 0001-counter.sql'));
    await (await opened(adapter, place.url, 1)).close();
    await (await open(1)).close();
    await assert.rejects(open(2), refusal('0002-counter.sql'));
    await using db = await open(1);
    assert.deepEqual(await ids(db), []);
  });
}

function conflicts(adapter: DatabaseUnderTest) {
  test('a transaction that loses a deadlock runs again from its start, and both take effect once', async () => {
    await using db = await fresh(adapter);
    await db.write((em) => em.insertMany(Counter, [counter('a'), counter('b')]));
    const both = Promise.withResolvers<void>();
    let tries = 0;
    const cross = (first: string, second: string) =>
      db.write(async (em) => {
        tries++;
        await bump(em, first);
        if (tries === 2) both.resolve(); // each has locked the row that the other needs next
        await both.promise;
        await bump(em, second);
      });
    await Promise.all([cross('a', 'b'), cross('b', 'a')]);
    assert.equal(tries, 3);
    const rows = await db.read().find(Counter, {});
    assert.deepEqual(
      rows.map(({ version }) => version),
      [2, 2],
    );
  });

  for (const errno of [1213, 1205, 1020]) {
    test(`a transaction that always fails with ${errno} is retried three times, then rejects with its error`, async () => {
      await using db = await fresh(adapter);
      let tries = 0;
      const doomed = db.write(async (em) => {
        await em.insert(Counter, counter(`try ${tries++}`));
        throw Object.assign(new Error('as the test wants it'), { errno });
      });
      await assert.rejects(doomed, /as the test wants it/);
      assert.deepEqual([tries, await ids(db)], [4, []]);
    });
  }

  test('readers and writers do not wait for one another', async () => {
    await using db = await fresh(adapter);
    await db.write((em) => em.insert(Counter, counter('a')));
    const held = db.write(async (em) => {
      await bump(em, 'a');
      return (await db.read().findOneOrFail(Counter, 'a')).version;
    });
    assert.equal(await held, 0);
  });

  test('the next statement sees the commits of other transactions: READ COMMITTED', async () => {
    await using db = await fresh(adapter);
    const seen = await db.write(async (em) => {
      const before = await em.count(Counter);
      await db.write((other) => other.insert(Counter, counter('b')));
      return [before, await em.count(Counter)];
    });
    assert.deepEqual(seen, [0, 1]);
  });
}

const bump = (em: EntityManager, id: string) =>
  em.nativeUpdate(Counter, { id }, { version: raw<number>('version + 1') });

function outbox(adapter: DatabaseUnderTest) {
  test('a row and its event are committed together or not at all', async () => {
    await using db = await fresh(adapter);
    const write = (id: string, sequence: number) =>
      db.write(async (em) => {
        await announce(em, [changed(sequence)]);
        await em.insert(Counter, counter(id));
      });
    await write('a', 1);
    await assert.rejects(write('a', 2));
    assert.deepEqual([await ids(db), await announced(db)], [['a'], [1]]);
  });

  test('events wait unchanged, in the order of their commits', async () => {
    await using db = await fresh(adapter);
    const events = [1, 2, 3].map(changed);
    await db.write((em) => announce(em, events.slice(0, 2)));
    await db.write((em) => announce(em, []));
    await db.write((em) => announce(em, events.slice(2)));
    assert.deepEqual(
      (await waiting(db.read(), 1000)).map((row) => row.event),
      events,
    );
    assert.equal((await waiting(db.read(), 2)).length, 2);
  });

  test('deleting published events keeps an event with an earlier position that was committed later', async () => {
    await using db = await fresh(adapter);
    await db.write((em) => announce(em, [1, 2, 3].map(changed)));
    const [, second] = await waiting(db.read(), 1000);
    await db.write((em) => forget(em, [second!.position]));
    assert.deepEqual(await announced(db), [1, 3]);
  });
}

function inbox(adapter: DatabaseUnderTest) {
  const [first, second] = [changed(1), changed(2)];
  const take = (db: Database, consumer: string, events: Event[]) =>
    db.write(async (em) => (await handleOnce(em, consumer, events, now)).map(({ sequence }) => sequence));

  test('a consumer applies each event once, in order, independently of other consumers', async () => {
    await using db = await fresh(adapter);
    assert.deepEqual(await take(db, 'one', [first]), [1]);
    assert.deepEqual(await take(db, 'one', [first, second, second]), [2]);
    assert.deepEqual(await take(db, 'one', [first, second]), []);
    assert.deepEqual(await take(db, 'other', [first, second, first]), [1, 2]);
    assert.deepEqual(await take(db, 'other', []), []);
  });

  test('an event whose effect was rolled back is applied when it comes again', async () => {
    await using db = await fresh(adapter);
    const failed = db.write(async (em) => {
      await handleOnce(em, 'one', [first], now);
      throw new Error('as the test wants it');
    });
    await assert.rejects(failed);
    assert.deepEqual(await take(db, 'one', [first]), [1]);
  });

  test('an event that is delivered twice at the same time has one effect', async () => {
    await using db = await fresh(adapter);
    const effects: number[] = [];
    const effect = async () => effects.push(...(await take(db, 'one', [first])));
    await Promise.all([effect(), effect(), effect()]);
    assert.deepEqual(effects, [1]);
  });
}

function slowness(adapter: DatabaseUnderTest) {
  test('a slow statement is logged with its name, and without its values', async () => {
    await using place = await adapter.place();
    await using made = await subgraph(adapter, 1);
    const lines: { query?: unknown; took?: unknown }[] = [];
    const quiet = () => undefined;
    const heard: Log = {
      debug: quiet,
      info: quiet,
      error: quiet,
      warn: (_, line) => lines.push(line!),
      child: () => heard,
    };
    const db = await openDatabase(made.tables, adapter.adapter(place.url, 'now'), heard, { slow: 0 });
    lines.length = 0; // lines of the migrations
    await db.write(async (em) => {
      await em.insertMany(Counter, [counter('secret'), counter('secret as well')]);
      await em.nativeUpdate(Counter, { id: 'secret' }, { version: 1 });
      await em.nativeDelete(Counter, { id: 'secret' });
    });
    await db.read().find(Counter, { id: 'secret as well' });
    await db.rows('select id from counter where id = ?', ['secret as well']);
    await db.close();
    const named = lines.filter(({ query }) => query !== 'other'); // begin and commit
    const names = named.map(({ query }) => query);
    assert.deepEqual(names, ['insert counter', 'update counter', 'delete counter', 'select counter', 'select counter']);
    assert.ok(named.every(({ took }) => typeof took === 'number'));
    assert.doesNotMatch(JSON.stringify(lines), /secret/);
  });
}

export function databaseContract(adapter: DatabaseUnderTest): void {
  suite(`database, ${adapter.name}`, () => {
    for (const promises of [transactions, values, paging, reopening, outbox, inbox, slowness]) promises(adapter);
    if (adapter.features.writers === 'many at a time') conflicts(adapter);
  });
}
