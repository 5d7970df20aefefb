// Disk faults of the embedded parts: the error says what to do, nothing is half done, and work continues after the fault.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { tryWriting } from '../../infra/database/disk-fault.ts';
import { InboxMark } from '../../infra/database/inbox.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openFileMail } from '../../infra/partners/mail.file.ts';
import { openMessageLog } from '../../infra/messaging/message-log.ts';
import { isOutage } from '../../infra/database/store-outage.ts';
import { openJsonLines } from '../../infra/partners/json-lines.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { eventually } from '../kit/eventually.ts';

const dir = mkdtempSync(join(tmpdir(), 'disk-faults-'));
after(() => rmSync(dir, { recursive: true, force: true }));
const quiet = openLog({ level: 'off', json: true });

let places = 0;
const place = (name: string): string => {
  const folder = join(dir, String(places++));
  mkdirSync(folder);
  return join(folder, name);
};

const marks = (count: number, size: number) =>
  Array.from({ length: count }, (_, n) => ({
    ...{ consumer: 'c', event: `${n}`.padEnd(size, '.'), takenAt: new Date(0) },
  }));

/** A stock database that cannot grow by a page until `lift` is called. */
async function fullDatabase(path = place('stock.sqlite')) {
  const db = await openDatabase(stockTables, sqlite(path), quiet);
  const [size] = await db.rows<{ page_count: number }>('pragma page_count', []);
  await db.rows(`pragma max_page_count = ${size!.page_count}`, []);
  const lift = () => db.rows('pragma max_page_count = 1000000', []);
  return { db, path, lift, [Symbol.asyncDispose]: () => db.close() };
}

/** Writes more than the free space of a small database. */
const writeMuch = (db: Awaited<ReturnType<typeof fullDatabase>>['db']) =>
  db.write((em) => em.insertMany(InboxMark, marks(200, 1000)));

suite('a full database file', () => {
  test('refuses a transaction with advice, keeps committed data, and continues once there is space', async () => {
    await using full = await fullDatabase();
    const { db, path, lift } = full;
    for (let n = 0; n < 3; n++) {
      await assert.rejects(writeMuch(db), (error: Error) => {
        assert.equal(error.message, `${path} cannot be written: the disk is full. Free some space; the system then continues by itself.`); // prettier-ignore
        return isOutage(error);
      });
      assert.equal(await db.read().count(InboxMark), 0);
    }
    await lift();
    await writeMuch(db);
    assert.equal(await db.read().count(InboxMark), 200);
  });

  test('frees its only connection after SQLite rolled back a commit', async () => {
    await using full = await fullDatabase();
    const { db, lift } = full;
    // SQLite does the same when a commit meets a full disk
    const ended = db.write(async (em) => {
      await em.getConnection().execute('rollback', [], 'run', em.getTransactionContext());
      throw new Error('the commit failed');
    });
    await assert.rejects(ended, /the commit failed/);
    await lift();
    await writeMuch(db);
  });

  test('closes in time', async () => {
    const { db } = await fullDatabase();
    await assert.rejects(writeMuch(db));
    await db.close();
  });
});

suite('a damaged database file', () => {
  const DAMAGED = (path: string) =>
    `${path} is damaged. Restore it from a copy, or move it away: another one is then made, without what this one holds.`;

  test('is reported by name when it is opened, with advice', async () => {
    const path = place('stock.sqlite');
    const whole = await openDatabase(stockTables, sqlite(path), quiet);
    await writeMuch(whole);
    await whole.close();
    const bytes = readFileSync(path);
    const PAGE = 4096; // the first page stays, so that the file still looks like a database
    writeFileSync(path, Buffer.concat([bytes.subarray(0, PAGE), Buffer.alloc(bytes.length - PAGE, 0x5a)]));

    const message = DAMAGED(path);
    const opening = openDatabase(stockTables, sqlite(path), quiet);
    await assert.rejects(opening, { message });
  });

  test('damaged while open makes the database not ready once a statement fails on it', async () => {
    const path = place('stock.sqlite');
    const db = await openDatabase(stockTables, sqlite(path), quiet);
    await writeMuch(db);
    await db.rows('pragma wal_checkpoint(truncate)', []);
    await db.rows('pragma cache_size = 0', []);
    await db.probe(true);
    const { size } = statSync(path);
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4096, size);
    writeFileSync(path, bytes, { flag: 'r+' });
    await assert.rejects(db.read().find(InboxMark, {}), { message: DAMAGED(path) });
    await eventually(() => assert.rejects(db.probe(true), { code: 'SQLITE_CORRUPT' }));
    await db.close();
  });
});

