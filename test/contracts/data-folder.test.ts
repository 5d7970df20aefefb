// The data folder: who else may look into it.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDataFolder } from '../../infra/config/data-folder.ts';

const dir = mkdtempSync(join(tmpdir(), 'fareloom-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('a data folder that is made is for its owner alone', () => {
  const path = join(dir, 'new', 'data');
  openDataFolder(path).release();
  assert.equal(modeOf(path), 0o700);
  assert.equal(modeOf(join(dir, 'new')), 0o700);
});

test('one that was open to others is closed to them where it is ours: empty, or with our data in it', () => {
  const path = join(dir, 'open');
  mkdirSync(path);
  for (const what of ['empty', 'used before']) {
    chmodSync(path, 0o755);
    openDataFolder(path).release();
    assert.equal(modeOf(path), 0o700, what);
  }
});

test('one that others share is left as it is, and refused with what to do', () => {
  const shared = join(dir, 'shared');
  mkdirSync(shared);
  writeFileSync(join(shared, 'notes.txt'), 'of somebody');
  chmodSync(shared, 0o777);
  assert.throws(() => openDataFolder(shared), /open to other users .* as sqlite:.*\/shared\/fareloom, or close it/);
  assert.equal(modeOf(shared), 0o777);
  assert.deepEqual(readdirSync(shared), ['notes.txt']);

  openDataFolder(join(shared, 'fareloom')).release();
  assert.equal(modeOf(join(shared, 'fareloom')), 0o700, 'one inside it is ours');
  chmodSync(shared, 0o700);
  openDataFolder(shared).release();
});
