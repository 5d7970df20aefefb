// What becomes of messages that a consumer cannot take in, on any bus and any database.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Bus, Message } from '../../infra/bus.ts';
import { type Adapter, openDatabase } from '../../infra/database.ts';
import { openLetters } from '../../infra/dead-letters/letters.ts';
import { openParking } from '../../infra/dead-letters/parking.ts';
import { deadLetterTables } from '../../infra/dead-letters/tables.ts';
import { takeIn } from '../../infra/inbox.ts';
import { openLog } from '../../infra/log.ts';
import { type Event, event } from '../../schema/events.ts';
import { stockTables } from '../../subgraphs/stock/tables.ts';
import { consume, type Worker } from '../../workers/consume.ts';
import { eventually } from '../eventually.ts';

export interface PlaceForLetters {
  name: string;
  /** A bus and databases with nothing in them. */
  open(): Promise<{ bus: Bus; adapter: (room: string) => Adapter } & AsyncDisposable>;
}

export const log = openLog({ level: 'off', json: true });
const now = () => new Date('2026-03-24T10:00:00Z');
const GROUP = 'open-departures';

type Opening = Event<'departure.scheduled'>;

const scheduled = (sequence: number, subject = 'DEL-BLR'): Opening =>
  event(
    'departure.scheduled',
    { source: 'fare', subject, sequence, now: now() },
    {
      departures: [
        {
          ...{ id: `${subject} ${sequence}`, carrier: 'AI', flightNumber: null, origin: 'DEL', destination: 'BLR' },
          ...{ departs: '2026-03-24T22:20', cabin: 'ECONOMY', capacity: null },
        },
      ],
    },
  );

const message = (value: string, key: string | null = 'DEL-BLR'): Message => ({ topic: 'departures', key, value });
const sent = (event: Opening) => message(JSON.stringify(event), event.subject);
const some = (...sequences: number[]) => sequences.map((n) => sent(scheduled(n)));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

async function openPlace(place: PlaceForLetters) {
  const { bus: bare, adapter, ...rest } = await place.open();
  const room = await openDatabase(stockTables, adapter('stock'), log);
  const db = await openDatabase(deadLetterTables, adapter('workers'), log);
  const letters = openLetters(async () => db, now);
  /** The bus as a process of its own has it: with a hold on the parking that no other has. */
  const ofItsOwn = (): Bus => ({ ...bare, parking: openParking(async () => db, now) });
  const bus = ofItsOwn();
  const handled: number[] = [];
  const poison = new Set<number>();

  const stops: (() => Promise<void>)[] = [];

  /** A worker that takes each event in once, in order, but dies of those in `poison`. */
  async function work(how: Partial<Worker<'departure.scheduled'>> = {}) {
    const stop = await consume<'departure.scheduled'>({
      ...{
        bus: ofItsOwn(),
        log,
        name: GROUP,
        on: ['departure.scheduled'],
        batch: { max: 10, linger: 0 },
        retryAfter: [1],
      },
      async handle(events) {
        const fresh = await room.write(async (em) => {
          const taken = await takeIn(em, GROUP, events, now());
          const bad = taken.find(({ sequence }) => poison.has(sequence));
          if (bad) throw new TypeError(`cannot open ${bad.sequence}`);
          return taken;
        });
        handled.push(...fresh.map(({ sequence }) => sequence));
      },
      ...how,
    });
    stops.push(stop);
    return stop;
  }
  return {
    ...{ bus, letters, handled, poison, work, room },
    /** Resolves once nothing is left to read and `open` letters wait. */
    quiet: async (waiting: number) => {
      await eventually(async () => (await bus.backlog(GROUP)) === 0);
      await eventually(async () => (await letters.list({ most: 100 })).length === waiting);
      return letters.list({ most: 100 });
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(stops.map((stop) => stop()));
      await bare.close();
      await db.close();
      await room.close();
      await rest[Symbol.asyncDispose]();
    },
  };
}

/** The id of a letter that is marked for replay, with another behind it, while its consumer does not run. */
async function markedMeanwhile(it: Awaited<ReturnType<typeof openPlace>>): Promise<string> {
  it.poison.add(1);
  const stop = await it.work();
  await it.bus.publish(some(1, 2));
  const [dead] = await it.quiet(2);
  await stop();
  await it.letters.replay(dead!.id, 'somebody');
  return dead!.id;
}

