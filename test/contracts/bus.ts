// The promises of every bus adapter.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import { setImmediate as othersTurn, setTimeout as wait } from 'node:timers/promises';
import type { Bus, Subscription } from '../../infra/messaging/bus.ts';
import type { Delivery, Message } from '../../infra/messaging/message.ts';
import { type Clock, openClock } from '../../infra/process/clock.ts';
import { openLog } from '../../infra/logging/log.ts';
import { eventually } from '../kit/eventually.ts';

export interface BusUnderTest {
  name: string;
  /** An empty location where a bus can be opened, closed and opened again; removed after the test. */
  place(): Promise<{ url: string } & AsyncDisposable>;
  open(url: string, now: Clock): Promise<Bus>;
  features: {
    /** The condition of retention: messages that a group has not finished are kept, or only age counts. */
    forgets: 'what every group finished' | 'what is old';
    /** Whether a publish is one transaction, or may leave some of its messages when it fails midway. */
    publishes: 'all or none' | 'at least none that cannot be encoded';
    /** How often a message is delivered while members join and leave without a crash. */
    rebalances: 'exactly once' | 'at least once';
  };
}

const HOUR = 3_600_000;
export const topics = {
  trips: { partitions: 4, retention: HOUR },
  visits: { partitions: 2, retention: HOUR },
};
export const log = openLog({ level: 'off', json: true });

export const trip = (key: string | null, value: string | null): Message => ({ topic: 'trips', key, value });

/** Messages that cycle through `keys` keys, with a counter as their value. */
export const trips = (from: number, to: number, keys = 10) =>
  Array.from({ length: to - from }, (_, n) => trip(`key ${(from + n) % keys}`, String(from + n)));

export const numbers = (deliveries: readonly Delivery[]) => deliveries.map(({ value }) => Number(value));
export const ascending = (list: readonly number[]) => list.toSorted((a, b) => a - b);
export const range = (to: number) => Array.from({ length: to }, (_, n) => n);

/** A member of a group that records its batches and then runs `then`. */
export async function member(
  bus: Bus,
  group: string,
  how: Partial<Subscription> = {},
  then: (batch: readonly Delivery[]) => Promise<unknown> | void = () => undefined,
) {
  const batches: (readonly Delivery[])[] = [];
  const leave = await bus.subscribe({ topics: ['trips'], max: 10, linger: 0, ...how, group }, async (batch) => {
    batches.push(batch);
    await then(batch);
  });
  return { batches, seen: () => batches.flat(), values: () => batches.flat().map(({ value }) => value), leave };
}

