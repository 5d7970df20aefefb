// The operations subgraph: operators verify the system and list its processes in the graph.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checksOf } from '../../infra/system/checks/checks.ts';
import { type AuditResult, Unanswered, type VerifyCheck } from '../../infra/database/audit.ts';
import { type Cache, CacheAway } from '../../infra/cache/cache.ts';
import { openMemoryCache } from '../../infra/cache/cache.memory.ts';
import { type Log, openLog } from '../../infra/logging/log.ts';
import { startHeartbeat } from '../../infra/process/heartbeat.ts';
import { readVersion } from '../../infra/process/version.ts';
import { SetClock } from '../../infra/process/set-clock.ts';
import { HOUR, SECOND } from '../../schema/terms/durations.ts';
import { PROCESSES, REMEMBERED_FOR, reportText } from '../../schema/wire/heartbeat.ts';
import { openProcesses } from '../../subgraphs/operations/store/process-store.ts';
import { openVerification, type VerificationResult } from '../../subgraphs/operations/store/verification.ts';
import { Departure } from '../../subgraphs/stock/store/tables.ts';
import { eventually } from '../kit/eventually.ts';
import { signedUp } from '../kit/person.ts';
import { UNHURRIED } from '../kit/spawned.ts';
import { aFare, openWorld, type World } from '../kit/world.ts';

const log = openLog({ level: 'off', json: true });
const now = () => new Date('2026-03-24T10:00:00Z');

interface Shown {
  verification: {
    startedAt: string;
    outcome: string;
    checks: {
      name: string;
      sentence: string;
      outcome: string;
      rows: number | null;
      offending: string[];
      totals: string[];
      because: string | null;
    }[];
  };
}

const VERIFY = `query ($checks: [String!]) { verification(checks: $checks) { startedAt outcome
  checks { name sentence outcome rows offending totals because } } }`;

/** A world with a departure on sale, and an operator. */
async function onSale() {
  const world = await openWorld({ env: UNHURRIED });
  await world.file([aFare({ capacity: 5 })]);
  const { db } = await world.stores.stock();
  await eventually(async () => (await db.read().count(Departure)) === 1);
  const { ask } = await signedUp(world, 'operator@example.com', 'OPERATOR');
  world.clock.advance(6 * SECOND); // a role takes effect within five seconds
  return { world, ask, verify: (checks?: string[]) => ask<Shown>(VERIFY, { checks }) };
}

/** Takes a seat away without a line in the ledger. */
const loseSeat = async ({ stores }: World) =>
  (await stores.stock()).db.write((em) => em.nativeUpdate(Departure, {}, { total: 4, available: 4 }));

suite('a verification', () => {
  test('makes every check of npm run verify, and finds that a working system holds', async () => {
    const { world, verify } = await onSale();
    await using _ = world;
    const { data, text } = await verify();
    assert.equal(data.verification.outcome, 'HOLDS', text);
    assert.equal(data.verification.startedAt, '2026-03-01T12:00:06.000Z');
    const names = (await checksOf(world.wiring)).map(({ name }) => name);
    assert.deepEqual(
      data.verification.checks.map(({ name }) => name),
      names,
    );
    const counters = data.verification.checks.find(({ name }) => name === 'stock: counters')!;
    assert.deepEqual([counters.outcome, counters.rows, counters.offending], ['HOLDS', 1, []]);
  });

  test('finds a planted fault with the ids, also when only that check is asked for', async () => {
    const { world, verify } = await onSale();
    await using _ = world;
    await loseSeat(world);
    const departure = (await (await world.stores.stock()).db.read().findAll(Departure))[0]!;
    for (const wanted of [undefined, ['stock: ledger']]) {
      const { data } = await verify(wanted);
      const { outcome, checks } = data.verification;
      assert.equal(outcome, 'FAULT');
      if (wanted) assert.equal(checks.length, 1);
      const { sentence, ...ledger } = checks.find(({ name }) => name === 'stock: ledger')!;
      assert.match(sentence, /ledger/);
      assert.deepEqual(ledger, {
        ...{ name: 'stock: ledger', outcome: 'FAULT', rows: 1, offending: [departure.id], totals: [], because: null },
      });
    }
  });

  test('of a check that does not exist, of no check, or of more than two hundred is a bad argument', async () => {
    const { world, verify } = await onSale();
    await using _ = world;
    for (const [checks, message] of [
      [['stock: counters', 'none'], 'checks: there is no check none.'],
      [[], 'checks: 0 names are not possible; 1 to 200 are allowed.'],
      [Array.from({ length: 201 }, () => 'none'), 'checks: 201 names are not possible; 1 to 200 are allowed.'],
    ] as const) {
      const { errors, data } = await verify([...checks]);
      assert.deepEqual(data, { verification: null });
      assert.deepEqual([errors![0]!.extensions['code'], errors![0]!.message], ['BAD_USER_INPUT', message]);
    }
  });
});

