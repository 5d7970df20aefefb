// npm run compose reports what a change breaks, in the schema and in pushed documents, before it writes anything.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { runCompose } from '../../infra/system/commands/compose.ts';
import { hashOf, putDocument } from '../../gateway/documents/document-folder.ts';
import { API_FILE, subgraphSdls } from '../../schema/composition/checkout.ts';
import { generated } from '../../schema/composition/compose.ts';

const PLACES = 'query Places { airport(code: "DEL") { location { latitude } } }';
const CITY = 'query City { airport(code: "DEL") { city } }';

/** The subgraphs without Airport.location. */
const without = subgraphSdls().map(({ name, sdl }) => ({
  name,
  sdl: name === 'travel' ? sdl.replace(/ {2}"The location, in degrees."\n {2}location: GeoPoint\n/, '') : sdl,
}));

test('a change that breaks clients is refused with the reason, and written once it is allowed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fareloom-compose-'));
  const documents = join(folder, 'documents');
  for (const document of [PLACES, CITY]) await putDocument(documents, document);
  const compose = async (parts: typeof without, ...args: string[]) => {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const release = { today: '2027-06-01', version: '0.4.0' };
    const code = await runCompose(args, { parts, folder, documents, release, out, err });
    return { code, out: await text(out.end()), err: await text(err.end()) };
  };
  const api = () => readFile(join(folder, API_FILE), 'utf8');

  const first = await compose(subgraphSdls());
  assert.deepEqual([first.code, first.err], [0, '']);
  assert.match(first.out, /^Wrote schema\/supergraph\.graphql, schema\/api\.graphql, /);
  assert.deepEqual(await compose(subgraphSdls(), '--check'), { code: 0, out: '', err: '' });
  const committed = await api();

  const refused = await compose(without);
  assert.deepEqual([refused.code, refused.out], [1, '']);
  const [field, document, nothing] = refused.err.split('\n');
  assert.equal(field, 'This breaks clients: Airport.location was removed.');
  assert.match(document!, new RegExp(`^This breaks the trusted document Places ${hashOf(PLACES)}: .*"location"`));
  assert.match(nothing!, /^Nothing was written\. .* --breaking\.$/);
  assert.equal(await api(), committed);

  assert.equal((await compose(without, '--breaking')).code, 0);
  assert.notEqual(await api(), committed);
  assert.deepEqual(await compose(without, '--check'), { code: 0, out: '', err: '' });
  const released = join(folder, 'released.graphql');
  await writeFile(released, committed);
  const since = await compose(without, '--check', '--against', released);
  assert.deepEqual([since.code, since.err], [1, `${field}\n${document}\n`]);
  assert.match((await compose(subgraphSdls(), '--check')).err, /^schema\/api\.graphql is stale/m);
  await assert.rejects(compose(without, '--brekaing'), /^Error: usage: npm run compose/);

  const mistyped = join(folder, 'relaesed.graphql');
  await assert.rejects(compose(without, '--check', '--against', mistyped), {
    message: `There is no file ${mistyped}.`,
  });
  const unwritten = await compose(without, '--against', released);
  assert.deepEqual([unwritten.code, unwritten.err.split('\n')[0]], [1, field], 'although the files are up to date');
  await rm(folder, { recursive: true });
});

test('a schema with a syntax error is reported with its file, line and column', async () => {
  const broken = subgraphSdls().map(({ name }) => ({
    name,
    sdl: name === 'fare' ? 'type Fare {\n  id: ID!' : 'scalar A',
  }));
  await assert.rejects(generated(broken), {
    message:
      'A schema cannot be read:\n- subgraphs/fare/schema.graphql:2:10: Syntax Error: Expected Name, found <EOF>.',
  });
});