/** Blocks callers of `pass` until it is opened; `reached` resolves at the first call. */
export function gate() {
  const [reached, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const pass = () => {
    reached.resolve();
    return opened.promise;
  };
  return { pass, reached: reached.promise, open: () => opened.resolve() };
}

/** A bus that is closed after the test. */
async function opened(
  adapter: BusUnderTest,
  url: string,
  now: Clock = openClock().now,
): Promise<Bus & AsyncDisposable> {
  const bus = await adapter.open(url, now);
  return { ...bus, [Symbol.asyncDispose]: () => bus.close() };
}

/** A bus in its own location. */
async function fresh(adapter: BusUnderTest): Promise<Bus & AsyncDisposable> {
  const place = await adapter.place();
  const bus = await adapter.open(place.url, openClock().now);
  const leave = async () => {
    await bus.close();
    await place[Symbol.asyncDispose]();
  };
  return { ...bus, [Symbol.asyncDispose]: leave };
}

function order(adapter: BusUnderTest) {
  test('messages of one key arrive in the order they were published', async () => {
    await using bus = await fresh(adapter);
    const { seen } = await member(bus, 'g');
    for (let from = 0; from < 300; from += 30) await bus.publish(trips(from, from + 30));
    await eventually(() => seen().length === 300);
    for (const list of Map.groupBy(seen(), ({ key }) => key).values()) {
      assert.deepEqual(numbers(list), ascending(numbers(list)));
      assert.equal(new Set(list.map(({ partition }) => partition)).size, 1);
    }
  });

  test('a batch is from one partition, with ascending offsets', async () => {
    await using bus = await fresh(adapter);
    await bus.publish(trips(0, 100));
    const { batches, seen } = await member(bus, 'g');
    await eventually(() => seen().length === 100);
    for (const batch of batches) {
      assert.equal(new Set(batch.map(({ topic, partition }) => `${topic} ${partition}`)).size, 1);
      assert.ok(batch.every(({ offset }, n) => n === 0 || BigInt(offset) > BigInt(batch[n - 1]!.offset)));
    }
  });

  test('a slow partition does not delay another', async () => {
    await using bus = await fresh(adapter);
    const { pass, open } = gate();
    const slow = await partitionOf(bus, 'slow key');
    const others = (list: readonly Delivery[]) => list.filter(({ partition }) => partition !== slow).length;
    const held = await member(bus, 'held', {}, (batch) => (batch[0]!.partition === slow ? pass() : undefined));
    const free = await member(bus, 'free');
    await bus.publish(trips(0, 100, 40));
    await eventually(() => free.seen().length === 101 && others(held.seen()) === others(free.seen()));
    assert.ok(others(held.seen()) > 0);
    open();
    await eventually(() => held.seen().length === 101);
  });
}

/** The partition of a key, as seen by a separate group. */
async function partitionOf(bus: Bus, key: string): Promise<number> {
  const scout = await member(bus, `scout of ${key}`);
  await bus.publish([trip(key, '-1')]);
  await eventually(() => scout.seen().length === 1);
  await scout.leave();
  return scout.seen()[0]!.partition;
}

function groups(adapter: BusUnderTest) {
  test('every group sees every message, and a group that joins late starts with the oldest', async () => {
    await using bus = await fresh(adapter);
    const early = await member(bus, 'early');
    await bus.publish(trips(0, 50));
    await eventually(() => early.seen().length === 50);
    const late = await member(bus, 'late');
    await eventually(() => late.seen().length === 50);
    assert.deepEqual(ascending(numbers(late.seen())), range(50));
  });

  test('a group sees only its own topics', async () => {
    await using bus = await fresh(adapter);
    const { seen } = await member(bus, 'g', { topics: ['visits'] });
    await bus.publish([trip('a', 'a trip'), { topic: 'visits', key: 'a', value: 'a visit' }]);
    await eventually(() => seen().length === 1);
    assert.deepEqual([seen()[0]!.topic, seen()[0]!.value], ['visits', 'a visit']);
    await eventually(async () => (await bus.backlog('g')) === 0);
  });

  test('one member of a group gets each message, and every member gets some', async () => {
    await using bus = await fresh(adapter);
    const members = await Promise.all([member(bus, 'g'), member(bus, 'g')]);
    await bus.publish(trips(0, 200, 40));
    await eventually(() => members.flatMap(({ seen }) => seen()).length >= 200);
    assert.deepEqual(ascending(numbers(members.flatMap(({ seen }) => seen()))), range(200));
    assert.ok(members.every(({ seen }) => seen().length > 0));
  });

  test('members that join and leave during delivery lose nothing, and repeat nothing that they finished', async () => {
    await using bus = await fresh(adapter);
    const handed: Delivery[] = [];
    const take = async (batch: readonly Delivery[]) => {
      await othersTurn();
      handed.push(...batch);
    };
    const members = [await member(bus, 'g', {}, take)];
    for (let round = 0; round < 20; round++) {
      await bus.publish(trips(round * 50, round * 50 + 50, 40));
      if (round % 2) members.push(await member(bus, 'g', { max: 1 + round }, take));
      else if (members.length > 1) await members.shift()!.leave();
    }
    await eventually(() => new Set(numbers(handed)).size === 1000);
    if (adapter.features.rebalances === 'exactly once') assert.deepEqual(ascending(numbers(handed)), range(1000));
    const firsts = handed.filter(({ offset, partition }, n) => n === firstOf(handed, offset, partition));
    for (const list of Map.groupBy(firsts, ({ key }) => key).values()) {
      assert.deepEqual(numbers(list), ascending(numbers(list)));
    }
  });

  test('a member that leaves twice does not remove another member', async () => {
    await using bus = await fresh(adapter);
    const [stays, leaves] = [await member(bus, 'g'), await member(bus, 'g')];
    await leaves.leave();
    await leaves.leave();
    await bus.publish(trips(0, 40, 40));
    await eventually(() => stays.seen().length === 40);
  });

  test('the backlog counts what a group has not finished, whether it runs or not', async () => {
    await using bus = await fresh(adapter);
    const { pass, reached, open } = gate();
    const { leave } = await member(bus, 'g', {}, pass);
    await bus.publish(trips(0, 25));
    await reached;
    assert.equal(await bus.backlog('g'), 25);
    open();
    await eventually(async () => (await bus.backlog('g')) === 0);
    await leave();
    await bus.publish(trips(25, 30));
    assert.equal(await bus.backlog('g'), 5);
  });
}

const firstOf = (list: readonly Delivery[], offset: string, partition: number) =>
  list.findIndex((delivery) => delivery.offset === offset && delivery.partition === partition);

function batches(adapter: BusUnderTest) {
  test('a batch never has more than max', async () => {
    await using bus = await fresh(adapter);
    await bus.publish(trips(0, 100, 2));
    const { batches, seen } = await member(bus, 'g', { max: 7 });
    await eventually(() => new Set(numbers(seen())).size === 100);
    assert.equal(Math.max(...batches.map(({ length }) => length)), 7);
  });

  test('linger gathers messages that arrive one by one', async () => {
    await using bus = await fresh(adapter);
    const { batches } = await member(bus, 'g', { max: 100, linger: 1000 });
    for (let n = 0; n < 5; n++) await bus.publish([trip('a', String(n))]);
    await eventually(() => batches.length > 0);
    assert.deepEqual(batches.map(numbers), [range(5)]);
  });

  test('a batch that is full does not wait any longer', async () => {
    await using bus = await fresh(adapter);
    const { batches } = await member(bus, 'g', { max: 3, linger: HOUR });
    for (let n = 0; n < 3; n++) await bus.publish([trip('a', String(n))]);
    await eventually(() => batches.length > 0);
    assert.deepEqual(batches.map(numbers), [range(3)]);
  });

  test('a batch whose handler throws comes again, before anything later of its partition', async () => {
    await using bus = await fresh(adapter);
    let failures = 2;
    const { values } = await member(bus, 'g', { max: 1 }, ([message]) => {
      if (message!.value === 'bad' && failures-- > 0) throw new TypeError('as the test wants it');
    });
    await bus.publish([trip('a', 'good'), trip('a', 'bad'), trip('a', 'later')]);
    await eventually(() => values().includes('later'));
    assert.deepEqual(values(), ['good', 'bad', 'bad', 'bad', 'later']);
  });

  test('a thousand messages in one publish arrive, once each', async () => {
    await using bus = await fresh(adapter);
    const { seen } = await member(bus, 'g', { max: 100 });
    await bus.publish(trips(0, 1000, 100));
    await eventually(() => seen().length >= 1000);
    assert.deepEqual(ascending(numbers(seen())), range(1000));
  });

  test('a long backlog does not block the event loop', async () => {
    await using bus = await fresh(adapter);
    await bus.publish(trips(0, 300));
    const { seen } = await member(bus, 'g', { max: 1 });
    let turns = 0;
    while (seen().length < 300) {
      await othersTurn();
      turns++;
    }
    assert.ok(turns > 10, `${turns} turns`);
  });

  test('an idle bus uses next to no processor time', async () => {
    await using bus = await fresh(adapter);
    const { seen } = await member(bus, 'g', { linger: 1 });
    await bus.publish(trips(0, 10));
    await eventually(() => seen().length === 10);
    const before = process.cpuUsage();
    await wait(300); // nothing may happen in this time
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 150_000, `${user + system} µs of 300 ms`);
  });
}

