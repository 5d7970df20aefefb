// The promises for events in a subgraph's outbox.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { openEmbeddedBus } from '../../infra/messaging/bus.embedded.ts';
import type { Bus } from '../../infra/messaging/bus.ts';
import type { Message } from '../../infra/messaging/message.ts';
import { openClock } from '../../infra/process/clock.ts';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { type Database, openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { announce, waiting } from '../../infra/database/outbox.ts';
import { event, parseEvent, topics } from '../../schema/events.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { startRelayOutbox } from '../../workers/engine/relay.ts';
import { eventually } from '../kit/eventually.ts';
import { failing } from '../kit/failing.ts';

const log = openLog({ level: 'off', json: true });
const now = new Date('2026-03-24T10:00:00Z');
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

const changed = (sequence: number, subject = 'DEL-BLR') =>
  event(
    'fare.changed',
    { source: 'fare', subject, sequence, now },
    { origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY', currency: 'INR', dates: ['2026-03-24'] },
  );

/** A subgraph's database, a bus, and the events that a group on it has seen. */
async function openSubgraph() {
  const db = await openDatabase(stockTables, sqlite(':memory:'), log);
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

const say = (db: Database, ...sequences: number[]) =>
  db.write((em) =>
    announce(
      em,
      sequences.map((n) => changed(n)),
    ),
  );

const outbox = async (db: Database) => (await waiting(db.read(), 1000)).map(({ event: { sequence } }) => sequence);
const emptied = (db: Database) => eventually(async () => (await outbox(db)).length === 0);

/** Starts the subgraph's relay, with short pauses. */
const relay = (db: Database, bus: Bus) => startRelayOutbox({ db, bus, log, database: 'stock', retryAfter: [1, 2, 4] });

/** The bus, with a record of each publish, which waits until `held` resolves. */
function watched(bus: Bus, held: Promise<void> = Promise.resolve()) {
  const sizes: number[] = [];
  const publish = async (messages: readonly Message[]) => {
    sizes.push(messages.length);
    await held;
    await bus.publish(messages);
  };
  return { ...bus, sizes, publish };
}

test('an event is on the bus as soon as its row is committed, on its topic, under its key', async () => {
  await using subgraph = await openSubgraph();
  const stop = await relay(subgraph.db, subgraph.bus);
  const seen: (string | null)[] = [];
  await subgraph.bus.subscribe({ group: 'keys', topics: ['fares'], max: 1, linger: 0 }, async ([message]) => {
    seen.push(message.key, message.value);
  });
  const announced = changed(1, 'BOM-LHR');
  await subgraph.db.write((em) => announce(em, [announced]));
  await eventually(() => seen.length > 0);
  assert.deepEqual([seen[0], parseEvent(seen[1]!)], ['BOM-LHR', announced]);
  await stop();
});

test('events from before the start are published first, then new ones, all in order', async () => {
  await using subgraph = await openSubgraph();
  await say(subgraph.db, ...range(0, 150));
  await say(subgraph.db, ...range(150, 250));
  const stop = await relay(subgraph.db, subgraph.bus);
  await say(subgraph.db, 250);
  await say(subgraph.db, 251);
  await eventually(() => subgraph.arrived.length >= 252);
  assert.deepEqual(subgraph.arrived, range(0, 252));
  await emptied(subgraph.db);
  await stop();
});

test('a publish has at most a hundred events', async () => {
  await using subgraph = await openSubgraph();
  await say(subgraph.db, ...range(0, 250));
  const bus = watched(subgraph.bus);
  const stop = await relay(subgraph.db, bus);
  await emptied(subgraph.db);
  assert.deepEqual(bus.sizes, [100, 100, 50]);
  await stop();
});

test('commits during a publish share the next one', async () => {
  await using subgraph = await openSubgraph();
  const held = Promise.withResolvers<void>();
  const bus = watched(subgraph.bus, held.promise);
  const stop = await relay(subgraph.db, bus);
  await say(subgraph.db, 0);
  await eventually(() => bus.sizes.length === 1);
  for (const n of range(1, 51)) await say(subgraph.db, n);
  held.resolve();
  await emptied(subgraph.db);
  assert.deepEqual(bus.sizes, [1, 50]);
  await eventually(() => subgraph.arrived.length >= 51);
  assert.deepEqual(subgraph.arrived, range(0, 51));
  await stop();
});

test('events wait while the bus fails, then are published in order, none lost', async () => {
  await using subgraph = await openSubgraph();
  let away = true;
  const stop = await relay(
    subgraph.db,
    failing(subgraph.bus, 'publish', () => away),
  );
  for (const n of range(0, 120)) await say(subgraph.db, n);
  assert.equal((await outbox(subgraph.db)).length, 120);
  assert.deepEqual(subgraph.arrived, []);
  away = false;
  await emptied(subgraph.db);
  await eventually(() => subgraph.arrived.length >= 120);
  assert.deepEqual(subgraph.arrived, range(0, 120));
  await stop();
});

test('events that were published but could not be deleted are published again: at least once', async () => {
  await using subgraph = await openSubgraph();
  await say(subgraph.db, 1, 2);
  let writes = 0; // the first takes the lease, the second deletes
  const stop = await relay(
    failing(subgraph.db, 'write', () => ++writes === 2),
    subgraph.bus,
  );
  await emptied(subgraph.db);
  await eventually(() => subgraph.arrived.length >= 4);
  assert.deepEqual(subgraph.arrived, [1, 2, 1, 2]);
  await stop();
});

test('no event of a transaction that was rolled back is published', async () => {
  await using subgraph = await openSubgraph();
  const stop = await relay(subgraph.db, subgraph.bus);
  const failed = subgraph.db.write(async (em) => {
    await announce(em, [changed(1)]);
    throw new Error('as the test wants it');
  });
  await assert.rejects(failed);
  await say(subgraph.db, 2);
  await eventually(() => subgraph.arrived.length > 0);
  assert.deepEqual(subgraph.arrived, [2]);
  await stop();
});

test('stopping waits for the current publish and its mark, and leaves the rest for the next start', async () => {
  await using subgraph = await openSubgraph();
  await say(subgraph.db, ...range(0, 120));
  const held = Promise.withResolvers<void>();
  const bus = watched(subgraph.bus, held.promise);
  const stop = await relay(subgraph.db, bus);
  await eventually(() => bus.sizes.length === 1);
  let done = false;
  const stopped = stop().then(() => (done = true));
  await othersTurn();
  assert.equal(done, false);
  held.resolve();
  await stopped;
  await say(subgraph.db, 120);
  assert.deepEqual([await outbox(subgraph.db), bus.sizes], [range(100, 121), [100]]);
  const stopAgain = await relay(subgraph.db, subgraph.bus);
  await eventually(() => subgraph.arrived.length >= 121);
  assert.deepEqual(subgraph.arrived, range(0, 121));
  await stopAgain();
});

test('stopping does not wait for a retry pause while the bus is away', async () => {
  await using subgraph = await openSubgraph();
  await say(subgraph.db, 1);
  let tries = 0;
  const bus = failing(subgraph.bus, 'publish', () => ++tries > 0);
  const stop = await startRelayOutbox({ db: subgraph.db, bus, log, database: 'stock', retryAfter: [3_600_000] });
  await eventually(() => tries === 1);
  await stop();
  assert.deepEqual(await outbox(subgraph.db), [1]);
});
