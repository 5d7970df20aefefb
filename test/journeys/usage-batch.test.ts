// What the gateway sends of usage: gathered, bounded, and kept while the bus is away.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openUsageBatch, type UsedOperation } from '../../gateway/usage/usage-batch.ts';
import type { Message } from '../../infra/messaging/message.ts';
import { MessageRefused } from '../../infra/messaging/bus.ts';
import { type Log, openLog } from '../../infra/logging/log.ts';
import { type Event, parseEvent } from '../../schema/events.ts';
import { NOON } from '../kit/world.ts';

const HOUR = 3_600_000;
const operation = (n: number, size = 10): UsedOperation => ({
  ...{ operation: `op${n}`, operationName: '', text: 'x'.repeat(size), coordinates: [] },
});

/** A batch on a bus that keeps what it gets, or fails. */
function open(most = 1000) {
  const sent: Event<'operations.used'>['data'][] = [];
  const logged: string[] = [];
  const state = { now: new Date(NOON), fails: undefined as Error | undefined };
  const bus = {
    async publish(messages: readonly Message[]) {
      if (state.fails) throw state.fails;
      sent.push(...messages.map(({ value }) => (parseEvent(value ?? '') as Event<'operations.used'>).data));
    },
  };
  const log = Object.assign(Object.create(openLog({ level: 'off', json: true })) as Log, {
    warn: (text: string) => void logged.push(text),
  });
  const batch = openUsageBatch({ bus, now: () => state.now, log, most, linger: 1 });
  return { batch, sent, logged, state };
}
const total = (sent: readonly Event<'operations.used'>['data'][]) =>
  sent.flatMap(({ counts }) => counts).reduce((sum, { count }) => sum + count, 0);

describe('usage', () => {
  test('is described once in an hour, counted by client, and sent when the gateway closes', async () => {
    const { batch, sent, state } = open();
    for (const version of ['1', '1', '2']) batch.count(operation(1), 'web', version);
    await batch.close();
    assert.deepEqual(sent, [
      {
        operations: [operation(1)],
        counts: [
          { operation: 'op1', client: 'web', clientVersion: '1', count: 2 },
          { operation: 'op1', client: 'web', clientVersion: '2', count: 1 },
        ],
      },
    ]);
    batch.count(operation(1), 'web', '1');
    await batch.close();
    assert.deepEqual(sent[1]?.operations, []);
    state.now = new Date(state.now.getTime() + HOUR);
    batch.count(operation(1), 'web', '1');
    await batch.close();
    assert.deepEqual(sent[2]?.operations, [operation(1)]);
  });

  test('waits while the bus is away, and is sent once when it is back', async () => {
    const { batch, sent, state } = open();
    state.fails = new Error('away');
    for (let n = 0; n < 5; n++) batch.count(operation(1), 'web', '1');
    await batch.close();
    state.fails = undefined;
    await batch.close();
    assert.deepEqual([total(sent), sent.length, sent[0]?.operations.length], [5, 1, 1]);
  });

  test('is lost, and that is said once, where the bus never takes it', async () => {
    const { batch, sent, logged, state } = open();
    state.fails = new MessageRefused('too large');
    batch.count(operation(1), 'web', '1');
    await batch.close();
    state.fails = undefined;
    await batch.close();
    assert.deepEqual([sent, logged], [[], ['usage is lost: the bus refuses it']]);
  });

  test('of large documents comes in several events, each of which a broker takes', async () => {
    const { batch, sent } = open();
    for (let n = 0; n < 60; n++) batch.count(operation(n, 20_000), 'web', '1');
    for (let n = 0; n < 10; n++) await batch.close();
    assert.deepEqual([total(sent), sent.flatMap(({ operations }) => operations).length], [60, 60]);
    assert.ok(sent.length > 2);
    assert.ok(sent.every((data) => JSON.stringify(data).length < 1_000_000));
  });

  test('of a client that sends ever new documents is bounded in an hour', async () => {
    const { batch, sent, logged } = open();
    for (let n = 0; n < 3000; n++) batch.count(operation(n), 'web', '1');
    for (let n = 0; n < 20; n++) await batch.close();
    assert.equal(sent.flatMap(({ operations }) => operations).length, 2000);
    assert.deepEqual(logged, ['usage is lost: clients sent more than 2000 operations in an hour']);
  });
});
