// README's table of promises: each names tests that are there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

test("every promise of README's table names a test, and each of those is there", () => {
  const rows = read('README.md').split('\n').filter((line) => /^\| P\d+ /.test(line)); // prettier-ignore
  assert.equal(rows.length, 15);
  for (const [n, row] of rows.entries()) {
    const tests = [...row.matchAll(/`(test\/[^`]+)` “([^”]+)”/g)];
    assert.match(row, new RegExp(`^\\| P${n + 1} \\|`));
    assert.ok(tests.length, row);
    assert.equal(tests.length, row.split('`test/').length - 1, row); // none that this could not read
    for (const [, file, sentence] of tests) {
      const names = read(file!).split('\n').filter((line) => /\btest\(/.test(line)); // prettier-ignore
      assert.ok(names.some((name) => name.includes(sentence!)), `${file} has no test “${sentence}”`); // prettier-ignore
    }
  }
});
