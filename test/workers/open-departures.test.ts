// The departures that the stock subgraph sells after they were scheduled.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEmbeddedBus } from '../../infra/messaging/bus.embedded.ts';
import { openClock } from '../../infra/process/clock.ts';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { type Event, event, type Payload, topics } from '../../schema/events.ts';
import { openStock } from '../../subgraphs/stock/store/store.ts';
import { departuresOf } from '../../subgraphs/fare/rules/announcing.ts';
import type { Filing } from '../../subgraphs/fare/rules/filing.ts';
import { flightId } from '../../subgraphs/fare/store/rows.ts';
import { Departure, stockTables } from '../../subgraphs/stock/store/tables.ts';
import { startWorker } from '../kit/parts.ts';
import { openDeparturesForSale } from '../../workers/open-departures.ts';
import { eventually } from '../kit/eventually.ts';
import { aFare } from '../kit/world.ts';

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

/** The stock subgraph with its worker, on an empty database. */
async function openSubgraph() {
  const db = await openDatabase(stockTables, sqlite(':memory:'), log);
  const bus = openEmbeddedBus(':memory:', topics, openClock().now, log);
  const stock = openStock(db, capacities);
  const stop = await startWorker(openDeparturesForSale, { stock }, { bus, now, log });
  const close = async () => {
    await stop();
    await bus.close();
    await db.close();
  };

  /** Publishes the events and waits until the worker has finished them. */
  async function hear(...events: Event[]): Promise<void> {
    await bus.publish(events.map((each) => ({ topic: 'departures', key: each.subject, value: JSON.stringify(each) })));
    await eventually(async () => (await bus.backlog('open-departures')) === 0);
  }
  return { db, stock, hear, [Symbol.asyncDispose]: close };
}

test('a scheduled departure is on sale, with the filed seats or the default of its cabin', async () => {
  await using subgraph = await openSubgraph();
  await subgraph.hear(scheduled(departure('filed', 42), departure('usual')), scheduled(departure('full', 0)));
  const seats = await subgraph.stock.available(['filed', 'usual', 'full', 'unknown']);
  assert.deepEqual(Object.fromEntries(seats), { filed: 42, usual: 150, full: 0 });
});

test('a repeated event, or a departure scheduled again, changes nothing', async () => {
  await using subgraph = await openSubgraph();
  const first = scheduled(departure('a', 42));
  await subgraph.hear(first, first);
  await subgraph.hear(first, scheduled(departure('a', 7), departure('b', 9)));
  assert.deepEqual(Object.fromEntries(await subgraph.stock.available(['a', 'b'])), { a: 42, b: 9 });
});

test('a message that is no event does not block the departures after it', async () => {
  await using subgraph = await openSubgraph();
  const unfit = { ...scheduled(departure('a')), schemaversion: 99 };
  await subgraph.hear(unfit, scheduled(departure('b', 9)));
  assert.deepEqual(Object.fromEntries(await subgraph.stock.available(['a', 'b'])), { b: 9 });
});

test('events of the largest size are handled, whatever the backlog', async () => {
  await using subgraph = await openSubgraph();
  const ids = Array.from({ length: 5000 }, (_, n) => `departure ${n}`);
  const events = Array.from({ length: 10 }, (_, n) =>
    scheduled(...ids.slice(n * 500, n * 500 + 500).map((id) => departure(id, 9))),
  );
  await subgraph.hear(...events);
  assert.equal((await subgraph.stock.available(ids)).size, 5000);
});

type Opening = Event<'departure.scheduled'>;
const orders: [what: string, capacities: (number | null)[], seats: number][] = [
  ['none, then 20', [null, 20], 20],
  ['20, then none', [20, null], 20],
  ['10, then 20', [10, 20], 10],
  ['none, 10, then 20', [null, 10, 20], 10],
  ['0, then 20', [0, 20], 0],
  ['none twice', [null, null], 150],
];

for (const [what, capacities, seats] of orders) {
  test(`the first capacity filed stands, however events are batched: ${what}`, async () => {
    const filings = capacities.map((capacity, i) => aFare({ amount: 1000 + i, capacity }));
    const eventsOf = (some: readonly Filing[]) =>
      departuresOf(some, flightId).map(({ departures }) => scheduled(...departures));
    const cuts: Record<string, Opening[][]> = {
      'one filing': [eventsOf(filings)],
      'filings that wait together': [filings.flatMap((filing) => eventsOf([filing]))],
      'filings far apart': filings.map((filing) => eventsOf([filing])),
    };
    for (const [cut, heard] of Object.entries(cuts)) {
      await using subgraph = await openSubgraph();
      for (const events of heard) await subgraph.hear(...events);
      const id = heard[0]![0]!.data.departures[0]!.id;
      assert.deepEqual(Object.fromEntries(await subgraph.stock.available([id])), { [id]: seats }, cut);
    }
  });
}

for (const [what, taken] of [
  ['held', { held: 1, available: 149 }],
  ['sold', { sold: 1, available: 149 }],
] as const) {
  test(`a capacity filed after a seat is ${what} is ignored`, async () => {
    await using subgraph = await openSubgraph();
    await subgraph.hear(scheduled(departure('a')));
    await subgraph.db.write((em) => em.nativeUpdate(Departure, { id: 'a' }, taken));
    await subgraph.hear(scheduled(departure('a', 20)));
    assert.equal((await subgraph.stock.available(['a'])).get('a'), 149);
  });
}
