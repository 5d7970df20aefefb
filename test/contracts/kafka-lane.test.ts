// A partition as a group member reads it, without a broker: failures of the consumer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LaneOptions, openLane } from '../../infra/messaging/kafka-lane.ts';
import { eventually } from '../kit/eventually.ts';
import { log } from './bus.ts';

const openTestLane = (options: Partial<LaneOptions>) =>
  openLane({
    subscription: { group: 'g', topics: ['trips'], max: 1, linger: 0 },
    handle: async () => undefined,
    commit: async () => true,
    pause: () => undefined,
    resume: () => undefined,
    log,
    ...options,
  });

const messages = (values: readonly string[]) =>
  values.map((value) => ({ topic: 'trips', partition: 0, offset: value, key: 'a', value, headers: {} }));

test('a partition whose consumer crashed while a batch was marked continues, and the process lives', async () => {
  const handled: string[] = [];
  let stops = 0;
  const lane = openTestLane({
    handle: async (batch) => void handled.push(...batch.map(({ value }) => value!)),
    pause: () => void stops++,
    resume() {
      throw new Error('Consumer group was not initialized'); // the library's error after a crash
    },
  });
  const values = Array.from({ length: 20 }, (_, n) => String(n));
  lane.take(messages(values));
  await eventually(() => handled.length === values.length);
  await lane.end();
  assert.deepEqual([handled, stops], [values, 1]);
});

test('an offset that a rebalance refused to commit is committed after it, though no more messages come', async () => {
  const [handled, committed]: [string[], string[]] = [[], []];
  let [attempts, isRebalancing] = [0, true];
  const lane = openTestLane({
    handle: async (batch) => void handled.push(...batch.map(({ value }) => value!)),
    async commit({ offset }) {
      attempts++;
      if (!isRebalancing) committed.push(offset);
      return !isRebalancing;
    },
  });
  lane.take(messages(['0']));
  await eventually(() => attempts > 0);
  lane.hold();
  isRebalancing = false;
  lane.go();
  lane.take(messages(['0'])); // a fetch after a rebalance begins at the last commit
  await eventually(() => committed.length > 0);
  await lane.end();
  assert.deepEqual([handled, committed], [['0'], ['0']]);
});

test('a partition that ends tries once more to commit what was handled', async () => {
  const committed: string[] = [];
  let attempts = 0;
  const lane = openTestLane({
    async commit({ offset }) {
      attempts++;
      if (attempts > 1) committed.push(offset);
      return attempts > 1;
    },
  });
  lane.take(messages(['0']));
  await eventually(() => attempts === 1);
  await lane.end();
  assert.deepEqual(committed, ['0']);
});
