// The fare room's store: how many statements it takes, and what it announces.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlite } from '../../infra/database.sqlite.ts';
import { openDatabase } from '../../infra/database.ts';
import { openLog } from '../../infra/log.ts';
import { waiting } from '../../infra/outbox.ts';
import { openFares } from '../../subgraphs/fare/store.ts';
import { fareTables } from '../../subgraphs/fare/tables.ts';
import { aFare } from '../world.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

/** An empty fare room that keeps the statements it was sent. */
async function openRoom() {
  const statements: string[] = [];
  const log = openLog({ level: 'off', json: true });
  const db = await openDatabase(fareTables, sqlite(':memory:'), log, (_, sql) => statements.push(sql));
  /** The statements that this work sends. */
  async function counted(work: () => Promise<unknown>): Promise<string[]> {
    statements.length = 0;
    await work();
    return [...statements];
  }
  return { db, fares: openFares(db), counted, [Symbol.asyncDispose]: () => db.close() };
}

const AIRPORTS = ['DEL', 'BLR', 'BOM', 'CCU', 'COK', 'HYD', 'MAA', 'GOI', 'PNQ', 'AMD', 'JAI', 'LKO'];
const ROUTES = AIRPORTS.flatMap((origin) =>
  AIRPORTS.filter((destination) => destination !== origin).map((destination) => ({ origin, destination })),
);

test('a batch over many routes takes no more statements than one over a few', async () => {
  const batch = (routes: number, amount: number) =>
    Array.from({ length: 528 }, (_, i) =>
      aFare({ ...ROUTES[i % routes]!, flightNumber: `${1 + i}`, fareBasis: 'YFLEX', amount }),
    );
  const taken = async (routes: number) => {
    await using room = await openRoom();
    const filing = async (amount: number) =>
      (await room.counted(() => room.fares.file(batch(routes, amount), NOW))).length;
    return { fresh: await filing(1000), changed: await filing(2000), duplicate: await filing(2000) };
  };
  const few = await taken(2);
  assert.deepEqual(await taken(132), few);
  assert.ok(few.fresh < 15 && few.changed < 20 && few.duplicate < 10, JSON.stringify(few));
});

test('every route that a batch touches gets its next revision, and its events carry it', async () => {
  await using room = await openRoom();
  const [there, back] = [aFare(), aFare({ origin: 'BLR', destination: 'DEL' })];
  await room.fares.file([there], NOW);
  await room.fares.file([back, { ...there, amount: 1 }, there], NOW);
  assert.deepEqual(Object.fromEntries(await room.fares.revisions(['DEL-BLR', 'BLR-DEL', 'DEL-BOM'])), {
    'DEL-BLR': 2,
    'BLR-DEL': 1,
    'DEL-BOM': 0,
  });
  const events = (await waiting(room.db.read(), 100)).map(({ event }) => `${event.subject} ${event.sequence}`);
  assert.deepEqual(events.sort(), ['BLR-DEL 1', 'BLR-DEL 1', 'DEL-BLR 1', 'DEL-BLR 1', 'DEL-BLR 2', 'DEL-BLR 2']);
});

test('a fare that was filed without a capacity takes over the first one, once, and announces its departure again', async () => {
  await using room = await openRoom();
  const capacities = async () =>
    (await waiting(room.db.read(), 100)).flatMap(({ event }) =>
      event.type === 'departure.scheduled'
        ? (event.data as { departures: { capacity: number | null }[] }).departures.map(({ capacity }) => capacity)
        : [],
    );
  await room.fares.file([aFare()], NOW);
  assert.deepEqual(await room.fares.file([aFare({ capacity: 20 })], NOW), { imported: 0, updated: 1, duplicates: 0 });
  assert.deepEqual(await capacities(), [null, 20]);
  for (const again of [aFare({ capacity: 20 }), aFare({ capacity: 30 }), aFare()]) {
    assert.deepEqual(await room.fares.file([again], NOW), { imported: 0, updated: 0, duplicates: 1 });
  }
  assert.deepEqual(await capacities(), [null, 20]);
});