/** A verification of these checks, and whether its stores are closed. */
function verificationOf(checks: readonly VerifyCheck[], timeout = 60 * SECOND) {
  let opened = 0;
  let closed = 0;
  const openChecks = async () => {
    opened++;
    return { checks, close: async () => void closed++ };
  };
  const { verify } = openVerification({ openChecks, now, log }, timeout);
  return { verify, counts: () => ({ opened, closed }) };
}

const check = (name: string, find: VerifyCheck['find']): VerifyCheck => ({ name, sentence: `${name} holds.`, find });
const holds: AuditResult = { rows: 1, offending: [] };
const gapsOf = (result: object) =>
  (result as VerificationResult).findings.map(({ name, outcome, gap }) => [name, outcome, gap]);

suite('the time and the load of a verification', () => {
  test('are bounded: what it does not reach in time is unknown, and what it found is returned', async () => {
    const never = new Promise<AuditResult>(() => undefined);
    const checks = [check('quick', async () => holds), check('stuck', () => never), check('late', async () => holds)];
    const { verify, counts } = verificationOf(checks, 4 * SECOND);
    assert.deepEqual(gapsOf(await verify(null)), [
      ['quick', 'HOLDS', null],
      ['stuck', 'UNKNOWN', 'NO_TIME'],
      ['late', 'UNKNOWN', 'NO_TIME'],
    ]);
    await eventually(() => counts().closed === 1);
  });

  test('are shared by requests for the same checks; another verification is refused meanwhile', async () => {
    const gate = Promise.withResolvers<AuditResult>();
    const { verify, counts } = verificationOf([check('a', () => gate.promise), check('b', async () => holds)]);
    const both = [verify(null), verify(null)];
    assert.deepEqual(((await verify(['b'])) as { refused: string }).refused, 'BUSY');
    gate.resolve(holds);
    const [first, second] = await Promise.all(both);
    assert.equal(first, second);
    assert.deepEqual(counts().opened, 1);
    await eventually(() => counts().closed === 1);
    assert.deepEqual(gapsOf(await verify(['b'])), [['b', 'HOLDS', null]]);
  });

  test('do not suffer from stores that cannot be opened: the next verification opens them again', async () => {
    let isAway = true;
    const openChecks = async () => {
      if (isAway) throw new Error('connect ECONNREFUSED 127.0.0.1:3307');
      return { checks: [check('a', async () => holds)], close: async () => undefined };
    };
    const { verify } = openVerification({ openChecks, now, log }, SECOND);
    await assert.rejects(verify(null), /ECONNREFUSED/);
    isAway = false;
    assert.deepEqual(gapsOf(await verify(null)), [['a', 'HOLDS', null]]);
  });
});

test('a check that fails, or whose partner is silent, is unknown with a reason that names no server', async () => {
  const { verify } = verificationOf([
    check('failing', () => Promise.reject(new Error('select * from secret at 127.0.0.1'))),
    check('silent', () => Promise.reject(new Unanswered('the ticket issuer gave no statement: http://127.0.0.1:9'))),
  ]);
  const result = await verify(null);
  assert.deepEqual(gapsOf(result), [
    ['failing', 'UNKNOWN', 'FAILED'],
    ['silent', 'UNKNOWN', 'NO_STATEMENT'],
  ]);
  assert.doesNotMatch(JSON.stringify(result), /127|select/);
});

test('a row that offends only at the first look is work in progress, and no fault', async () => {
  let looks = 0;
  const busy = async (): Promise<AuditResult> => ({ rows: 2, offending: looks++ ? ['b'] : ['a', 'b'] });
  const passing = async (): Promise<AuditResult> => ({ rows: 1, offending: looks > 1 ? [] : ['c'] });
  const { verify } = verificationOf([check('busy', busy), check('passing', passing)]);
  const { findings } = (await verify(null)) as VerificationResult;
  assert.deepEqual(
    findings.map(({ outcome, offending }) => [outcome, offending]),
    [
      ['FAULT', ['b']],
      ['HOLDS', []],
    ],
  );
});