export function deadLetterContract(place: PlaceForLetters): void {
  suite(`dead letters on ${place.name}`, () => {
    test('what comes later of a dead letter’s key waits behind it, and all other keys go on', async () => {
      await using it = await openPlace(place);
      it.poison.add(2);
      await it.work();
      await it.bus.publish(some(1, 2, 3));
      await it.quiet(2);
      await it.bus.publish([...some(4), sent(scheduled(5, 'BOM-LHR'))]);
      const waiting = await it.quiet(3);
      assert.deepEqual(it.handled, [1, 5]);
      assert.deepEqual(
        waiting.map(({ consumer, topic, key, state, cause }) => [consumer, topic, key, state, cause]),
        [
          [GROUP, 'departures', 'DEL-BLR', 'DEAD', 'TypeError: cannot open 2'],
          [GROUP, 'departures', 'DEL-BLR', 'BEHIND', 'waits behind an earlier message of its key'],
          [GROUP, 'departures', 'DEL-BLR', 'BEHIND', 'waits behind an earlier message of its key'],
        ],
      );
    });

    test('a message that is no event holds up its key, too, and one without a key nothing', async () => {
      await using it = await openPlace(place);
      await it.work();
      // one by one: a publish to several partitions that fails on one is sent again to all, and a poison twice is two letters
      for (const each of [message('{'), ...some(1), message('{', null), { ...some(2)[0]!, key: null }]) {
        await it.bus.publish([each]);
      }
      await it.quiet(3);
      assert.deepEqual(it.handled, [2]);
    });

    test('a replayed letter is handled, then those behind it in order, then what comes', async () => {
      await using it = await openPlace(place);
      it.poison.add(1);
      await it.work();
      await it.bus.publish(some(1, 2, 3));
      const [dead] = await it.quiet(3);
      it.poison.clear();
      assert.ok('id' in (await it.letters.replay(dead!.id, 'somebody')));
      await it.quiet(0);
      await it.bus.publish(some(4));
      await it.quiet(0);
      assert.deepEqual(it.handled, [1, 2, 3, 4]);
      const { state, settledBy } = (await it.letters.show(dead!.id))!;
      assert.deepEqual([state, settledBy], ['REPLAYED', 'somebody']);
    });

    test('a letter that dies again has its new cause, and those behind it still wait', async () => {
      await using it = await openPlace(place);
      const dead = await markedMeanwhile(it);
      const handle = () => Promise.reject(new Error('still not'));
      await it.work({ handle });
      await eventually(async () => (await it.letters.show(dead))!.state === 'DEAD');
      assert.deepEqual(
        (await it.quiet(2)).map(({ state, cause }) => [state, cause.slice(0, 16)]),
        [
          ['DEAD', 'Error: still not'],
          ['BEHIND', 'waits behind an '],
        ],
      );
    });

    test('a replay is done once, however many press at once', async () => {
      await using it = await openPlace(place);
      it.poison.add(1);
      await it.work();
      await it.bus.publish(some(1));
      const [dead] = await it.quiet(1);
      it.poison.clear();
      const pressed = await Promise.all(range(0, 20).map(() => it.letters.replay(dead!.id, 'somebody')));
      await it.quiet(0);
      assert.equal(pressed.filter((answer) => 'id' in answer).length, 1);
      const late = await it.letters.replay(dead!.id, 'somebody');
      assert.equal('refused' in late && late.refused, 'SETTLED');
      assert.deepEqual(it.handled, [1]);
    });

    test('a discarded letter is never handled, and those behind it follow in order until one dies', async () => {
      await using it = await openPlace(place);
      it.poison.add(1).add(4);
      await it.work();
      await it.bus.publish(some(1, 2, 3, 4, 5));
      const [dead, behind] = await it.quiet(5);
      const early = await it.letters.replay(behind!.id, 'somebody');
      assert.equal('refused' in early && early.refused, 'WAITS_BEHIND');
      await it.letters.discard(dead!.id, 'somebody');
      await eventually(async () => {
        const waiting = await it.letters.list({ most: 9 });
        assert.deepEqual(
          waiting.map(({ state, cause }) => [state, cause.slice(0, 24)]),
          [
            ['DEAD', 'TypeError: cannot open 4'],
            ['BEHIND', 'waits behind an earlier '],
          ],
        );
      });
      assert.deepEqual(it.handled, [2, 3]);
    });

    test('a letter whose consumer does not run is handled when it starts, by a version that can', async () => {
      await using it = await openPlace(place);
      await markedMeanwhile(it);
      const fixed: number[] = [];
      await it.work({ handle: async (events) => void fixed.push(...events.map((e) => e.sequence)) });
      await it.quiet(0);
      assert.deepEqual([it.handled, fixed], [[], [1, 2]]);
    });

    test('a message that comes again because its batch was not finished is parked once', async () => {
      await using it = await openPlace(place);
      it.poison.add(1);
      let unfinished = 2;
      const bus: Bus = {
        ...it.bus,
        subscribe: (subscription, handle) =>
          it.bus.subscribe(subscription, async (batch) => {
            await handle(batch);
            if (unfinished-- > 0) throw new Error('as if it had died before it said that it had finished');
          }),
      };
      await it.work({ bus });
      await it.bus.publish(some(1, 2));
      await eventually(() => unfinished < 0);
      assert.equal((await it.quiet(2)).length, 2);
    });

    test('while a lane is cleared by one process what arrives in another is neither lost nor early', async () => {
      await using it = await openPlace(place);
      it.poison.add(0);
      for (const _ of range(0, 2)) await it.work({ batch: { max: 3, linger: 0 } });
      await it.bus.publish(some(0, 1, 2));
      const [dead] = await it.quiet(3);
      it.poison.clear();
      const publishing = (async () => {
        for (const n of range(3, 60)) {
          await it.bus.publish(some(n));
          await othersTurn();
        }
      })();
      await it.letters.replay(dead!.id, 'somebody');
      await publishing;
      await it.quiet(0);
      await eventually(() => it.handled.length >= 60);
      assert.deepEqual(it.handled, range(0, 60));
    });

    test('where the order does not matter nothing waits', async () => {
      await using it = await openPlace(place);
      it.poison.add(1);
      await it.work({ mayOvertake: true });
      await it.bus.publish(some(1, 2, 3));
      await it.quiet(1);
      assert.deepEqual(it.handled, [2, 3]);
    });
  });
}
