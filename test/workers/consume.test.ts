// The promises of consume.ts to every worker: typed events in batches, retries, dead letters, graceful shutdown.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { openEmbeddedBus } from '../../infra/messaging/bus.embedded.ts';
import type { Bus } from '../../infra/messaging/bus.ts';
import type { Delivery, Message } from '../../infra/messaging/message.ts';
import { openClock } from '../../infra/process/clock.ts';
import { openLog } from '../../infra/logging/log.ts';
import { type Event, event, topics } from '../../schema/events.ts';
import { consume, type Worker } from '../../workers/engine/consume.ts';
import { eventually } from '../kit/eventually.ts';
import { failing, times } from '../kit/failing.ts';

const log = openLog({ level: 'off', json: true });
const now = new Date('2026-03-24T10:00:00Z');
const days = { origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY', currency: 'INR', dates: ['2026-03-24'] } as const;

const changed = (sequence: number, subject = 'DEL-BLR') =>
  event('fare.changed', { source: 'fare', subject, sequence, now }, { ...days, dates: [...days.dates] });

const task = (sequence: number) =>
  event('fare.rebuild', { source: 'fare', subject: 'DEL-BLR', sequence, now }, { ...days, dates: [...days.dates] });

const fares = (value: string | null, key: string | null = 'DEL-BLR'): Message => ({ topic: 'fares', key, value });
const sent = (event: Event): Message => fares(JSON.stringify(event), event.subject);

function openBus(): Bus & AsyncDisposable {
  const bus = openEmbeddedBus(':memory:', topics, openClock().now, log);
  return { ...bus, [Symbol.asyncDispose]: () => bus.close() };
}

type Fares = 'fare.changed' | 'fare.rebuild';

/** A worker that records its batches of up to ten events and has short pauses between attempts. */
async function worker(bus: Bus, how: Partial<Worker<Fares>> = {}) {
  const tries: number[][] = [];
  const handled: number[] = [];
  const stop = await consume<Fares>({
    bus,
    log,
    name: 'rebuild-fares',
    on: ['fare.changed'],
    batch: { max: 10, linger: 0 },
    retryAfter: [1, 2],
    ...how,
    async handle(events) {
      const sequences = events.map(({ sequence }) => sequence);
      tries.push(sequences);
      await how.handle?.(events);
      handled.push(...sequences);
    },
  });
  return { tries, handled, stop };
}

/** Throws when one of these is among the events. */
const refusing = (...poison: number[]) =>
  async function (events: readonly Event[]) {
    const bad = events.find(({ sequence }) => poison.includes(sequence));
    if (bad) throw new TypeError(`cannot read ${bad.sequence}`);
  };

/** Every message that was copied to the dead letters of `fares`. */
async function deadLetters(bus: Bus): Promise<Delivery[]> {
  const dead: Delivery[] = [];
  await bus.subscribe({ group: 'undertaker', topics: ['fares.dlt'], max: 10, linger: 0 }, async (batch) => {
    dead.push(...batch);
  });
  return dead;
}

/** Resolves once the worker has finished every message and all dead letters are published. */
async function finished(bus: Bus): Promise<void> {
  await eventually(async () => (await bus.backlog('rebuild-fares')) === 0);
  await eventually(async () => (await bus.backlog('undertaker')) === 0);
}

suite('a worker receives', () => {
  test('the events of its types, parsed, in order, in batches up to the size it sets', async () => {
    await using bus = openBus();
    await bus.publish([1, 2, 3, 4, 5].map((n) => sent(changed(n))));
    const { tries } = await worker(bus, { batch: { max: 2, linger: 0 } });
    await finished(bus);
    assert.deepEqual(tries, [[1, 2], [3, 4], [5]]);
  });

  test('one event at a time by default', async () => {
    await using bus = openBus();
    const seen: Event<'fare.changed'>[][] = [];
    const events = [changed(1), changed(2)];
    await bus.publish(events.map(sent));
    const handle = async (batch: readonly Event<'fare.changed'>[]) => void seen.push([...batch]);
    await consume({ bus, log, name: 'rebuild-fares', on: ['fare.changed'], handle });
    await finished(bus);
    assert.deepEqual(seen, [[events[0]], [events[1]]]);
  });

  test('events of several topics', async () => {
    await using bus = openBus();
    const { handled } = await worker(bus, { on: ['fare.changed', 'fare.rebuild'] });
    await bus.publish([sent(changed(1)), { ...sent(task(2)), topic: 'fare-tasks' }]);
    await finished(bus);
    assert.deepEqual(handled.sort(), [1, 2]);
  });

  test('no other types on its topics, and these are no dead letters either', async () => {
    await using bus = openBus();
    const dead = await deadLetters(bus);
    await bus.publish([sent(task(1)), sent(changed(2)), sent(task(3))]);
    const { tries } = await worker(bus);
    await finished(bus);
    assert.deepEqual([tries, dead], [[[2]], []]);
  });
});

suite('a message that is no event', () => {
  const unfit: Record<string, [string | null, RegExp]> = {
    'bad JSON': ['{"specversion":', /not JSON/],
    'no value': [null, /not JSON/],
    'an empty value': ['', /not JSON/],
    'JSON that is no object': ['null', /not an event/],
    'an unknown type': [JSON.stringify({ ...changed(1), type: 'fare.vanished' }), /not an event[^]*type/],
    'a version of its payload that is unknown': [JSON.stringify({ ...changed(1), schemaversion: 2 }), /version 2/],
    'a bad payload': [
      JSON.stringify({ ...changed(1), data: { ...days, dates: ['soon'] } }),
      /bad fare.changed[^]*dates/,
    ],
    'a payload polluted with __proto__': ['{"__proto__":{"type":"fare.changed"}}', /not an event/],
  };

  for (const [what, [value, cause]] of Object.entries(unfit)) {
    test(`becomes a dead letter unchanged, with its cause, and the others are handled: ${what}`, async () => {
      await using bus = openBus();
      const dead = await deadLetters(bus);
      const { tries } = await worker(bus);
      const message = { ...fares(value), headers: { traceparent: '00-1' } };
      await bus.publish([sent(changed(7)), message, sent(changed(8))]);
      await finished(bus);
      assert.equal(dead.length, 1);
      assert.deepEqual(tries, [[7, 8]]);
      const { 'dlt-cause': why, ...headers } = dead[0]!.headers;
      assert.deepEqual([dead[0]!.key, dead[0]!.value], ['DEL-BLR', value]);
      assert.match(why!, cause);
      const [partition, offset] = [headers['dlt-partition'], headers['dlt-offset']];
      assert.ok(Number(partition) >= 0 && Number(offset) > 0);
      const from = { 'dlt-topic': 'fares', 'dlt-partition': partition, 'dlt-offset': offset };
      assert.deepEqual(headers, { traceparent: '00-1', 'dlt-group': 'rebuild-fares', ...from });
    });
  }

  test('has a cause of limited length', async () => {
    await using bus = openBus();
    const dead = await deadLetters(bus);
    await worker(bus);
    const dates = Array.from({ length: 500 }, () => 'soon');
    await bus.publish([fares(JSON.stringify({ ...changed(1), data: { ...days, dates } }))]);
    await eventually(() => dead.length === 1);
    assert.ok(dead[0]!.headers['dlt-cause']!.length <= 1000);
  });

  test('may lack a key', async () => {
    await using bus = openBus();
    const dead = await deadLetters(bus);
    await worker(bus);
    await bus.publish([fares(null, null)]);
    await eventually(() => dead.length === 1);
    assert.deepEqual([dead[0]!.key, dead[0]!.value], [null, null]);
  });
});

suite('a handler that throws', () => {
  test('receives the same events again, and a successful retry makes no dead letter', async () => {
    await using bus = openBus();
    const dead = await deadLetters(bus);
    const fails = times(2);
    await bus.publish([sent(changed(1)), sent(changed(2))]);
    const { tries } = await worker(bus, {
      handle: async () => {
        if (fails()) throw new Error('busy');
      },
    });
    await finished(bus);
    assert.deepEqual(
      [tries, dead],
      [
        [
          [1, 2],
          [1, 2],
          [1, 2],
        ],
        [],
      ],
    );
  });

  test('gives up a single failing event after its attempts, and the partition moves on', async () => {
    await using bus = openBus();
    const dead = await deadLetters(bus);
    const { tries, handled } = await worker(bus, { batch: { max: 1, linger: 0 }, handle: refusing(1) });
    await bus.publish([sent(changed(1)), sent(changed(2))]);
    await finished(bus);
    assert.equal(dead.length, 1);
    assert.deepEqual([tries, handled], [[[1], [1], [1], [2]], [2]]);
    assert.equal(dead[0]!.headers['dlt-cause'], 'TypeError: cannot read 1');
  });

  test('is retried with one event at a time to find the failing one in a batch: all others are handled, in order', async () => {
    await using bus = openBus();
    const dead = await deadLetters(bus);
    await bus.publish([1, 2, 3, 4, 5].map((n) => sent(changed(n))));
    const { handled, tries } = await worker(bus, { handle: refusing(2, 4) });
    await bus.publish([sent(changed(6))]);
    await finished(bus);
    assert.equal(dead.length, 2);
    assert.deepEqual(handled, [1, 3, 5, 6]);
    assert.deepEqual(tries.slice(0, 3), [
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5],
    ]);
    assert.deepEqual(
      dead.map(({ value }) => (JSON.parse(value!) as Event).sequence),
      [2, 4],
    );
  });

  test('may throw anything, even synchronously and even a value that is no Error', async () => {
    await using bus = openBus();
    const dead = await deadLetters(bus);
    const handle = () => {
      throw 'a text'; // eslint-disable-line @typescript-eslint/only-throw-error
    };
    await worker(bus, { handle });
    await bus.publish([sent(changed(1))]);
    await eventually(() => dead.length === 1);
    assert.equal(dead[0]!.headers['dlt-cause'], 'a text');
  });

  for (const code of ['ECONNREFUSED', 'EHOSTUNREACH']) {
    test(`because its store is unavailable (${code}) makes no dead letters: the batch comes again until the store is back`, async () => {
      await using bus = openBus();
      const dead = await deadLetters(bus);
      const away = times(8);
      const handle = async () => {
        const cause = Object.assign(new Error('no way there'), { code });
        if (away()) throw new Error('no answer', { cause });
      };
      await bus.publish([sent(changed(1)), fares('no event'), sent(changed(2))]);
      const { handled } = await worker(bus, { handle });
      await finished(bus);
      assert.deepEqual([handled, dead.map(({ value }) => value)], [[1, 2], ['no event']]);
    });
  }

  test('does not lose a message whose dead letter cannot be published: the batch comes again', async () => {
    await using bus = openBus();
    const dead = await deadLetters(bus);
    await bus.publish([sent(changed(1)), fares('no event'), sent(changed(2))]);
    const { handled } = await worker(failing(bus, 'publish', times(2)));
    await finished(bus);
    assert.equal(dead.length, 1);
    assert.deepEqual(handled, [1, 2, 1, 2, 1, 2]);
  });
});

