// A partition as a group member reads it, without a broker: the effects of a crash of the consumer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLane } from '../../infra/messaging/kafka-lane.ts';
import { eventually } from '../kit/eventually.ts';
import { log } from './bus.ts';

test('a partition whose consumer crashed while a batch was marked continues, and the process lives', async () => {
  const handled: string[] = [];
  let stops = 0;
  const lane = openLane({
    subscription: { group: 'g', topics: ['trips'], max: 1, linger: 0 },
    handle: async (batch) => void handled.push(...batch.map(({ value }) => value!)),
    commit: async () => undefined,
    pause: () => void stops++,
    resume() {
      throw new Error('Consumer group was not initialized'); // the library's error after a crash
    },
    log,
  });
  const values = Array.from({ length: 20 }, (_, n) => String(n));
  lane.take(values.map((value) => ({ topic: 'trips', partition: 0, offset: value, key: 'a', value, headers: {} })));
  await eventually(() => handled.length === values.length);
  await lane.end();
  assert.deepEqual([handled, stops], [values, 1]);
});
