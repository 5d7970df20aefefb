// The data folder: who else may look into it.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDataFolder } from '../../infra/data-folder.ts';

const dir = mkdtempSync(join(tmpdir(), 'fareloom-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('a data folder that is made is for its owner alone', () => {
  const path = join(dir, 'new', 'data');
  openDataFolder(path).release();
  assert.equal(modeOf(path), 0o700);
});

test('one that was open to others is closed to them', () => {
  const path = join(dir, 'open');
  mkdirSync(path);
  chmodSync(path, 0o755);
  openDataFolder(path).release();
  assert.equal(modeOf(path), 0o700);
});
