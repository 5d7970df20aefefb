// The list of promises in test/PROMISES.md: each names tests that exist.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const linesOf = (file: string, like: RegExp): string[] =>
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .filter((line) => like.test(line));

test('every promise in test/PROMISES.md names a test, and each of those exists', () => {
  const promises = readFileSync(join(root, 'test/PROMISES.md'), 'utf8')
    .split(/^- (?=\*\*P\d+\*\* )/m)
    .slice(1);
  const numbers = promises.map((promise) => Number(/^\*\*P(\d+)\*\*/.exec(promise)![1]));
  assert.ok(promises.length >= 26);
  assert.deepEqual(
    numbers,
    [...new Set(numbers)].sort((a, b) => a - b),
    'each once, in their order',
  );
  for (const promise of promises) {
    const tests = [...promise.matchAll(/`(test\/[^`]+)` “([^”]+)”/g)];
    assert.ok(tests.length, promise);
    assert.equal(tests.length, promise.split('`test/').length - 1, promise); // every reference could be parsed
    for (const [, file, sentence] of tests) {
      const names = linesOf(file!, /\btest\(/).filter((name) => name.includes(sentence!));
      assert.ok(names.length, `${file} has no test “${sentence}”`);
    }
  }
});
