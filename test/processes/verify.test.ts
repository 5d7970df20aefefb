// npm run verify: passes on a working system, and finds each kind of planted fault.
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { verify } from '../../infra/system/checks/verify.ts';
import { Departure } from '../../subgraphs/stock/store/tables.ts';
import { eventually } from '../kit/eventually.ts';
import { runToEnd, spawned } from '../kit/spawned.ts';
import { aFare, NOON, openWorld, type World } from '../kit/world.ts';
import { faults, order } from './verify-faults.ts';

const env = (path: string) => ({ DATABASE_URL: `sqlite:${path}`, KAFKA_URL: `sqlite:${path}`, CLOCK: NOON });

/** A world with a fare on sale, in a folder that verify can read. */
async function onSale(folder: string): Promise<World> {
  const world = await openWorld({ folder });
  await world.file([aFare({ capacity: 5 })]);
  const { db } = await world.stores.stock();
  await eventually(async () => (await db.read().count(Departure)) === 1);
  return world;
}

/** Runs SQL on a subgraph's database directly. */
function tamper(folder: string, database: string, sql: string): void {
  const db = new DatabaseSync(join(folder, `${database}.sqlite`));
  db.exec(`PRAGMA ignore_check_constraints = 1; ${sql}`);
  db.close();
}

test('on a working system all checks pass, and it lists them', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'verify-'));
  await using _world = await onSale(dir.path);
  const said = await runToEnd('verify', ['node', 'infra/system/checks/verify.ts'], env(dir.path));
  assert.match(said, /holds {2}stock: counters: On every departure .* \(1 row\)\n/);
  assert.match(said, /holds {2}stock: inbox: .* \(1 row\)\n/);
  assert.match(said, /\nEverything holds\.$/);
});

test('on a stopped system all checks pass, too; without a system it says so', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'verify-'));
  await (await onSale(dir.path))[Symbol.asyncDispose]();
  assert.equal((await verify(env(dir.path))).holds, true);
  const nowhere = spawned('verify', ['node', 'infra/system/checks/verify.ts'], env(join(dir.path, 'none')));
  assert.equal(await nowhere.ended, 1);
  assert.match(nowhere.lines.join(), /There is no .*account\.sqlite: start the system once/);
});

test('each kind of fault is found, with the ids, by the check for it', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'verify-'));
  await (await onSale(dir.path))[Symbol.asyncDispose]();
  for (const [what, database, sql, check, id, paymentDatabase] of faults) {
    await using sick = await mkdtempDisposable(join(tmpdir(), 'verify-'));
    await cp(dir.path, sick.path, { recursive: true });
    tamper(sick.path, database, sql);
    if (paymentDatabase) tamper(sick.path, 'payment', paymentDatabase);
    const { holds, lines } = await verify(env(sick.path), 1);
    assert.equal(holds, false, what);
    const at = lines.findIndex((line) => line.startsWith(`FAULT  ${check}: `));
    assert.ok(at >= 0, `${what}: ${lines.join('\n')}`);
    assert.match(lines[at + 1]!, id, what);
  }
});

test('an existing account that is marked as deleted is found, and a mail that outlives its account', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'verify-'));
  await (await onSale(dir.path))[Symbol.asyncDispose]();
  tamper(
    dir.path,
    'account',
    "insert into account values ('acc_1', 'asha@example.com', 'Asha', 'x', 'TRAVELLER', 0, null)",
  );
  tamper(dir.path, 'order', `${order('PENDING')} insert into account_mark values ('acc_1', 0), ('acc_2', 0)`);
  await mkdir(join(dir.path, 'mail'));
  for (const name of ['ord_1.paid', 'ord_2.paid', 'acc_1.password-changed', 'acc_3.password-reset.mail_1'])
    await writeFile(join(dir.path, 'mail', `${name}.eml`), 'To: Asha');
  const { lines } = await verify({ ...env(dir.path), MAIL_URL: `file:${dir.path}/mail` }, 1);
  const below = (check: string) =>
    lines.slice(lines.findIndex((line) => line.startsWith(`FAULT  ${check}: `))).slice(1, 3);
  assert.deepEqual(below('accounts and marks'), ['       acc_1', below('accounts and marks')[1]]);
  assert.deepEqual(below('mails: personal data').toSorted(), [
    '       acc_3.password-reset.mail_1.eml',
    '       ord_1.paid.eml',
  ]);
  assert.doesNotMatch(lines.join(), /acc_2|ord_2/);
});
