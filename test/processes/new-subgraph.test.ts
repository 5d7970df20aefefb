// A team adds a subgraph and a worker: one folder, one file and their lines in the list; everything else is rendered.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { cp, mkdir, mkdtempDisposable, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { SOURCE_FOLDERS } from '../../infra/system/develop/changes.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { root } from '../kit/compose-file.ts';
import { eventually } from '../kit/eventually.ts';
import { spawned } from '../kit/spawned.ts';
import { files, listed } from '../made-up/weather/files.ts';

const LIST = 'infra/system/services.ts';
const NOTED_WITHIN = 60_000; // ms
const DERIVED = [
  'docker-compose.yml',
  'infra/deploy/observe/prometheus.yml',
  'infra/README.md',
  'subgraphs/README.md',
  'workers/README.md',
  'schema/supergraph.graphql',
  'schema/api.graphql',
  'schema/permissions.ts',
];

/** A copy of the source, without git. */
async function openCopy() {
  const folder = await mkdtempDisposable(join(tmpdir(), 'new-subgraph-'));
  for (const part of [...SOURCE_FOLDERS, 'docker-compose.yml', 'package.json'])
    await cp(join(root, part), join(folder.path, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'));
  const path = (file: string) => join(folder.path, file);
  return {
    path,
    read: (file: string) => readFile(path(file), 'utf8'),
    async write(file: string, text: string) {
      await mkdir(dirname(path(file)), { recursive: true });
      await writeFile(path(file), text);
    },
    /** npm run compose and npm run render. */
    derive(...options: string[]) {
      for (const script of [['infra/system/commands/compose.ts', ...options], ['infra/system/render/render.ts']])
        execFileSync(process.execPath, script, { cwd: folder.path, stdio: ['ignore', 'ignore', 'pipe'] });
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

test('a subgraph is a folder and a worker a file: listed, rendered, started, asked, and taken away again', async () => {
  await using copy = await openCopy();
  const { path, read, write, derive } = copy;
  const before = await Promise.all([LIST, ...DERIVED].map(read));
  for (const [file, text] of Object.entries(files)) await write(file, text);
  await write(LIST, listed(await read(LIST)));
  derive();

  assert.match(await read('docker-compose.yml'), /^ {2}weather:\n[^]*start\.ts, weather\][^]*^ {2}note-weather:\n/m);
  assert.match(await read('docker-compose.yml'), /WEATHER_URL: http:\/\/weather:4000/);
  assert.match(await read('infra/deploy/observe/prometheus.yml'), /- weather\n[^]*- note-weather\n/);
  assert.match(await read('infra/README.md'), /\| `WEATHER_URL` +\| `http:\/\/localhost:4090`/);
  assert.match(await read('workers/README.md'), /fare -- "departure\.scheduled" --> note-weather/);

  const [port] = (await freePorts(1)) as [number];
  await using system = spawned(
    'system',
    ['node', 'infra/start.ts'],
    { PORT: String(port) },
    port,
    undefined,
    path('.'),
  );
  await system.ready();
  const response = await eventually(async () => {
    const body = JSON.stringify({ query: '{ airport(code: "BLR") { city temperature } }' });
    const headers = { 'content-type': 'application/json' };
    const text = await (await fetch(`${system.url}/graphql`, { method: 'POST', headers, body })).text();
    assert.doesNotMatch(text, /"temperature":null/);
    return text;
  }, NOTED_WITHIN);
  assert.equal(response, '{"data":{"airport":{"city":"Bengaluru","temperature":21}}}\n');
  await system.end('SIGTERM');

  await write(LIST, before[0]!);
  await rm(path('subgraphs/weather'), { recursive: true });
  await rm(path('workers/note-weather.ts'));
  derive('--breaking'); // clients that ask for a temperature would miss it
  assert.deepEqual(await Promise.all([LIST, ...DERIVED].map(read)), before);
});
