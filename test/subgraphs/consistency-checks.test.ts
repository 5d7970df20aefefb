// The consistency checks: each has a name and a sentence for the report, and finds the fault that is planted for it.
import assert from 'node:assert/strict';
import { cp, mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { VerifyCheck } from '../../infra/database/audit.ts';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { type Database, openDatabase, type Tables } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { checksOf } from '../../infra/system/checks/checks.ts';
import { accountChecks } from '../../subgraphs/account/store/checks-store.ts';
import { accountTables } from '../../subgraphs/account/store/tables.ts';
import { orderChecks } from '../../subgraphs/order/store/checks-store.ts';
import { orderTables } from '../../subgraphs/order/store/tables.ts';
import { paymentChecks } from '../../subgraphs/payment/store/checks-store.ts';
import { paymentTables } from '../../subgraphs/payment/store/tables.ts';
import { stockChecks } from '../../subgraphs/stock/store/checks-store.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { NOW, onSale } from '../kit/seats.ts';
import { openWorld } from '../kit/world.ts';
import { faults, order } from '../processes/verify-faults.ts';

test('every check has a name of its own, reports its invariant as a sentence, and holds in a new system', async () => {
  await using world = await openWorld();
  const checks = await checksOf(world.wiring);
  assert.equal(new Set(checks.map(({ name }) => name)).size, checks.length);
  for (const { name, sentence, find } of checks) {
    assert.match(name, /^[a-z][a-z_:, ]+$/);
    assert.match(sentence, /^[A-Z].+\.$/, name);
    assert.deepEqual((await find()).offending, [], name);
  }
});

interface Subgraph {
  tables: Tables;
  checks: (db: Database, now: Date) => VerifyCheck[];
  /** Fills a new database with the rows that faults change. */
  fill?: (db: Database) => Promise<unknown>;
}

const subgraphs: readonly Subgraph[] = [
  { tables: accountTables, checks: accountChecks },
  { tables: orderTables, checks: orderChecks },
  { tables: paymentTables, checks: paymentChecks },
  { tables: stockTables, checks: stockChecks, fill: (db) => onSale(db, { dep_1: 5 }) },
];

type Fault = readonly [what: string, subgraph: string, sql: string, check: string, id: RegExp];

// for the checks without a fault in verify-faults.ts: verify-kinds.test.ts changes the rows of a real system for them
// prettier-ignore
const more: readonly Fault[] = [
  ['a timeline entry of no order', 'order', "insert into timeline_entry (order_id, version, step, status, cause, at) values ('ord_9', 1, 'PLACED', 'PENDING', 'x', 0)", 'order: timeline entries', /^ord_9$/],
  ['an order without a flight', 'order', order('PENDING'), 'order: parts', /^ord_1 has no flight$/],
  ['an order without an idempotency key', 'order', order('PENDING'), 'order: idempotency keys', /^ord_1 has no idempotency key$/],
  ['a mail for no step', 'order', "insert into mail (order_id, kind, state, tries, sent_at) values ('ord_1', 'PAID', 'SENT', 1, 0)", 'order: mails', /^ord_1 has a mail PAID for no step$/],
  ['a refund of no payment', 'payment', "insert into refund (id, payment_id, order_id, amount, currency, because, status, due_since, paid_back_at, failures) values ('ref_1', 'pay_9', 'ord_1', 1, 'INR', 'x', 'PAID_BACK', 0, 0, 0)", 'payment: parts', /^ref_1 is of pay_9, which is not there$/],
  ['an idempotency key of no payment', 'payment', "insert into key_use (account, operation, idempotency_key, hash, payment_id) values ('acc_1', 'x', 'k', 'h', 'pay_9')", 'payment: idempotency keys', /^an idempotency key names pay_9, which is not there$/],
  ['held seats that the ledger never moved', 'stock', "insert into hold values ('ord_1', 'HELD', 1, '[]'); insert into hold_line values ('ord_1', 'dep_1', 1, 0)", 'stock: holds and their ledger', /^ord_1 dep_1$/],
  ['a hold without a line', 'stock', "insert into hold values ('ord_1', 'HELD', 1, '[]')", 'stock: parts', /^the hold ord_1 has no line$/],
];

const log = openLog({ level: 'off', json: true });
const clock = { now: () => NOW, at: () => NOW };

for (const { tables, checks, fill } of subgraphs) {
  const { database: subgraph } = tables;
  const open = (file: string) => openDatabase(tables, sqlite(file), log, { clock });

  test(`every check of the ${subgraph} subgraph finds a fault that is planted for it`, async () => {
    await using dir = await mkdtempDisposable(join(tmpdir(), 'checks-'));
    const sound = join(dir.path, 'sound.sqlite');
    const db = await open(sound);
    await fill?.(db);
    const names = checks(db, NOW).map(({ name }) => name);
    await db.close();
    const tried = new Set<string>();
    for (const [what, where, sql, check, id] of [...faults, ...more]) {
      if (where !== subgraph || !names.includes(check)) continue;
      const sick = join(dir.path, 'sick.sqlite');
      await cp(sound, sick);
      plant(sick, sql);
      const found = await findings(await open(sick), checks, check);
      assert.ok(found.some((text) => id.test(text)), `${what}: ${found.join()}`); // prettier-ignore
      tried.add(check);
    }
    assert.deepEqual([...tried].sort(), names.sort());
  });
}

function plant(file: string, sql: string): void {
  using db = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  db.exec(`PRAGMA ignore_check_constraints = 1; ${sql}`);
}

/** The ids that a check finds; closes the database. */
async function findings(db: Database, checks: Subgraph['checks'], name: string): Promise<readonly string[]> {
  try {
    return (
      await checks(db, NOW)
        .find((check) => check.name === name)!
        .find()
    ).offending;
  } finally {
    await db.close();
  }
}
