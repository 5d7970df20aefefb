// A process killed at any failpoint of any worker restarts, and completes its interrupted work exactly once.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Message } from '../../infra/messaging/message.ts';
import type { Parking } from '../../infra/dead-letters/parking.ts';
import { backlog } from '../../infra/database/outbox.ts';
import { Departure } from '../../subgraphs/stock/store/tables.ts';
import { eventually } from '../kit/eventually.ts';
import { aFare, openWorld, type World } from '../kit/world.ts';

/** Runs the system in its own process until its failpoint kills it. */
async function die(folder: string, at: string, ...what: string[]): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'failpoint.ts'), folder, ...what], {
    env: { ...process.env, FAILPOINT: at },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (text) => (err += String(text)));
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL'], `${at}: ${err}`);
}

async function quiet({ stores, wiring: { bus } }: World): Promise<void> {
  const { db } = await stores.fare();
  const { deadLetters } = await stores.operations();
  await eventually(async () => (await backlog(db.read())) === 0);
  for (const group of ['rebuild-fares', 'open-departures']) {
    await eventually(async () => (await bus.backlog(group)) === 0);
  }
  await eventually(async () => (await deadLetters.list({ most: 1 })).length === 0);
}

const SHOPPING = `{ shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) {
  price { total { amount } } offers { edges { node { seatsLeft } } } } }`;

/** The state when the system is idle: the price, the seats left, and the number of opened departures. */
async function found(world: World) {
  await quiet(world);
  const { data } = await world.graph<{
    shopping: { price: { total: object } | null; offers: { edges: { node: object }[] } };
  }>(SHOPPING);
  const opened = await (await world.stores.stock()).db.read().count(Departure);
  const { price, offers } = data.shopping;
  return { price: price && { ...price.total }, offers: offers.edges.map(({ node }) => ({ ...node })), opened };
}

const ALL = { price: { amount: '3897.00' }, offers: [{ seatsLeft: 5 }], opened: 1 };
const NOTHING = { price: null, offers: [], opened: 0 };

const places: [at: string, ends: typeof ALL | typeof NOTHING][] = [
  ['import-fares:before-commit', NOTHING],
  ['import-fares:after-commit', ALL],
  ['relay-outbox:after-publish', ALL],
  ['relay-outbox:before-commit:2', ALL], // the first takes the lease
  ['open-departures:before-commit', ALL],
  ['open-departures:after-commit', ALL],
  ['open-departures:after-effect', ALL],
  ['rebuild-fares:after-effect', ALL],
];

for (const [at, ends] of places) {
  test(`killed at ${at}, the system restarts with ${ends === ALL ? 'all effects, exactly once' : 'no effect'}`, async () => {
    await using dir = await mkdtempDisposable(join(tmpdir(), 'fareloom-'));
    await die(dir.path, at, 'file');
    await using world = await openWorld({ folder: dir.path });
    assert.deepEqual(await found(world), ends);
  });
}

/** Leaves a fare whose departures are a dead letter of the stock subgraph, marked for replay. */
async function leaveMarked(folder: string): Promise<void> {
  let parking: Parking | undefined;
  const departures: Message[] = [];
  await using world = await openWorld({
    folder,
    bus: ({ parking: shipped, ...bus }) => {
      parking = shipped!;
      return {
        ...bus,
        publish: async (messages) => void departures.push(...messages.filter(({ topic }) => topic === 'departures')),
        subscribe: async () => async () => undefined,
      };
    },
  });
  await world.file([aFare({ capacity: 5 })]);
  await eventually(() => departures.length === 1);
  const delivery = { ...departures[0]!, headers: {}, partition: 0, offset: '1' };
  await parking!.park('open-departures', [{ delivery, cause: 'as the test wants it' }]);
  const { deadLetters } = await world.stores.operations();
  await deadLetters.replay((await deadLetters.list({ most: 1 }))[0]!.id, 'acc_olga');
}

// the first two commits are those of the lease, the third is the handler's own, the fourth ends the replay
for (const at of ['before-commit:3', 'after-commit:3', 'after-effect', 'before-commit:4']) {
  test(`killed at open-departures:${at} in a replay, the dead letter is handled once`, async () => {
    await using dir = await mkdtempDisposable(join(tmpdir(), 'fareloom-'));
    await leaveMarked(dir.path);
    await die(dir.path, `open-departures:${at}`);
    await using world = await openWorld({ folder: dir.path });
    const { offers, opened } = await found(world);
    assert.deepEqual({ offers, opened }, { offers: ALL.offers, opened: 1 });
  });
}