suite('the list of processes', () => {
  test('has the one process of an embedded system, for operators', async () => {
    const { world, ask } = await onSale();
    await using _ = world;
    const { data } = await ask<{ processes: Record<string, string>[] }>(
      '{ processes { id name kind version state startedAt lastHeartbeatAt } }',
    );
    const [{ id, lastHeartbeatAt, ...process } = assert.fail('a process'), ...others] = data.processes;
    assert.match(id!, /^prc_/);
    assert.match(lastHeartbeatAt!, /^2026-03-01T12:00:0[06]\.000Z$/);
    assert.deepEqual(process, {
      ...{ name: 'fareloom', kind: 'SYSTEM', version: readVersion(), state: 'RUNNING' },
      startedAt: '2026-03-01T12:00:00.000Z',
    });
    assert.deepEqual(others, []);
  });

  const ofFare = { name: 'fare', kind: 'SUBGRAPH', version: '1.2.3', startedAt: '2026-03-24T09:00:00Z' } as const;

  /** A cache with a set clock, and the list that reads it, by name and state. */
  function openList() {
    const clock = new SetClock('2026-03-24T10:00:00Z');
    const cache = openMemoryCache(clock.now);
    const { list } = openProcesses(() => cache, clock.now);
    const start = (on: Pick<Cache, 'report' | 'withdraw'> = cache) =>
      startHeartbeat({ process: ofFare, cache: on, now: clock.now, log });
    return { clock, cache, start, states: async () => (await list()).map(({ name, state }) => `${name} ${state}`) };
  }

  test('shows a process that does not report as gone, and forgets it after an hour', async () => {
    const { clock, cache, states } = openList();
    const report = (name: string) => cache.report(PROCESSES, reportText({ ...ofFare, name, id: name }), REMEMBERED_FOR);
    await report('killed');
    clock.advance(15 * SECOND);
    await report('alive');
    assert.deepEqual(await states(), ['alive RUNNING', 'killed RUNNING']);
    clock.advance(1);
    assert.deepEqual(await states(), ['alive RUNNING', 'killed GONE']);
    clock.advance(HOUR - 15 * SECOND - 1);
    await report('alive');
    assert.deepEqual(await states(), ['alive RUNNING', 'killed GONE']);
    clock.advance(1);
    assert.deepEqual(await states(), ['alive RUNNING']);
  });

  test('misses a process whose reports the server denies, and the log of the process says so once', async () => {
    const warned: string[] = [];
    const quiet = () => undefined;
    const warn = (message: string) => void warned.push(message);
    const noting: Log = { debug: quiet, info: quiet, warn, error: warn, child: () => noting };
    let reports = 0;
    const denied = () => {
      reports += 1;
      return Promise.reject(new CacheAway('Redis denies a command', reports === 1 ? 'ETIMEDOUT' : 'NOPERM'));
    };
    const stop = startHeartbeat({ process: ofFare, cache: { report: denied, withdraw: denied }, now, log: noting });
    await eventually(() => reports === 2);
    await stop(); // withdraws, which is denied, too
    assert.deepEqual([reports, warned], [3, ['this process is missing in the list of processes']]);
  });

  test('leaves out what is no report, such as one of a later release', async () => {
    const { cache, start, states } = openList();
    for (const text of ['{', '{}', '{"id":"prc_1","name":"x","kind":"ROBOT","version":"9","startedAt":"later"}'])
      await cache.report(PROCESSES, text, HOUR);
    const stop = start();
    await eventually(async () => assert.deepEqual(await states(), ['fare RUNNING']));
    await stop();
    assert.deepEqual(await states(), []);
  });

  test('harms no process: while the cache is away reports fail silently, and are there once it is back', async () => {
    const { cache, start, states } = openList();
    let [isAway, tries] = [true, 0];
    const guarded = async (call: () => Promise<void>) => {
      tries++;
      if (isAway) throw new CacheAway('Redis did not take a report', 'ETIMEDOUT');
      return call();
    };
    const stop = start({
      report: (...how) => guarded(() => cache.report(...how)),
      withdraw: (...how) => guarded(() => cache.withdraw(...how)),
    });
    await eventually(() => tries === 1);
    assert.deepEqual(await states(), []);
    isAway = false;
    await eventually(async () => assert.deepEqual(await states(), ['fare RUNNING']));
    isAway = true;
    await stop();
  });
});
