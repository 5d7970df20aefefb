// Every planted bug is caught by the test that is said to catch it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bugs } from './bugs.ts';
import { caught } from './run.ts';

const BUDGET = 60_000; // ms of all tests' time; npm run planted takes all the time it needs

const since = performance.now();
for (const bug of bugs) {
  test(`"${bug.name}" does not go unseen`, async (t) => {
    if (performance.now() - since > BUDGET) return t.skip('no time left: npm run planted');
    const { failed } = await caught(bug);
    t.diagnostic(`caught by: ${failed[0]}`);
    assert.notDeepEqual(failed, []);
  });
}

test('a bug whose place is gone is an error, not a success', async () => {
  await assert.rejects(caught({ ...bugs[0]!, name: 'no such bug' }), /There is no planted bug no such bug/);
});
