// Planted bugs are caught by their tests: one bug of each part here, all with npm run planted.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bugs, root, withBug } from './bugs.ts';
import { equivalents, isThis } from './equivalents.ts';
import { mutantsOf } from './mutants.ts';
import { caught } from './run.ts';

/** The bugs that npm test plants: the inbox, the dead letters, the seats and the orders. */
const sample = ['no inbox', 'a replay is not compared and swapped', 'hold after release accepted', 'refund twice'];

for (const name of sample) {
  test(`"${name}" is caught`, async (t) => {
    const { failed } = await caught(bugs.find((bug) => bug.name === name)!);
    t.diagnostic(`caught by: ${failed[0]}`);
    assert.notDeepEqual(failed, []);
  });
}

test('the place of every bug occurs exactly once', () => {
  for (const bug of bugs) assert.doesNotThrow(() => withBug(bug));
});

test('the tests that catch each bug exist under that name', () => {
  // some stand in a file that several test files share
  const source = globSync('test/**/*.ts', { cwd: root, exclude: ['test/planted/**'] })
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const missing = bugs.filter(({ caughtBy: { tests } }) => tests !== undefined && !source.includes(tests));
  assert.deepEqual(
    missing.map(({ name, caughtBy: { tests } }) => `${name}: ${tests}`),
    [],
  );
});

test('a bug that cannot be planted is an error, not a success', async () => {
  assert.throws(() => withBug({ ...bugs[0]!, find: 'gone' }), /has the place for "no inbox" 0 times, not once/);
  await assert.rejects(caught({ ...bugs[0]!, name: 'no such bug' }), /There is no planted bug no such bug/);
});

test('every equivalent mutant can still be drawn, and has a reason', () => {
  const stale = equivalents.filter((one) => !mutantsOf(one.file).some((mutant) => isThis(one, mutant)));
  assert.deepEqual(stale, [], 'the line changed: find out whether the mutant is still equivalent');
  assert.ok(equivalents.every(({ reason }) => reason));
});
