// Due work: done once, by the first worker that finds it, and retried after a failure.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLog } from '../../infra/logging/log.ts';
import { closeOrders } from '../../workers/close-orders.ts';
import { pollDue } from '../../workers/engine/poll-due.ts';
import { eventually } from '../kit/eventually.ts';
import { startWorker } from '../kit/parts.ts';
import { openOrderSubgraph } from '../kit/order-subgraph.ts';

const log = openLog({ level: 'off', json: true });

test('three workers that close orders at once close each of them once', async () => {
  await using subgraph = await openOrderSubgraph(); // runs a close-orders worker as well
  const ids: string[] = [];
  for (let n = 0; n < 10; n++) ids.push((await subgraph.ordered()).id);
  await subgraph.tell(...ids.map((id) => subgraph.eventsOf(id).held));
  subgraph.clock.advance(15 * 60_000);
  const start = () => startWorker(closeOrders, { orders: subgraph.orders }, { log });
  const stops = [await start(), await start()];
  await eventually(async () => (await subgraph.orders.overdue(100)).length === 0);
  for (const stop of stops) await stop();
  const closing = (await subgraph.announced()).filter(({ type }) => type === 'order.closing');
  assert.deepEqual(closing.map(({ subject }) => subject).sort(), ids.sort());
});

test('failed work becomes due again and does not block other work; a stopped worker starts nothing', async () => {
  const left = new Map([
    ['bad', 3],
    ['good', 1],
  ]);
  let reads = 0;
  const stop = await pollDue({
    log,
    name: 'test',
    every: 1,
    due: async () => {
      if (reads++ === 1) throw new Error('out of reach');
      return [...left.keys()];
    },
    handle: async (id) => {
      const tries = left.get(id)! - 1;
      if (tries) {
        left.set(id, tries);
        throw new Error('not yet');
      }
      left.delete(id);
    },
  });
  await eventually(() => left.size === 0);
  await stop();
  const before = reads;
  left.set('late', 1);
  await stop();
  assert.deepEqual([reads, left.size], [before, 1]);
});

test('slow work does not block other work', async () => {
  const quick = Promise.withResolvers<void>();
  const left = new Set(['slow', 'quick']);
  const stop = await pollDue({
    log,
    name: 'test',
    every: 1,
    due: async () => [...left],
    handle: async (id) => {
      if (id === 'slow') await quick.promise;
      left.delete(id);
      if (id === 'quick') quick.resolve();
    },
  });
  await eventually(() => left.size === 0);
  await stop();
});
