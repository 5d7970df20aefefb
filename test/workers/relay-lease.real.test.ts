// Relays in several processes on one database server: they keep the order, and publish to an idle outbox at once.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openEmbeddedBus } from '../../infra/messaging/bus.embedded.ts';
import { openClock } from '../../infra/process/clock.ts';
import { mysql } from '../../infra/database/database.mysql.ts';
import { type Database, openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { announce, backlog } from '../../infra/database/outbox.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { event, parseEvent, topics } from '../../schema/events.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { startRelayOutbox } from '../../workers/engine/relay.ts';
import { eventually } from '../kit/eventually.ts';

const services = await openServices(['mariadb']);
after(() => services[Symbol.asyncDispose]());

const log = openLog({ level: 'off', json: true });
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

const changed = (sequence: number) =>
  event(
    'fare.changed',
    { source: 'fare', subject: 'DEL-BLR', sequence, now: new Date('2026-03-24T10:00:00Z') },
    { origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY', currency: 'INR', dates: ['2026-03-24'] },
  );

/** A subgraph whose database each process reaches through its own connections, and a bus that records arrivals and their time. */
async function openSubgraph(name: string, processes: number) {
  const url = new URL(services.mariadb.url);
  url.pathname = `/${name}`;
  await (await openDatabase(stockTables, mysql(url.href, 'stock', 'now'), log)).close();
  const open = () => openDatabase(stockTables, mysql(url.href, 'stock'), log);
  const dbs = await Promise.all(Array.from({ length: processes }, open));
  const bus = openEmbeddedBus(':memory:', topics, openClock().now, log);
  const arrived: { sequence: number; at: number }[] = [];
  await bus.subscribe({ group: 'g', topics: ['fares'], max: 100, linger: 0 }, async (batch) => {
    for (const { value } of batch) arrived.push({ sequence: parseEvent(value!).sequence, at: performance.now() });
  });
  const stops: (() => Promise<void>)[] = [];
  return {
    dbs: dbs as [Database, ...Database[]],
    arrived,
    relay: async (db: Database) => void stops.push(await startRelayOutbox({ db, bus, log, database: 'stock' })),
    async [Symbol.asyncDispose]() {
      for (const stop of stops) await stop();
      await bus.close();
      for (const db of dbs) await db.close();
    },
  };
}

const say = (db: Database, sequences: readonly number[]) => db.write((em) => announce(em, sequences.map(changed)));

test('three processes that commit and relay at the same time publish every event once and in order', async () => {
  await using subgraph = await openSubgraph('order', 3);
  for (const db of subgraph.dbs) await subgraph.relay(db);
  for (const n of range(0, 200)) await say(subgraph.dbs[n % 3]!, range(n * 3, n * 3 + 3));
  await eventually(async () => (await backlog(subgraph.dbs[0].read())) === 0 && subgraph.arrived.length >= 600);
  assert.deepEqual(
    subgraph.arrived.map(({ sequence }) => sequence),
    range(0, 600),
  );
});

test('an event committed to an idle outbox is published within 100 ms, whichever of two processes committed it', async (t) => {
  await using subgraph = await openSubgraph('latency', 2);
  for (const db of subgraph.dbs) await subgraph.relay(db);
  const took: number[] = [];
  for (const n of range(0, 40)) {
    await say(subgraph.dbs[n % 2]!, [n]);
    const committed = performance.now();
    await eventually(() => subgraph.arrived.length === n + 1);
    took.push(subgraph.arrived[n]!.at - committed);
  }
  took.sort((a, b) => a - b);
  t.diagnostic(`commit to publish: median ${took[20]!.toFixed(1)} ms, slowest ${took[39]!.toFixed(1)} ms`);
  assert.ok(took[20]! < 100);
});
