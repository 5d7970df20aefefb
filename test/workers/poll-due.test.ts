// How often due rows are read: without a pause while there is new work, and with one while the same rows stay due.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as loopTurn } from 'node:timers/promises';
import { openLog } from '../../infra/logging/log.ts';
import { pollDue } from '../../workers/engine/poll-due.ts';
import { eventually } from '../kit/eventually.ts';

const log = openLog({ level: 'off', json: true });
const NEVER = 2 ** 31 - 1; // ms; longer than any test runs
const ENOUGH = 200; // turns of the event loop; a look without a pause takes two

/** A worker that finds one of the given lists of ids in each look, and then nothing. */
async function polling(looks: readonly (readonly string[])[], handle: (id: string) => Promise<void>) {
  let reads = 0;
  const stop = await pollDue({ log, name: 'test', every: NEVER, due: async () => looks[reads++] ?? [], handle });
  return {
    /** The number of reads once nothing happens any more. */
    async reads(atLeast: number) {
      await eventually(() => reads >= atLeast);
      for (let turn = 0; turn < ENOUGH; turn++) await loopTurn();
      return reads;
    },
    [Symbol.asyncDispose]: stop,
  };
}

test('a row that stays due after handling is handled again only after the pause', async () => {
  const handled: string[] = [];
  const stuck = Array.from({ length: 50 }, () => ['stuck']);
  await using worker = await polling(stuck, async (id) => void handled.push(id));
  assert.equal(await worker.reads(2), 2);
  assert.deepEqual(handled, ['stuck', 'stuck']);
});

test('a row that fails is also retried only after the pause', async () => {
  const failing = Array.from({ length: 50 }, () => ['failing']);
  await using worker = await polling(failing, () => Promise.reject(new Error('not yet')));
  assert.equal(await worker.reads(2), 2);
});

test('there is no pause while each look finds a row that is new since the last one', async () => {
  await using worker = await polling([['a'], ['a', 'b'], ['c'], ['c', 'd']], async () => undefined);
  assert.equal(await worker.reads(5), 5);
});
