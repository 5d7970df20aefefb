// npm run dev on a copy of the source: what a save does, and what a faulty save leaves running.
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { appendFile, cp, mkdir, mkdtempDisposable, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { changesComposition, isSource, SOURCE_FOLDERS, syntaxFaults } from '../../infra/system/develop/changes.ts';
import { watchTypes } from '../../infra/system/develop/watch-types.ts';
import { watchFolders } from '../../infra/system/develop/watch-source.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { root } from '../kit/compose-file.ts';
import { eventually } from '../kit/eventually.ts';
import { PASSWORD } from '../kit/person.ts';
import { spawned } from '../kit/spawned.ts';

const START_WITHIN = 240_000; // ms; composing and starting on a busy machine

const temporary = (name: string) => mkdtempDisposable(join(tmpdir(), `${name}-`));

/** A copy of the source, without git, in which npm run dev runs. */
async function openDev() {
  await using closing = new AsyncDisposableStack();
  const { path } = closing.use(await temporary('dev'));
  for (const part of [...SOURCE_FOLDERS, 'package.json'])
    await cp(join(root, part), join(path, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
  const [port] = (await freePorts(1)) as [number];
  const env = { DEMO_DATA: 'off', PORT: String(port) };
  const command = ['node', 'infra/system/develop/dev.ts', '--no-types'];
  const dev = closing.use(spawned('dev', command, env, port, undefined, path));
  const rest = closing.move();

  return {
    dev,
    path: (file: string) => join(path, file),
    /** Saves a file as most editors do: a new one replaces it. */
    async save(file: string, change: (text: string) => string) {
      await writeFile(join(path, `${file}~`), change(await readFile(join(path, file), 'utf8')));
      await rename(join(path, `${file}~`), join(path, file));
    },
    /** Resolves once as many lines match. */
    said: (pattern: RegExp, times: number) =>
      eventually(() => {
        const count = dev.lines.filter((line) => pattern.test(line)).length;
        if (count < times) throw new Error(`${pattern} was said ${count} times:\n${dev.lines.join('\n')}`);
      }, START_WITHIN),
    async graph<T>(query: string, variables: object = {}): Promise<T> {
      const response = await fetch(`${dev.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return ((await response.json()) as { data: T }).data;
    },
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  };
}

const READY = /Fareloom is ready/;
const KEPT = /the system keeps running as it was/;
const SDL = 'subgraphs/travel/schema.graphql';
const CITY = '{ airport(code: "DEL") { city } }';

test('a save restarts the system with its data, a changed schema is composed before, and a faulty save leaves it running', async () => {
  await using copy = await openDev();
  const { dev, save, said, graph } = copy;
  await said(READY, 1);
  const account = { email: 'asha.rao@example.com', password: PASSWORD };
  await graph('mutation ($input: SignUpInput!) { signUp(input: $input) { __typename } }', { input: { ...account, name: 'Asha Rao' } }); // prettier-ignore

  await save(SDL, (sdl) =>
    sdl.replace('  "The location, in degrees."\n', '  "Its short name."\n  nickname: String\n$&'),
  );
  await said(READY, 2);
  assert.deepEqual(await graph('{ airport(code: "DEL") { city nickname } }'), { airport: { city: 'Delhi', nickname: null } }); // prettier-ignore
  for (const file of ['schema/supergraph.graphql', 'schema/api.graphql', 'subgraphs/travel/graph/schema.generated.ts'])
    assert.match(await readFile(copy.path(file), 'utf8'), /nickname/, file);
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
  assert.deepEqual(await graph(signIn, { input: account }), { signIn: { __typename: 'SignedIn' } }, 'the data is kept');

  await save(SDL, (sdl) => `${sdl}type {\n`);
  await said(KEPT, 1);
  assert.match(dev.lines.join('\n'), /travel\/schema\.graphql:\d+:6: Syntax Error: Expected Name/);
  assert.deepEqual(await graph(CITY), { airport: { city: 'Delhi' } });
  await save(SDL, (sdl) => sdl.replace('type {\n', ''));
  await said(READY, 3);

  await save('gateway/gateway.ts', (source) => `${source}const broken = (;\n`);
  await said(KEPT, 2);
  assert.match(dev.lines.join('\n'), /gateway\/gateway\.ts\(\d+,17\): error TS1109: Expression expected/);
  assert.deepEqual(await graph(CITY), { airport: { city: 'Delhi' } });
  await save('gateway/gateway.ts', (source) => source.replace('const broken = (;', 'throw new Error("at import");'));
  await said(/the system ended with code 1, and starts at the next save/, 1);
  await save('gateway/gateway.ts', (source) => source.replace('throw new Error("at import");\n', ''));
  await said(READY, 4);

  assert.equal(await dev.end('SIGINT'), 0, dev.lines.join('\n'));
  assert.match(dev.lines.join('\n'), /stopping on SIGTERM/);
  await assert.rejects(fetch(`${dev.url}/readyz`));
});

describe('a change', () => {
  test('counts if the running system has loaded the file, and composes if generated files follow from it', () => {
    const files = ['subgraphs/fare/schema.graphql', 'subgraphs/fare/graph/sources.ts', 'schema/errors.ts', 'workers/notify.ts', 'subgraphs/fare/migrations/sqlite/0001-fares.sql']; // prettier-ignore
    assert.deepEqual(files.map((file) => [isSource(file), changesComposition(file)]), [[true, true], [true, true], [true, true], [true, false], [true, false]]); // prettier-ignore
    for (const file of [
      'schema/api.graphql',
      'schema/supergraph.graphql',
      'schema/permissions.ts',
      'subgraphs/fare/graph/schema.generated.ts',
      'infra/README.md',
    ])
      assert.ok(!isSource(file), file);
  });

  test('that cannot be read is named with its place', async () => {
    await using dir = await temporary('syntax');
    await writeFile(join(dir.path, 'a.ts'), 'const a: number = 1;\nlet b = ;\n');
    assert.deepEqual(syntaxFaults('a.ts', dir.path), ['a.ts(2,9): error TS1109: Expression expected.']);
    assert.deepEqual(syntaxFaults('gone.ts', dir.path), []);
  });

  test('is seen in files that are written, replaced, renamed or deleted, and in folders that are made later', async () => {
    await using dir = await temporary('watched');
    const at = (file: string) => join(dir.path, file);
    await mkdir(at('src/deep'), { recursive: true });
    for (const file of ['written.ts', 'replaced.ts', 'deleted.ts', 'other.ts'])
      await writeFile(at(`src/deep/${file}`), '');
    const seen = new Set<string>();
    const unwatch = watchFolders(dir.path, ['src'], (files) => files.forEach((file) => seen.add(file)));
    const sees = (file: string) => eventually(() => assert.ok(seen.has(`src/${file}`), `${file}: ${[...seen].join()}`));
    try {
      await appendFile(at('src/deep/written.ts'), '1');
      await sees('deep/written.ts');
      for (let times = 0; times < 2; times++) {
        await writeFile(at('src/deep/new~'), '2');
        await rename(at('src/deep/new~'), at('src/deep/replaced.ts'));
        await sees('deep/replaced.ts');
        seen.clear();
      }
      await rm(at('src/deep/deleted.ts'));
      await sees('deep/deleted.ts');
      await mkdir(at('src/later/inside'), { recursive: true });
      await writeFile(at('src/later/inside/first.ts'), '3');
      await sees('later/inside/first.ts');
      seen.clear();
      await appendFile(at('src/later/inside/first.ts'), '4');
      await sees('later/inside/first.ts');
    } finally {
      unwatch();
    }
  });

  test('with a type error is named beside the running system, and so is its repair', async () => {
    await using dir = await temporary('types');
    const at = (file: string) => join(dir.path, file);
    await mkdir(at('node_modules'));
    symlinkSync(join(root, 'node_modules/typescript'), at('node_modules/typescript'));
    await writeFile(
      at('tsconfig.json'),
      '{ "compilerOptions": { "noEmit": true, "types": [], "lib": ["es2024"] }, "files": ["a.ts"] }',
    );
    await writeFile(at('a.ts'), 'export const a: number = "1";\n');
    const lines: string[] = [];
    const stop = watchTypes(dir.path, (line) => lines.push(line));
    try {
      await eventually(() => assert.match(lines.join('\n'), /^a\.ts\(1,14\): error TS2322: /m), START_WITHIN);
      await writeFile(at('a.ts'), 'export const a: number = 1;\n');
      await eventually(() => assert.equal(lines.at(-1), 'no type errors any more'), START_WITHIN);
    } finally {
      await stop();
    }
  });
});
