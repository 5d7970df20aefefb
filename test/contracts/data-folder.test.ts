// The permissions of the data folder.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDataFolder } from '../../infra/config/data-folder.ts';

const dir = mkdtempSync(join(tmpdir(), 'fareloom-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('a new data folder is accessible to its owner alone', () => {
  const path = join(dir, 'new', 'data');
  openDataFolder(path).release();
  assert.equal(modeOf(path), 0o700);
  assert.equal(modeOf(join(dir, 'new')), 0o700);
});

test('an accessible folder is closed to others if it is empty or has data of this system', () => {
  const path = join(dir, 'open');
  mkdirSync(path);
  for (const what of ['empty', 'used before']) {
    chmodSync(path, 0o755);
    openDataFolder(path).release();
    assert.equal(modeOf(path), 0o700, what);
  }
});

test('a folder with foreign files is left as it is, and refused with advice', () => {
  const shared = join(dir, 'shared');
  mkdirSync(shared);
  writeFileSync(join(shared, 'notes.txt'), 'of somebody');
  chmodSync(shared, 0o777);
  assert.throws(() => openDataFolder(shared), /open to other users .* as sqlite:.*\/shared\/fareloom, or close it/);
  assert.equal(modeOf(shared), 0o777);
  assert.deepEqual(readdirSync(shared), ['notes.txt']);

  openDataFolder(join(shared, 'fareloom')).release();
  assert.equal(modeOf(join(shared, 'fareloom')), 0o700, 'a folder inside it is accepted');
  chmodSync(shared, 0o700);
  openDataFolder(shared).release();
});
