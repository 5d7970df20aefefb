// The table of promises in test/README.md: each names tests that exist.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const linesOf = (file: string, like: RegExp): string[] =>
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .filter((line) => like.test(line));

test('every promise in test/README.md names a test, and each of those exists', () => {
  const rows = linesOf('test/README.md', /^\| P\d+ /);
  const numbers = rows.map((row) => Number(/^\| P(\d+) +\|/.exec(row)![1]));
  assert.ok(rows.length >= 26);
  assert.deepEqual(
    numbers,
    [...new Set(numbers)].sort((a, b) => a - b),
    'each once, in their order',
  );
  for (const row of rows) {
    const tests = [...row.matchAll(/`(test\/[^`]+)` “([^”]+)”/g)];
    assert.ok(tests.length, row);
    assert.equal(tests.length, row.split('`test/').length - 1, row); // none that this could not read
    for (const [, file, sentence] of tests) {
      const names = linesOf(file!, /\btest\(/).filter((name) => name.includes(sentence!));
      assert.ok(names.length, `${file} has no test “${sentence}”`);
    }
  }
});