suite('the embedded bus', () => {
  test('reports its damaged file by name, and acknowledges no message that it did not write', () => {
    const path = place('bus.sqlite');
    openMessageLog(path).close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4096);
    writeFileSync(path, bytes);
    const message = { topic: 't', partition: 0, key: 'k', value: 'v' };
    assert.throws(() => openMessageLog(path).append([message], new Date(0)), /bus\.sqlite is damaged\. Restore it/);
  });
});

suite("a partner's log", () => {
  const open = (file: string) => openJsonLines<{ n: number }>(file, 'partner');

  test('that ends in half a line drops that half, logs it, and continues after the last whole line', () => {
    const file = place('log.jsonl');
    writeFileSync(file, '{"n":1}\n{"n":2');
    const warnings: string[] = [];
    const heard = { ...quiet, warn: (message: string) => void warnings.push(message) };
    const lines = openJsonLines<{ n: number }>(file, 'partner', heard);
    assert.deepEqual(warnings, [`${file} ended in half a line, which was never acknowledged: it is cut off`]);
    lines.append([{ n: 3 }]);
    lines.close();
    assert.equal(readFileSync(file, 'utf8'), '{"n":1}\n{"n":3}\n');
  });

  test('with a damaged line is reported with the line number and advice, and left as it is', () => {
    const file = place('log.jsonl');
    writeFileSync(file, '{"n":1}\n{"n":\u0000\n{"n":3}\n');
    assert.throws(() => open(file), {
      message:
        `${file}, line 2, is damaged: it is no JSON. Restore the file from a copy, or remove that line: ` +
        'what it says is then unknown to this partner.',
    });
    assert.equal(readFileSync(file, 'utf8').split('\n').length, 4);
  });

  test('that could write only some lines of an append keeps none of them, and accepts them once there is space', (t) => {
    const limit = limiter();
    if (typeof limit === 'string') return t.skip(limit);
    const file = place('log.jsonl');
    const lines = open(file);
    lines.append([{ n: 1 }]);
    const entries = Array.from({ length: 1000 }, (_, n) => ({ n }));
    limit.to(statSync(file).size + 100);
    try {
      assert.throws(
        () => lines.append(entries),
        (error: Error) => isOutage(error) && error.message.startsWith(`${file} cannot be written: the disk is full.`),
      );
    } finally {
      limit.lift();
    }
    assert.equal(readFileSync(file, 'utf8'), '{"n":1}\n');
    lines.append(entries);
    lines.close();
    assert.equal(open(file).entries.length, 1001);
  });

  test('removes a failed append before the next one, if it could not do so at once', () => {
    const file = place('log.jsonl');
    const lines = open(file);
    lines.append([{ n: 1 }]);
    writeFileSync(file, '{"n":', { flag: 'a' });
    lines.append([{ n: 2 }]);
    assert.equal(readFileSync(file, 'utf8'), '{"n":1}\n{"n":2}\n');
  });
});

test('a mail that does not fit on the disk leaves nothing behind, and its file is named', async (t) => {
  const limit = limiter();
  if (typeof limit === 'string') return t.skip(limit);
  const folder = place('mail');
  const mail = openFileMail(folder, 'Fareloom <tickets@fareloom.example>');
  const letter = { id: 'ord_1.paid', to: 'a@example.com', subject: 'Paid', at: new Date(0), attachments: [] };
  const paragraphs = [{ words: 'x'.repeat(5000), url: 'https://example.com' }];
  limit.to(500);
  try {
    await assert.rejects(mail.send({ ...letter, paragraphs }), /ord_1\.paid\.eml cannot be written: the disk is full/);
  } finally {
    limit.lift();
  }
  assert.throws(() => statSync(join(folder, 'ord_1.paid.eml.part')), { code: 'ENOENT' });
  await mail.send({ ...letter, paragraphs });
});

test('a folder is tested with a file that is removed again', async () => {
  const folder = place('.');
  await Promise.all([tryWriting(folder), tryWriting(folder)]);
  assert.deepEqual(execFileSync('ls', ['-A', folder], { encoding: 'utf8' }), '');
  await assert.rejects(tryWriting(join(folder, 'none')), { code: 'ENOENT' });
});

/** Limits the size of each file that this process writes, like a full disk; or returns why that is not possible here. */
function limiter(): { to(bytes: number): void; lift(): void } | string {
  const set = (bytes: string) => execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
  try {
    set('unlimited');
  } catch {
    return 'prlimit is missing or not permitted here';
  }
  return { to: (bytes) => void set(String(bytes)), lift: () => void set('unlimited') };
}
