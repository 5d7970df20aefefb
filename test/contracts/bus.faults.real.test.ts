// Faults of a Kafka broker, and the promises of the bus that must hold all the same.
import kafkajs, { Kafka, logLevel } from 'kafkajs';
import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { connect, type Socket } from 'node:net';
import { after, suite, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { openKafkaBus } from '../../infra/messaging/bus.kafka.ts';
import type { Bus } from '../../infra/messaging/bus.ts';
import { joinGroup } from '../../infra/messaging/kafka-member.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { event, topics as declared } from '../../schema/events.ts';
import { consume } from '../../workers/engine/consume.ts';
import type { Log } from '../../infra/logging/log.ts';
import { eventually } from '../kit/eventually.ts';
import { strangerIn } from '../kit/stranger.ts';
import { ascending, log, member, numbers, range, topics, trip, trips } from './bus.ts';

const SESSION = 1500; // ms; the shortest that a busy machine can meet
const services = await openServices(['kafka']);
after(() => services[Symbol.asyncDispose]());

let places = 0;
function open(prefix = `faults${places++}.`, onCrash: (error: Error) => void = () => undefined, names = topics) {
  const url = `${services.kafka.url}?session=${SESSION}&prefix=${prefix}`;
  const bus = openKafkaBus({ url, topics: names, log, onCrash });
  return { ...bus, [Symbol.asyncDispose]: () => bus.close() };
}

/** The acks value of each produce request: the number of replicas to wait for; -1 is all that are in sync. */
function acksIn(request: Buffer): number[] {
  const PRODUCE = 0; // the protocol's number of this request
  if (request.readInt16BE(4) !== PRODUCE) return [];
  const afterText = (at: number) => at + 2 + Math.max(request.readInt16BE(at), 0); // a length of -1 is null
  const [version, clientId] = [request.readInt16BE(6), 12];
  assert.ok(version >= 3 && version < 9, `a request of version ${version} is laid out in another way`);
  const transactionalId = afterText(clientId);
  return [request.readInt16BE(afterText(transactionalId))];
}

suite('a bus on Kafka', () => {
  test('a handler that takes far longer than the session keeps its partition', async () => {
    await using bus = open();
    const [slow, other] = [await member(bus, 'g', {}, () => wait(3 * SESSION)), await member(bus, 'g')];
    await bus.publish(trips(0, 40, 40));
    await eventually(async () => (await bus.backlog('g')) === 0);
    assert.deepEqual(ascending(numbers([...slow.seen(), ...other.seen()])), range(40));
    assert.ok(slow.seen().length > 0);
  });

  test('the broker sets the time of a message: one from a producer whose clock is years behind is retained as long as others', async () => {
    const prefix = 'behind.';
    await using bus = open(prefix);
    await member(bus, 'g'); // creates the topics
    const kafka = new Kafka({ brokers: [new URL(services.kafka.url).host], logLevel: logLevel.NOTHING });
    const producer = kafka.producer();
    const admin = kafka.admin();
    await Promise.all([producer.connect(), admin.connect()]);
    const topic = `${prefix}trips`;
    await producer.send({ topic, messages: [{ key: 'a', value: '0', partition: 0, timestamp: '1000' }] });
    const ofLately = await admin.fetchTopicOffsetsByTimestamp(topic, Date.now() - 600_000);
    await Promise.all([producer.disconnect(), admin.disconnect()]);
    assert.equal(ofLately.find(({ partition }) => partition === 0)!.offset, '0');
  });

  test('a short outage of the broker loses no message: publishing is refused, and reading continues when it is back', async () => {
    await using bus = open();
    const { seen } = await member(bus, 'g');
    await bus.publish(trips(0, 50));
    await eventually(() => seen().length === 50);
    await services.kafka.kill();
    await assert.rejects(bus.publish([trip('a', '50')]));
    await services.kafka.restart();
    await eventually(() => bus.publish([trip('a', '50')]).then(() => true));
    await eventually(() => seen().some(({ value }) => value === '50'));
    assert.deepEqual([...new Set(ascending(numbers(seen())))], range(51));
  });

  test('an outage of the broker until consumers give up loses no message: they restart, and no process ends', async () => {
    const [said, crashes]: [string[], Error[]] = [[], []];
    const hear = (message: string) => void said.push(message);
    const heard: Log = { debug: hear, info: hear, warn: hear, error: hear, child: () => heard };
    const url = `${services.kafka.url}?session=${SESSION}&prefix=gone.`;
    const bus = openKafkaBus({ url, topics, log: heard, onCrash: (error) => crashes.push(error) });
    await using closing = new AsyncDisposableStack();
    closing.defer(() => bus.close());
    const { seen } = await member(bus, 'g');
    await bus.publish(trips(0, 50));
    await eventually(() => new Set(numbers(seen())).size === 50);
    await services.kafka.kill();
    const givenUp = () => said.filter((line) => /Restarting the consumer/.test(line)).length;
    await eventually(() => givenUp() >= 2);
    await services.kafka.restart();
    await eventually(() => bus.publish(trips(50, 60)).then(() => true));
    await eventually(() => new Set(numbers(seen())).size === 60);
    assert.deepEqual(crashes, []);
  });

  test('a connection lost during the look-up of the group coordinator ends no process: the look-up is repeated', async () => {
    const FIND_COORDINATOR = 10; // the protocol's number of this request
    let [cut, cutting] = [0, true];
    const brokers = [services.kafka.url.slice('kafka://'.length)];
    function socketFactory({ host, port, onConnect }: { host: string; port: number; onConnect: () => void }): Socket {
      const socket = connect({ host, port }, onConnect);
      const write: (bytes: Uint8Array) => boolean = socket.write.bind(socket);
      socket.write = (bytes: string | Uint8Array) => {
        if (!cutting || (bytes as Buffer).readInt16BE(4) !== FIND_COORDINATOR) return write(bytes as Buffer);
        cut++;
        socket.destroy(new Error('cut'));
        return false;
      };
      return socket;
    }
    await using bus = open('cut.');
    await bus.publish(trips(0, 10));
    const [crashes, seen]: [Error[], string[]] = [[], []];
    const joining = joinGroup({
      kafka: new Kafka({ brokers, socketFactory, logLevel: logLevel.NOTHING }),
      subscription: { group: 'cut.g', topics: ['cut.trips'], max: 10, linger: 0 },
      handle: async (batch) => void seen.push(...batch.map(({ value }) => value!)),
      session: SESSION,
      onCrash: (error) => crashes.push(error),
      onRebalance: () => undefined,
      log,
    });
    await eventually(() => cut >= 2 || crashes.length > 0);
    cutting = false;
    const leave = await joining;
    await eventually(() => seen.length === 10);
    await leave();
    assert.deepEqual(crashes, []);
  });

  test('a broker that hangs for longer than the session loses no message', async () => {
    await using bus = open();
    const { seen } = await member(bus, 'g');
    await bus.publish(trips(0, 10));
    await services.kafka.pause();
    await wait(2 * SESSION); // the session must really be over
    services.kafka.resume();
    await eventually(() => bus.publish(trips(10, 20)).then(() => true));
    await eventually(() => new Set(numbers(seen())).size === 20);
  });

  test('clients that create the topics at once, and one that finds them existing, log no fault', async () => {
    const warned: string[] = [];
    const warn = (message: string, fields = {}) => void warned.push(`${message} ${JSON.stringify(fields)}`);
    const heard: Log = { debug: () => undefined, info: () => undefined, warn, error: warn, child: () => heard };
    const url = `${services.kafka.url}?prefix=made.`;
    await using closing = new AsyncDisposableStack();
    const another = () => {
      const bus = openKafkaBus({ url, topics, log: heard, onCrash: (error) => void warned.push(error.message) });
      closing.defer(() => bus.close());
      return bus.publish(trips(0, 1));
    };
    await Promise.all([another(), another(), another()]);
    await another();
    assert.deepEqual(warned, []);
  });

  test('new topics accept each message once, however many are created at once', async () => {
    const counts = await Promise.all(
      Array.from({ length: 10 }, async () => {
        await using bus = open();
        await bus.publish(trips(0, 20));
        const { seen } = await member(bus, 'g');
        await eventually(async () => seen().length > 0 && (await bus.backlog('g')) === 0);
        return seen().length;
      }),
    );
    assert.deepEqual(
      counts,
      counts.map(() => 20),
    );
  });

  test('topics have their declared partitions and retention, and dead letters are kept', async (t) => {
    await using bus = open('declared.');
    await bus.publish(trips(0, 1));
    const brokers = [services.kafka.url.slice('kafka://'.length)];
    const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    t.after(() => admin.disconnect());
    const names = ['declared.trips', 'declared.visits', 'declared.trips.dlt'];
    const found = await admin.fetchTopicMetadata({ topics: names });
    const partitions = names.map((topic) => found.topics.find(({ name }) => name === topic)!.partitions.length);
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: names.map((name) => ({
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name,
        configNames: ['retention.ms'],
      })),
    });
    const kept = names.map((name) => resources.find((of) => of.resourceName === name)!.configEntries[0]!.configValue);
    assert.deepEqual(partitions, [topics.trips.partitions, topics.visits.partitions, 1]);
    assert.deepEqual(kept, [String(topics.trips.retention), String(topics.visits.retention), '-1']);
  });

  // min.insync.replicas shows nothing on one broker: it never requires more replicas than a topic has
  test('every produce request waits for all replicas in sync', async (t) => {
    const asked: number[] = [];
    const listen = (message: unknown) => {
      const { socket } = message as { socket: Socket };
      socket.once('connect', () => {
        const write: (bytes: Buffer) => boolean = socket.write.bind(socket);
        socket.write = (bytes: string | Uint8Array) => {
          asked.push(...acksIn(bytes as Buffer));
          return write(bytes as Buffer);
        };
      });
    };
    subscribe('net.client.socket', listen);
    t.after(() => unsubscribe('net.client.socket', listen));
    await using bus = open('acks.');
    await bus.publish(trips(0, 10));
    await bus.publish([trip(null, 'x'.repeat(100_000))]);
    assert.deepEqual(asked, [-1, -1]);
  });

  test('topics that the broker refuses to create are an error that says why', async () => {
    await using bus = open('refused.', undefined, {
      trips: { partitions: 0, retention: 1 },
    } as unknown as typeof topics);
    await assert.rejects(bus.publish(trips(0, 1)), /Kafka does not make the topics: .*partitions/);
  });

  test('a consumer that can never join rejects with the reason, so that the process can end', async () => {
    const crashes: Error[] = [];
    await using bus = open('crash.', (error) => crashes.push(error));
    await bus.publish(trips(0, 1));
    await using _ = await strangerIn([services.kafka.url.slice('kafka://'.length)], 'crash.g', 'crash.trips');
    await assert.rejects(member(bus, 'g'), /protocol/i);
    assert.deepEqual(crashes, []); // only a member can crash
  });

  test('a message that cannot be handled becomes a dead letter with its cause, and the partition moves on', async () => {
    await using bus: Bus & AsyncDisposable = open('poison.', undefined, declared as unknown as typeof topics);
    const about = { source: 'fare', subject: 'DEL-BLR', sequence: 1, now: new Date('2026-03-24T10:00:00Z') };
    const good = event('fare.changed', about, {
      ...{ origin: 'DEL', destination: 'BLR', cabin: 'ECONOMY', currency: 'INR', dates: ['2026-03-24'] },
    });
    const dead = await member(bus, 'undertaker', { topics: ['fares.dlt'] });
    const handled: string[] = [];
    await consume({ bus, log, name: 'w', on: ['fare.changed'], handle: async (list) => handled.push(list[0].id) });
    const values = ['{"specversion":', null, JSON.stringify({ ...good, schemaversion: 99 }), JSON.stringify(good)];
    await bus.publish(values.map((value) => ({ topic: 'fares', key: 'DEL-BLR', value })));
    await bus.publish([{ topic: 'fares', key: null, value: 'no key' }]);
    await eventually(() => dead.seen().length === 4 && handled.length === 1);
    const causes = dead.seen().map(({ headers }) => headers['dlt-cause']);
    assert.equal(causes.filter((cause) => /not JSON/.test(cause!)).length, 3);
    assert.equal(causes.filter((cause) => /version 99/.test(cause!)).length, 1);
    assert.deepEqual(handled, [good.id]);
    await eventually(async () => (await bus.backlog('w')) === 0);
  });
});