suite('stopping', () => {
  test('waits for the batch in hand, which does not come again', async () => {
    await using bus = openBus();
    const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const handle = () => {
      reached.resolve();
      return released.promise;
    };
    const first = await worker(bus, { batch: { max: 1, linger: 0 }, handle });
    await bus.publish([sent(changed(1)), sent(changed(2))]);
    await reached.promise;
    const stopped = first.stop();
    released.resolve();
    await stopped;
    assert.deepEqual(first.handled, [1]);
    const second = await worker(bus);
    await finished(bus);
    assert.deepEqual(second.handled, [2]);
  });

  test('handles what is being gathered first, at once', async () => {
    await using bus = openBus();
    const { tries, stop } = await worker(bus, { batch: { max: 100, linger: 3_600_000 } });
    await bus.publish([sent(changed(1)), sent(changed(2))]);
    await othersTurn(); // now it gathers
    assert.deepEqual(tries, []);
    await stop();
    assert.deepEqual(tries, [[1, 2]]);
    assert.equal(await bus.backlog('rebuild-fares'), 0);
  });

  test('does not wait for a pause between two tries: that batch is left for the next start', async () => {
    await using bus = openBus();
    const dead = await deadLetters(bus);
    const first = await worker(bus, { handle: refusing(1), retryAfter: [3_600_000] });
    await bus.publish([sent(changed(1))]);
    await eventually(() => first.tries.length === 1);
    await first.stop();
    const second = await worker(bus);
    await finished(bus);
    assert.deepEqual([first.tries, second.handled, dead], [[[1]], [1], []]);
  });
});