function contents(adapter: BusUnderTest) {
  test('key, value and headers arrive as they were published', async () => {
    await using bus = await fresh(adapter);
    const { seen } = await member(bus, 'g');
    const message = {
      topic: 'trips',
      key: 'DEL-“BLR”',
      value: '{"₹":1}\n',
      headers: { traceparent: '00-1', note: 'é' },
    };
    await bus.publish([message]);
    await eventually(() => seen().length === 1);
    const { partition, offset, ...content } = seen()[0]!;
    assert.deepEqual(content, message);
    assert.ok(partition >= 0 && partition < topics.trips.partitions && BigInt(offset) >= 0n);
  });

  test('a null key and a null value pass, as do empty ones', async () => {
    await using bus = await fresh(adapter);
    const { seen } = await member(bus, 'g');
    await bus.publish([trip(null, 'no key'), trip('no value', null), trip('', '')]);
    await eventually(() => seen().length === 3);
    const found = new Set(seen().map(({ key, value }) => JSON.stringify([key, value])));
    assert.deepEqual(found, new Set(['[null,"no key"]', '["no value",null]', '["",""]']));
  });

  test('a message of 2 MB passes whole', async () => {
    await using bus = await fresh(adapter);
    const { seen } = await member(bus, 'g');
    const value = 'fare '.repeat(400_000);
    await bus.publish([trip('big', value), trip('big', 'small')]);
    await eventually(() => seen().length === 2);
    assert.ok(seen()[0]!.value === value);
  });

  test('when one of several messages cannot be published, none is', async () => {
    await using bus = await fresh(adapter);
    const { values } = await member(bus, 'g');
    const unfit = trip('a', Symbol('not a text') as unknown as string);
    await assert.rejects(bus.publish([trip('a', 'before'), unfit, trip('a', 'after')]));
    await bus.publish([trip('a', 'next')]);
    await eventually(() => values().length > 0);
    assert.deepEqual(values(), ['next']);
  });

  test('an undeclared topic can be published to and read, as dead letters need it', async () => {
    await using bus = await fresh(adapter);
    await bus.publish([{ topic: 'trips.dlt', key: 'a', value: 'dead' }]);
    const { values } = await member(bus, 'g', { topics: ['trips.dlt'] });
    await eventually(() => values().length === 1);
  });
}

