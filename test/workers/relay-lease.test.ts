// Several relays on one outbox: one publishes at a time, and another replaces it when it dies.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openEmbeddedBus } from '../../infra/messaging/bus.embedded.ts';
import type { Bus } from '../../infra/messaging/bus.ts';
import type { Message } from '../../infra/messaging/message.ts';
import { openClock } from '../../infra/process/clock.ts';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { type Database, openDatabase } from '../../infra/database/database.ts';
import { type Log, openLog } from '../../infra/logging/log.ts';
import { announce, backlog } from '../../infra/database/outbox.ts';
import { event, parseEvent, topics } from '../../schema/events.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { startRelayOutbox } from '../../workers/engine/relay.ts';
import { eventually } from '../kit/eventually.ts';
import { failing } from '../kit/failing.ts';

const log = openLog({ level: 'off', json: true });
const now = new Date('2026-03-24T10:00:00Z');
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
const SHORT = 300; // ms until a lease is stale; these tests share one event loop, so a stall must not look like a crash

const changed = (sequence: number) =>
  event(
    'fare.changed',
    { source: 'fare', subject: 'DEL-BLR', sequence, now },
    { origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY', currency: 'INR', dates: ['2026-03-24'] },
  );

async function openSubgraph(path = ':memory:') {
  const db = await openDatabase(stockTables, sqlite(path), log);
  const bus = openEmbeddedBus(':memory:', topics, openClock().now, log);
  const arrived: number[] = [];
  await bus.subscribe({ group: 'g', topics: ['fares'], max: 100, linger: 0 }, async (batch) => {
    arrived.push(...batch.map(({ value }) => parseEvent(value!).sequence));
  });
  const close = async () => {
    await bus.close();
    await db.close();
  };
  return { db, bus, arrived, [Symbol.asyncDispose]: close };
}

const say = (db: Database, sequences: readonly number[]) => db.write((em) => announce(em, sequences.map(changed)));
const emptied = (db: Database) => eventually(async () => (await backlog(db.read())) === 0);

const relay = (db: Database, bus: Bus, more: { pollEvery?: number; log?: Log; staleAfter?: number } = {}) =>
  startRelayOutbox({ db, bus, log, database: 'stock', retryAfter: [1, 2, 4], staleAfter: SHORT, ...more });

/** The bus, but each publish waits until `go` resolves. */
function held(bus: Bus, go: Promise<void>) {
  const begun: number[] = [];
  const publish = async (messages: readonly Message[]) => {
    begun.push(messages.length);
    await go;
    await bus.publish(messages);
  };
  return { ...bus, begun, publish };
}

test('two relays on one outbox publish every event once and in order', async () => {
  await using subgraph = await openSubgraph();
  const stops = [await relay(subgraph.db, subgraph.bus), await relay(subgraph.db, subgraph.bus)];
  for (const n of range(0, 60)) await say(subgraph.db, range(n * 5, n * 5 + 5));
  await emptied(subgraph.db);
  await eventually(() => subgraph.arrived.length >= 300);
  assert.deepEqual(subgraph.arrived, range(0, 300));
  for (const stop of stops) await stop();
});

test('when the publishing relay dies in the middle of a batch, another continues, and what the dead one still does is only a repeat', async () => {
  await using subgraph = await openSubgraph();
  await say(subgraph.db, range(0, 150));
  const revived = Promise.withResolvers<void>();
  const slow = held(subgraph.bus, revived.promise);
  const stopDead = await relay(
    failing(subgraph.db, 'write', () => slow.begun.length > 0),
    slow,
  );
  await eventually(() => slow.begun.length === 1);
  const stop = await relay(subgraph.db, subgraph.bus);
  await emptied(subgraph.db);
  await eventually(() => subgraph.arrived.length >= 150);
  assert.deepEqual(subgraph.arrived, range(0, 150));
  revived.resolve();
  await eventually(() => subgraph.arrived.length >= 250);
  assert.deepEqual(
    subgraph.arrived.slice(150),
    range(0, 100),
    'the same events with the same ids: an inbox drops them',
  );
  await stopDead();
  await stop();
});

test('a relay that waits long for the bus keeps the lease: no other relay publishes the same events', async () => {
  await using subgraph = await openSubgraph();
  await say(subgraph.db, range(0, 3));
  const answered = Promise.withResolvers<void>();
  const slow = held(subgraph.bus, answered.promise);
  let steps = 0;
  const counted = {
    ...subgraph.db,
    write: <T>(work: Parameters<typeof subgraph.db.write<T>>[0]) => (steps++, subgraph.db.write(work)),
  };
  const stopSlow = await relay(counted, slow);
  await eventually(() => slow.begun.length === 1);
  const stop = await relay(subgraph.db, subgraph.bus);
  await eventually(() => steps > 9); // three times the stale time of a lease
  assert.deepEqual(subgraph.arrived, []);
  answered.resolve();
  await emptied(subgraph.db);
  await eventually(() => subgraph.arrived.length >= 3);
  assert.deepEqual(subgraph.arrived, [0, 1, 2]);
  await stopSlow();
  await stop();
});

test('a relay that stops releases the lease: the next one publishes at once', async () => {
  await using subgraph = await openSubgraph();
  const stop = await relay(subgraph.db, subgraph.bus, { staleAfter: 3_600_000 });
  await say(subgraph.db, [0]);
  await emptied(subgraph.db);
  await stop();
  await say(subgraph.db, [1]);
  const stopNext = await relay(subgraph.db, subgraph.bus, { staleAfter: 3_600_000 });
  await eventually(() => subgraph.arrived.length >= 2);
  await stopNext();
});

test('events of a process without a relay are published by a relay that polls', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'fareloom-'));
  {
    await using subgraph = await openSubgraph(join(dir, 'subgraph.sqlite'));
    const stop = await relay(subgraph.db, subgraph.bus, { pollEvery: 20 });
    const other = await openDatabase(stockTables, sqlite(join(dir, 'subgraph.sqlite')), log);
    await say(other, [7]);
    await other.close();
    await eventually(() => subgraph.arrived.length === 1);
    await stop();
  }
  await rm(dir, { recursive: true });
});

test('a growing outbox is logged with its length, each time it grows by half', async () => {
  await using subgraph = await openSubgraph();
  const lengths: unknown[] = [];
  const noted: Log = {
    ...log,
    warn: (message, fields) => void (message.startsWith('the outbox grows') && lengths.push(fields?.['events'])),
    child: () => noted,
  };
  const away = failing(subgraph.bus, 'publish', () => true);
  await say(subgraph.db, range(0, 1200));
  const stop = await relay(subgraph.db, away, { pollEvery: 5, log: noted });
  await eventually(() => lengths.length === 1);
  await say(subgraph.db, range(1200, 2000));
  await eventually(() => lengths.length === 2);
  assert.deepEqual(lengths, [1200, 2000]);
  await stop();
});
