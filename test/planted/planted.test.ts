// Planted bugs are caught by the tests that are said to catch them: a few of them here, one of each part; all by npm run planted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bugs, withBug } from './bugs.ts';
import { caught } from './run.ts';

/** Those that npm test plants: the bus, the dead letters, the seats, and twice the order. */
const sample = ['no inbox', 'a replay is not compared and swapped', 'hold after release accepted', 'refund twice'];

for (const name of sample) {
  test(`"${name}" does not go unseen`, async (t) => {
    const { failed } = await caught(bugs.find((bug) => bug.name === name)!);
    t.diagnostic(`caught by: ${failed[0]}`);
    assert.notDeepEqual(failed, []);
  });
}

test('every bug has its place, once', () => {
  for (const bug of bugs) assert.doesNotThrow(() => withBug(bug));
});

test('a bug whose place is gone is an error, not a success', async () => {
  assert.throws(() => withBug({ ...bugs[0]!, find: 'gone' }), /has the place for "no inbox" 0 times, not once/);
  await assert.rejects(caught({ ...bugs[0]!, name: 'no such bug' }), /There is no planted bug no such bug/);
});