function reopening(adapter: BusUnderTest) {
  test('a finished message does not come again after reopening', async () => {
    await using place = await adapter.place();
    {
      await using bus = await opened(adapter, place.url);
      const { seen } = await member(bus, 'g');
      await bus.publish(trips(0, 50));
      await eventually(() => seen().length === 50);
    }
    await using bus = await opened(adapter, place.url);
    const { values } = await member(bus, 'g');
    await bus.publish(range(8).map((n) => trip(`key ${n}`, 'marker')));
    await eventually(() => values().length >= 8);
    assert.deepEqual(new Set(values()), new Set(['marker']));
  });

  test('after kill -9 published messages are there, finished ones stay finished, and the one in hand comes again', async () => {
    await using place = await adapter.place();
    await killedInMidBatch(adapter, place.url);
    await using bus = await opened(adapter, place.url);
    assert.equal(await bus.backlog('g'), 2);
    const { values } = await member(bus, 'g', { max: 1 });
    await eventually(() => values().length >= 2);
    assert.deepEqual(values(), ['second', 'third']);
  });

  if (adapter.features.forgets === 'what every group finished') retention(adapter);
}

/** A separate process publishes three messages, finishes the first, and is killed while it handles the second. */
async function killedInMidBatch(adapter: BusUnderTest, url: string): Promise<void> {
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined }; // unset, as it would report as a test file otherwise
  const child = fork(process.argv[1]!, ['crash', url], { env, execArgv: [] });
  const exit = once(child, 'exit');
  const [inHand] = (await Promise.race([once(child, 'message'), exit])) as unknown[];
  assert.equal(inHand, 'second');
  child.kill('SIGKILL');
  await exit;
}

/** The work of that process. */
async function crash(adapter: BusUnderTest, url: string): Promise<void> {
  const bus = await adapter.open(url, openClock().now);
  await bus.publish(['first', 'second', 'third'].map((value) => trip('a', value)));
  await member(bus, 'g', { max: 1 }, ([message]) => {
    if (message!.value === 'first') return;
    process.send!(message!.value);
    return new Promise(() => setInterval(() => undefined, HOUR));
  });
}

function retention(adapter: BusUnderTest) {
  test('retention deletes messages that are old and finished by every group, and no others', async () => {
    let time = Date.parse('2026-03-24T10:00:00Z');
    await using place = await adapter.place();
    await using bus = await opened(adapter, place.url, () => new Date(time));
    const quick = await member(bus, 'quick');
    const { pass, reached, open } = gate();
    const slow = await member(bus, 'slow', { max: 1 }, ([message]) =>
      message!.value === 'old 2' ? pass() : undefined,
    );
    await bus.publish([trip('a', 'old 1'), trip('a', 'old 2')]);
    await reached;
    await eventually(async () => (await bus.backlog('quick')) === 0);
    time += 2 * HOUR;
    await bus.publish([trip('a', 'new')]);
    time += HOUR / 2;
    await bus.publish([trip('a', 'newer')]);
    const late = await member(bus, 'late');
    await eventually(() => late.values().includes('newer'));
    assert.deepEqual(late.values(), ['old 2', 'new', 'newer']);
    open();
    await eventually(() => slow.values().includes('newer'));
    assert.deepEqual(quick.values(), ['old 1', 'old 2', 'new', 'newer']);
  });

  test('a group that has only subscribed so far keeps its messages from deletion', async () => {
    let time = Date.parse('2026-03-24T10:00:00Z');
    await using place = await adapter.place();
    await using bus = await opened(adapter, place.url, () => new Date(time));
    await (await member(bus, 'away')).leave();
    const here = await member(bus, 'here');
    await bus.publish(trips(0, 20));
    await eventually(() => here.seen().length === 20);
    time += 2 * HOUR;
    await bus.publish(trips(20, 21));
    const back = await member(bus, 'away');
    await eventually(() => back.seen().length === 21);
  });
}

