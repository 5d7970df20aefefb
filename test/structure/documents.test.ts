// CONTRIBUTING.md, README.md and CHANGELOG.md: the commands that they name exist, and lines stay short enough to review.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../kit/compose-file.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

test('every command in README.md, CONTRIBUTING.md and test/README.md is a script of package.json', () => {
  const named = ['README.md', 'CONTRIBUTING.md', 'test/README.md'].flatMap((file) =>
    [...read(file).matchAll(/`npm run ([\w:-]+)/g)].map(([, name]) => name!),
  );
  assert.ok(named.length > 30, 'the commands were found');
  assert.deepEqual(
    named.filter((name) => !(name in scripts)),
    [],
  );
});

test('CONTRIBUTING.md lists the commands of daily work in one table', () => {
  const section = read('CONTRIBUTING.md')
    .split(/^## /m)
    .find((text) => text.startsWith('Work\n'))!;
  const listed = [...section.matchAll(/^\| `npm (?:run )?([\w:-]+)/gm)].map(([, name]) => name!);
  for (const name of ['dev', 'test:one', 'repl', 'reset', 'check', 'format', 'test'])
    assert.ok(listed.includes(name), name);
});

test('lines of the unreleased section of CHANGELOG.md have up to 120 characters', () => {
  const unreleased = read('CHANGELOG.md').split(/^## (?=\d)/m)[1]!;
  assert.match(unreleased, /^\S+ \(unreleased\)\n/);
  assert.deepEqual(
    unreleased.split('\n').filter((line) => line.length > 120),
    [],
  );
});

test('where READMEs say that a name is in a file, the file has it', () => {
  const places = ['subgraphs', 'workers', 'gateway', 'infra', 'schema', 'test'].flatMap((folder) =>
    [...read(`${folder}/README.md`).matchAll(/`([\w.]+)` in `((?!.*NAME)[\w/.-]+\.ts)`/g)].map(([, name, file]) => {
      const path = [file!, `${folder}/${file}`].find((each) => existsSync(join(root, each)));
      return { said: `${folder}/README.md: ${name} in ${file}`, has: path !== undefined && read(path).includes(name!) };
    }),
  );
  assert.ok(places.length > 10, 'the names were found');
  assert.deepEqual(
    places.filter(({ has }) => !has).map(({ said }) => said),
    [],
  );
});
