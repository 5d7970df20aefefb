// Dead letters: messages that a consumer fails to process, on any bus and any database.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Bus } from '../../infra/messaging/bus.ts';
import type { Message } from '../../infra/messaging/message.ts';
import { textOf } from '../../infra/messaging/byte-text.ts';
import { type Adapter, type Database, openDatabase } from '../../infra/database/database.ts';
import { deliveryOf, type Parking } from '../../infra/dead-letters/parking.ts';
import { handleOnce } from '../../infra/database/inbox.ts';
import { type Log, openLog } from '../../infra/logging/log.ts';
import { openMetrics } from '../../infra/metrics/metrics.ts';
import { type Event, event } from '../../schema/events.ts';
import { openDeadLetters } from '../../subgraphs/operations/store/dead-letter-store.ts';
import { openParking } from '../../subgraphs/operations/store/parking-store.ts';
import { operationsTables } from '../../subgraphs/operations/store/tables.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { consume, type Worker } from '../../workers/engine/consume.ts';
import { eventually } from '../kit/eventually.ts';
import { failing } from '../kit/failing.ts';

export interface PlaceForLetters {
  name: string;
  /** An empty bus and empty databases. */
  open(): Promise<{ bus: Bus; adapter: (subgraph: string) => Adapter } & AsyncDisposable>;
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

export async function openPlace(place: PlaceForLetters) {
  const { bus: bare, adapter, ...rest } = await place.open();
  const subgraph = await openDatabase(stockTables, adapter('stock'), log);
  const db = await openDatabase(operationsTables, adapter('workers'), log);
  const letters = openDeadLetters(db, now);
  /** The bus as a separate process opens it, with its own handle on the parked messages. */
  const ofItsOwn = (): Bus => ({ ...bare, parking: openParking(async () => db, now) });
  const bus = ofItsOwn();
  const handled: number[] = [];
  const poison = new Set<number>();

  const stops: (() => Promise<void>)[] = [];

  /** A worker that applies each event once, in order, but fails on those in `poison`. */
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
        const fresh = await subgraph.write(async (em) => {
          const taken = await handleOnce(em, GROUP, events, now());
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
    ...{ bus, letters, handled, poison, work, subgraph, db, ofItsOwn, dialect: adapter('workers').dialect },
    /** Resolves once nothing is left to read and `waiting` dead letters wait. */
    quiet: async (waiting: number) => {
      await eventually(async () => (await bus.backlog(GROUP)) === 0);
      await eventually(async () => (await letters.list({ most: 100 })).length === waiting);
      return letters.list({ most: 100 });
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(stops.map((stop) => stop()));
      await bare.close();
      await db.close();
      await subgraph.close();
      await rest[Symbol.asyncDispose]();
    },
  };
}

/** A log that records error messages with their fields. */
function kept(): Log & { errors: (Record<string, unknown> & { message: string })[] } {
  const errors: (Record<string, unknown> & { message: string })[] = [];
  const keeping: Log = {
    ...log,
    error: (message, fields) => void errors.push({ message, ...fields }),
    child: () => keeping,
  };
  return Object.assign(keeping, { errors });
}

/** Makes the database refuse rows of this table that meet the condition, as a server's limit does. */
async function refuse(db: Database, dialect: Adapter['dialect'], table: string, when: string): Promise<void> {
  const how = {
    sqlite: "select raise(abort, 'refused')",
    mysql: "signal sqlstate '45000' set message_text = 'refused'",
  };
  for (const what of ['insert', 'update']) {
    const head = `create trigger refuse_${table}_${what} before ${what} on ${table} for each row`;
    const body = {
      sqlite: `when ${when} begin ${how.sqlite}; end`,
      mysql: `begin if ${when} then ${how.mysql}; end if; end`,
    };
    await db.read().getConnection().execute(`${head} ${body[dialect]}`);
  }
}

const allow = async (db: Database, table: string): Promise<void> => {
  for (const what of ['insert', 'update'])
    await db.read().getConnection().execute(`drop trigger refuse_${table}_${what}`);
};

const bytes = (...list: number[]) => textOf(Buffer.from(list));
const large = 'x'.repeat(2_000_000);
const many = Object.fromEntries(range(0, 3000).map((n) => [`header-${n}`, `${n}`]));

/** Messages that a database column cannot store as they are, or that use every part of a message. */
const unusual: Record<string, Omit<Message, 'topic'>> = {
  'a value with U+0000': { key: 'k', value: '{"a":"\u0000"}' },
  'a key with U+0000': { key: 'a\u0000b', value: '{' },
  'a value that is not UTF-8': { key: 'k', value: bytes(0x7b, 0xff, 0xfe, 0x00, 0xc3) },
  'a key that is not UTF-8': { key: bytes(0xc3, 0x28), value: '{' },
  'a value with an encoded surrogate': { key: 'k', value: bytes(0xed, 0xa0, 0x80) },
  'headers with U+0000 and no UTF-8': { key: 'k', value: '{', headers: { a: '\u0000', b: bytes(0xff), __proto: '' } },
  'three thousand headers': { key: 'k', value: '{', headers: many },
  'a value of 2 MB': { key: 'k', value: large },
  'a value of 2 MB that is not UTF-8': { key: 'k', value: `${large}${bytes(0xff)}` },
  'a key of 2 MB': { key: large, value: '{' },
  'no value': { key: 'k', value: null },
  'neither key nor value': { key: null, value: null },
  'an empty key and value': { key: '', value: '' },
  'text that looks like our own marks': { key: 'lost:1 bytes', value: 'data:;base64,AAAA' },
  'quotes and backslashes': { key: `'"\\`, value: `\\'; drop table dead_letter; -- \u2028 \u202e` },
};

/** The id of a dead letter that is marked for replay, with another behind it, while its consumer is stopped. */
async function markedMeanwhile(it: Awaited<ReturnType<typeof openPlace>>): Promise<string> {
  it.poison.add(1);
  const stop = await it.work();
  await it.bus.publish(some(1, 2));
  const [dead] = await it.quiet(2);
  await stop();
  await it.letters.replay(dead!.id, 'acc_olga');
  return dead!.id;
}

export function deadLetterContract(place: PlaceForLetters): void {
  suite(`dead letters on ${place.name}`, () => {
    test('later messages of a dead letter’s key wait behind it, and all other keys continue', async () => {
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

    test('a message that is no event also blocks its key, and one without a key blocks nothing', async () => {
      await using it = await openPlace(place);
      await it.work();
      // one by one: a failed publish to several partitions is repeated for all of them, which would dead-letter a message twice
      for (const each of [message('{'), ...some(1), message('{', null), { ...some(2)[0]!, key: null }]) {
        await it.bus.publish([each]);
      }
      await it.quiet(3);
      assert.deepEqual(it.handled, [2]);
    });

    test('a replayed dead letter is handled first, then those behind it in order, then new messages', async () => {
      await using it = await openPlace(place);
      it.poison.add(1);
      await it.work();
      await it.bus.publish(some(1, 2, 3));
      const [dead] = await it.quiet(3);
      it.poison.clear();
      assert.ok('id' in (await it.letters.replay(dead!.id, 'acc_olga')));
      await it.quiet(0);
      await it.bus.publish(some(4));
      await it.quiet(0);
      assert.deepEqual(it.handled, [1, 2, 3, 4]);
      const { state, settledBy } = (await it.letters.show(dead!.id))!;
      assert.deepEqual([state, settledBy], ['REPLAYED', 'acc_olga']);
    });

    test('a dead letter that fails again has its new cause, and those behind it still wait', async () => {
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

    test('a replay is done once, however many operators request it at once', async () => {
      await using it = await openPlace(place);
      it.poison.add(1);
      await it.work();
      await it.bus.publish(some(1));
      const [dead] = await it.quiet(1);
      it.poison.clear();
      const pressed = await Promise.all(range(0, 20).map(() => it.letters.replay(dead!.id, 'acc_olga')));
      await it.quiet(0);
      assert.equal(pressed.filter((answer) => 'id' in answer).length, 1);
      const late = await it.letters.replay(dead!.id, 'acc_olga');
      assert.equal('refused' in late && late.refused, 'SETTLED');
      assert.deepEqual(it.handled, [1]);
    });

    test('a discarded dead letter is never handled, and those behind it follow in order until one fails', async () => {
      await using it = await openPlace(place);
      it.poison.add(1).add(4);
      await it.work();
      await it.bus.publish(some(1, 2, 3, 4, 5));
      const [dead, behind] = await it.quiet(5);
      const early = await it.letters.replay(behind!.id, 'acc_olga');
      assert.equal('refused' in early && early.refused, 'WAITS_BEHIND');
      await it.letters.discard(dead!.id, 'acc_olga');
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

    test('a dead letter of a stopped consumer is handled when a version that can process it starts', async () => {
      await using it = await openPlace(place);
      await markedMeanwhile(it);
      const fixed: number[] = [];
      await it.work({ handle: async (events) => void fixed.push(...events.map((e) => e.sequence)) });
      await it.quiet(0);
      assert.deepEqual([it.handled, fixed], [[], [1, 2]]);
    });

    test('a message redelivered from an unfinished batch is parked once', async () => {
      await using it = await openPlace(place);
      it.poison.add(1);
      let unfinished = 2;
      const bus: Bus = {
        ...it.bus,
        subscribe: (subscription, handle) =>
          it.bus.subscribe(subscription, async (batch) => {
            await handle(batch);
            if (unfinished-- > 0) throw new Error('simulated crash before the batch was acknowledged');
          }),
      };
      await it.work({ bus });
      await it.bus.publish(some(1, 2));
      await eventually(() => unfinished < 0);
      assert.equal((await it.quiet(2)).length, 2);
    });

    test('while one process replays a key, messages that reach another are neither lost nor early', async () => {
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
      await it.letters.replay(dead!.id, 'acc_olga');
      await publishing;
      await it.quiet(0);
      await eventually(() => it.handled.length >= 60);
      assert.deepEqual(it.handled, range(0, 60));
    });

    test('nothing waits where the order does not matter', async () => {
      await using it = await openPlace(place);
      it.poison.add(1);
      await it.work({ mayOvertake: true });
      await it.bus.publish(some(1, 2, 3));
      await it.quiet(1);
      assert.deepEqual(it.handled, [2, 3]);
    });

    for (const [name, message] of Object.entries(unusual)) {
      test(`${name}: it is parked, later messages are handled, and its dead letter has the same bytes`, async () => {
        await using it = await openPlace(place);
        await it.work();
        await it.bus.publish([{ topic: 'departures', ...message }]);
        await it.bus.publish([sent(scheduled(1, 'BOM-LHR'))]);
        const [letter] = await it.quiet(1);
        await eventually(() => it.handled.length === 1);
        const { key, value, headers } = deliveryOf(letter!);
        assert.deepEqual({ key, value, headers }, { headers: {}, ...message });
        await it.letters.replay(letter!.id, 'an operator');
        await eventually(async () => (await it.letters.show(letter!.id))!.state === 'DEAD');
        assert.equal((await it.letters.show(letter!.id))!.cause, letter!.cause);
        assert.ok('id' in (await it.letters.discard(letter!.id, 'an operator')));
      });
    }

    test('an event with a key that no column can store is replayed, and its handler applies it', async () => {
      await using it = await openPlace(place);
      it.poison.add(1);
      await it.work();
      await it.bus.publish([{ ...sent(scheduled(1)), key: `a\0${bytes(0xff)}` }]);
      const [dead] = await it.quiet(1);
      it.poison.clear();
      await it.letters.replay(dead!.id, 'an operator');
      await it.quiet(0);
      assert.deepEqual(it.handled, [1]);
    });

    test('a dead letter without a key does not wait for another', async () => {
      await using it = await openPlace(place);
      it.poison.add(1).add(2);
      await it.work();
      for (const n of [1, 2]) await it.bus.publish([{ ...sent(scheduled(n)), key: null }]);
      await it.quiet(2);
      it.poison.clear();
      const second = (await it.letters.list({ most: 2 })).find(({ value }) => value!.includes('"sequence":2'))!;
      await it.letters.replay(second.id, 'an operator');
      await it.quiet(1);
      assert.deepEqual(it.handled, [2]);
    });

    test('anything that a handler throws is a cause', async () => {
      await using it = await openPlace(place);
      const unreadable = () => Promise.reject(Object.create(null) as Error);
      await it.work({ handle: unreadable });
      await it.bus.publish(some(1));
      assert.deepEqual(
        (await it.quiet(1)).map(({ cause }) => cause),
        ['what was thrown cannot be read'],
      );
    });

    test('a content that the database cannot store in any form is logged as lost, and its partition moves on', async () => {
      await using it = await openPlace(place);
      await refuse(it.db, it.dialect, 'dead_letter', 'length(new.value) > 1000');
      const heard = kept();
      const metrics = openMetrics(now);
      await it.work({ log: heard, bus: metrics.bus(it.ofItsOwn()) });
      await it.bus.publish([message(large, 'k')]);
      await it.bus.publish([sent(scheduled(1, 'BOM-LHR'))]);
      const [letter] = await it.quiet(1);
      await eventually(() => it.handled.length === 1);

      const sha256 = createHash('sha256').update(large).digest('hex');
      const { topic, partition, offset } = letter!;
      const said = heard.errors.find(({ message }) => message === 'the content of a message is lost')!;
      assert.ok(said['error'] instanceof Error, 'the reason of the database');
      assert.deepEqual(
        { ...said, error: undefined },
        {
          message: said.message,
          topic,
          partition,
          offset,
          key: 'k',
          bytes: large.length + 1,
          sha256,
          error: undefined,
        },
      );
      assert.match(
        await metrics.registry.metrics(),
        /^fareloom_dead_letters_lost_total\{topic="departures",group="open-departures"\} 1$/m,
      );
      await it.letters.replay(letter!.id, 'an operator');
      await eventually(async () => (await it.letters.show(letter!.id))!.state === 'DEAD');
      const { cause } = (await it.letters.show(letter!.id))!;
      assert.match(cause, new RegExp(`content of this message was lost: 2000001 bytes, sha-256 ${sha256}`));
    });

    test('a consumer that could not subscribe no longer looks for dead letters', async () => {
      await using it = await openPlace(place);
      const own = it.ofItsOwn();
      const { parking } = own;
      assert.ok(parking);
      let looks = 0;
      const due: Parking['due'] = (...which) => {
        looks++;
        return parking.due(...which);
      };
      const bus = failing({ ...own, parking: { ...parking, due } }, 'subscribe', () => true);
      await assert.rejects(it.work({ bus }), /subscribe failed/);
      const before = looks;
      it.poison.add(1);
      await it.work();
      await it.bus.publish(some(1));
      await it.quiet(1); // parking commits, which wakes everything that looks for dead letters
      assert.equal(looks, before);
    });

    test('the partition waits while the database refuses all writes, and nothing is lost', async () => {
      await using it = await openPlace(place);
      for (const table of ['dead_letter', 'lease']) await refuse(it.db, it.dialect, table, '1 = 1');
      const heard = kept();
      const own = it.ofItsOwn();
      let refused = 0;
      const park: Parking['park'] = (...letters) =>
        own.parking!.park(...letters).catch((error: unknown) => {
          refused++;
          throw error;
        });
      await it.work({ log: heard, bus: { ...own, parking: { ...own.parking!, park } } });
      await it.bus.publish([message('{')]);
      await eventually(() => refused > 1); // the message was redelivered
      assert.deepEqual(await it.letters.list({ most: 9 }), []);
      for (const table of ['dead_letter', 'lease']) await allow(it.db, table);
      const [letter] = await it.quiet(1);
      assert.equal(letter!.value, '{');
      assert.ok(!heard.errors.some(({ message }) => message.includes('lost')));
    });
  });
}