/** A member of the group g that has handled four messages and waits an hour to fill a batch that has two. */
async function gathering(bus: Bus) {
  const patient = await member(bus, 'g', { max: 4, linger: HOUR });
  await bus.publish(trips(0, 6, 1));
  await eventually(async () => (await bus.backlog('g')) === 2);
  assert.equal(patient.seen().length, 4);
  await othersTurn(); // now it is gathering
  return patient;
}

function closing(adapter: BusUnderTest) {
  test('leaving waits until the batch in hand is finished, and nothing is delivered after it', async () => {
    await using bus = await fresh(adapter);
    const { pass, reached, open } = gate();
    const { values, leave } = await member(bus, 'g', { max: 1 }, pass);
    await bus.publish([trip('a', 'in hand'), trip('a', 'next')]);
    await reached;
    const left = leave();
    open();
    await left;
    assert.equal(await bus.backlog('g'), 1);
    assert.deepEqual(values(), ['in hand']);
    const successor = await member(bus, 'g');
    await eventually(() => successor.values().length > 0);
    assert.deepEqual(successor.values(), ['next']);
  });

  test('close waits for the batch in hand, which does not come again', async () => {
    await using place = await adapter.place();
    const bus = await adapter.open(place.url, openClock().now);
    const { pass, reached, open } = gate();
    let finished = false;
    await member(bus, 'g', { max: 1 }, () => pass().then(() => (finished = true)));
    await bus.publish([trip('a', 'in hand'), trip('a', 'next')]);
    await reached;
    const closed = bus.close();
    open();
    await closed;
    assert.ok(finished);
    await using again = await opened(adapter, place.url);
    const { values } = await member(again, 'g');
    await eventually(() => values().length > 0);
    assert.deepEqual(values(), ['next']);
  });

  test('close delivers the batch being gathered at once, and it does not come again', async () => {
    await using place = await adapter.place();
    const bus = await adapter.open(place.url, openClock().now);
    const { seen } = await gathering(bus);
    await bus.close();
    assert.deepEqual(numbers(seen()), range(6));
    await using again = await opened(adapter, place.url);
    assert.equal(await again.backlog('g'), 0);
  });

  test('a member that leaves finishes the batch being gathered for it', async () => {
    await using bus = await fresh(adapter);
    const { seen, leave } = await gathering(bus);
    await leave();
    assert.deepEqual(numbers(seen()), range(6));
    assert.equal(await bus.backlog('g'), 0);
  });

  test('a batch being gathered when another member joins is handled by one of the two', async () => {
    await using bus = await fresh(adapter);
    const { seen, leave } = await gathering(bus);
    const other = await member(bus, 'g');
    await leave();
    await eventually(async () => (await bus.backlog('g')) === 0);
    assert.deepEqual([...new Set(ascending(numbers([...seen(), ...other.seen()])))], range(6));
  });

  test('a closed bus accepts no message and no member, and can be closed again', async () => {
    await using bus = await fresh(adapter);
    const closed = bus.close();
    await assert.rejects(bus.publish([trip('a', 'late')]), /closed/);
    await assert.rejects(member(bus, 'g'), /closed/);
    await closed;
    await bus.close();
  });
}

/** Whether this is the process that a test starts to kill it. If so, the file under test starts no server. */
export const isToCrash = process.argv[2] === 'crash';

export async function busContract(adapter: BusUnderTest): Promise<void> {
  if (isToCrash) return crash(adapter, process.argv[3]!);
  suite(`bus, ${adapter.name}`, () => {
    for (const promises of [order, groups, batches, contents, reopening, closing]) promises(adapter);
  });
}
