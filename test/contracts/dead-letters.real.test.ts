// Dead letters on Kafka and MariaDB.
import { Kafka, logLevel } from 'kafkajs';
import { createConnection } from 'mysql2/promise';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openKafkaBus } from '../../infra/messaging/bus.kafka.ts';
import { bytesOf } from '../../infra/messaging/byte-text.ts';
import { mysql } from '../../infra/database/database.mysql.ts';
import { deliveryOf } from '../../infra/dead-letters/parking.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { topics } from '../../schema/events.ts';
import { eventually } from '../kit/eventually.ts';
import { deadLetterContract, log, openPlace, type PlaceForLetters } from './dead-letters.ts';

const services = await openServices(['kafka', 'mariadb']);
after(() => services[Symbol.asyncDispose]());

let places = 0;
const place: PlaceForLetters = {
  name: 'Kafka and MariaDB',
  async open() {
    const place = `place${places++}`;
    const url = `${services.kafka.url}?session=1500&prefix=${place}.`;
    const database = new URL(services.mariadb.url);
    database.pathname = `/${place}`;
    return {
      bus: openKafkaBus({ url, topics, log, onCrash: () => undefined }),
      adapter: (subgraph) => mysql(database.href, subgraph, 'now'),
      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
deadLetterContract(place);

test('any bytes of other producers are replayed and copied unchanged', async () => {
  await using it = await openPlace(place);
  const kafka = new Kafka({ brokers: [services.kafka.url.slice('kafka://'.length)], logLevel: logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  const value = Buffer.from([0x7b, 0xff, 0x00, 0xc3, 0x28]);
  const topic = `place${places - 1}.departures`;
  await it.bus.backlog('none'); // creates the topics
  await it.work();
  await producer.send({ topic, messages: [{ key: Buffer.from([0xff]), value, headers: { a: Buffer.from([0xfe]) } }] });
  await producer.disconnect();
  const [letter] = await it.quiet(1);
  const kept = deliveryOf(letter!);
  assert.deepEqual(
    [kept.key, kept.value, kept.headers['a']].map((text) => [...bytesOf(text!)]),
    [[0xff], [...value], [0xfe]],
  );

  const copies: Buffer[] = [];
  const consumer = kafka.consumer({ groupId: `${topic} copies` });
  await consumer.connect();
  await consumer.subscribe({ topic: `${topic}.dlt`, fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => void copies.push(message.value!) });
  await eventually(() => copies.length > 0);
  await consumer.disconnect();
  assert.deepEqual(copies[0], value);
});

test('a dead letter whose copy the broker refuses is parked in full, and its partition moves on', async () => {
  await using it = await openPlace(place);
  await it.work();
  const largest = 'x'.repeat(3_999_900); // within the topic's limit, and over it with the headers of a copy
  await it.bus.publish([{ topic: 'departures', key: 'k', value: largest }]);
  await it.bus.publish([{ topic: 'departures', key: 'k2', value: '{' }]);
  const letters = await it.quiet(2);
  assert.ok(letters.some(({ value }) => value === largest));
});

test('a message larger than the packet limit of the server is logged as lost', async () => {
  const server = await createConnection({
    uri: services.mariadb.url.replace('mariadb://', 'mysql://').replace(/[^/]*$/, ''),
  });
  await server.query('set global max_allowed_packet = 1048576');
  try {
    await using it = await openPlace(place);
    await it.work();
    await it.bus.publish([{ topic: 'departures', key: 'k', value: 'x'.repeat(2_000_000) }]);
    await it.bus.publish([{ topic: 'departures', key: 'k2', value: '{' }]);
    const letters = await it.quiet(2);
    assert.ok(letters.some(({ value }) => value!.startsWith('lost:2000001 bytes')));
  } finally {
    await server.query('set global max_allowed_packet = 16777216');
    await server.end();
  }
});
