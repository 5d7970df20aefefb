// What README has others paste: it works as it stands there.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { Supergraph } from '@apollo/federation-internals';
import { parse, validate } from 'graphql';
import { root } from '../compose-file.ts';
import { openListening } from '../paying.ts';
import { caughtUp } from '../ticketing.ts';
import { aFare, on } from '../world.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The blocks of a language in a section. */
const blocks = (language: string, section = ''): string[] =>
  [
    ...readme.slice(readme.indexOf(`## ${section}`)).matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm')),
  ].map(([, block]) => block!);

test('every operation in it is one that the graph has', () => {
  const schema = Supergraph.build(readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8'))
    .apiSchema()
    .toGraphQLJSSchema();
  const all = blocks('graphql');
  assert.ok(all.length >= 4);
  for (const block of all) assert.deepEqual(validate(schema, parse(block)), [], block);
});

test('the path from nothing to a ticket, pasted into a shell, leads to a ticket', async () => {
  const now = new Date();
  await using world = await openListening({ now: now.toISOString() });
  await world.file([aFare(on(new Date(now.getTime() + 30 * 86_400_000).toISOString().slice(0, 10)))]);
  await caughtUp(world, 'open-departures');
  const script = blocks('sh', 'Order a flight')[0]!.replace('localhost:4000', new URL(world.PUBLIC_URL).host);
  const PATH = `${dirname(process.execPath)}:${process.env['PATH']}`;
  const { stdout } = await promisify(execFile)('bash', ['-eu', '-c', script], { env: { PATH }, timeout: 60_000 });
  assert.match(stdout, /"status":"TICKETED".*"number":"312-\d{10}"/);
});
