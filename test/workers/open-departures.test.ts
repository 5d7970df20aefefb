// What the stock room sells once departures were scheduled.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEmbeddedBus } from '../../infra/bus.embedded.ts';
import { openClock } from '../../infra/clock.ts';
import { sqlite } from '../../infra/database.sqlite.ts';
import { openDatabase } from '../../infra/database.ts';
import { openLog } from '../../infra/log.ts';
import { type Event, event, type Payload, topics } from '../../schema/events.ts';
import { openStock } from '../../subgraphs/stock/store.ts';
import { stockTables } from '../../subgraphs/stock/tables.ts';
import { startOpenDepartures } from '../../workers/open-departures.ts';
import { eventually } from '../eventually.ts';

type Scheduled = Payload<'departure.scheduled'>['departures'][number];

const log = openLog({ level: 'off', json: true });
const now = () => new Date('2026-03-24T10:00:00Z');
const capacities = { ECONOMY: 150, PREMIUM_ECONOMY: 24, BUSINESS: 12, FIRST: 4 };

const departure = (id: string, capacity: number | null = null): Scheduled => ({
  id,
  carrier: 'AI',
  flightNumber: 'AI 803',
  origin: 'DEL',
  destination: 'BLR',
  departs: '2026-03-24T22:20',
  cabin: 'ECONOMY',
  capacity,
});

const scheduled = (...departures: Scheduled[]) =>
  event('departure.scheduled', { source: 'fare', subject: 'DEL-BLR', sequence: 1, now: now() }, { departures });

/** The stock room with its worker, on an empty database. */
async function openRoom() {
  const db = await openDatabase(stockTables, sqlite(':memory:'), log);
  const bus = openEmbeddedBus(':memory:', topics, openClock(), log);
  const stock = openStock(db, capacities);
  const stop = await startOpenDepartures({ bus, stock, now, log });
  const close = async () => {
    await stop();
    await bus.close();
    await db.close();
  };

  /** Publishes the events and waits until the worker is through with them. */
  async function hear(...events: Event[]): Promise<void> {
    await bus.publish(events.map((each) => ({ topic: 'departures', key: each.subject, value: JSON.stringify(each) })));
    await eventually(async () => (await bus.backlog('open-departures')) === 0);
  }
  return { stock, hear, [Symbol.asyncDispose]: close };
}

test('a departure that was scheduled is on sale, with the seats that were filed or the usual ones of its cabin', async () => {
  await using room = await openRoom();
  await room.hear(scheduled(departure('filed', 42), departure('usual')), scheduled(departure('full', 0)));
  const seats = await room.stock.available(['filed', 'usual', 'full', 'unknown']);
  assert.deepEqual(Object.fromEntries(seats), { filed: 42, usual: 150, full: 0 });
});

test('an event that comes again, or a departure scheduled again, changes nothing', async () => {
  await using room = await openRoom();
  const first = scheduled(departure('a', 42));
  await room.hear(first, first);
  await room.hear(first, scheduled(departure('a', 7), departure('b', 9)));
  assert.deepEqual(Object.fromEntries(await room.stock.available(['a', 'b'])), { a: 42, b: 9 });
});

test('a message that is no event does not keep the departures after it from being opened', async () => {
  await using room = await openRoom();
  const unfit = { ...scheduled(departure('a')), schemaversion: 99 };
  await room.hear(unfit, scheduled(departure('b', 9)));
  assert.deepEqual(Object.fromEntries(await room.stock.available(['a', 'b'])), { b: 9 });
});

test('the largest events that there may be are taken in, however many wait', async () => {
  await using room = await openRoom();
  const ids = Array.from({ length: 5000 }, (_, n) => `departure ${n}`);
  const events = Array.from({ length: 10 }, (_, n) =>
    scheduled(...ids.slice(n * 500, n * 500 + 500).map((id) => departure(id, 9))),
  );
  await room.hear(...events);
  assert.equal((await room.stock.available(ids)).size, 5000);
});
