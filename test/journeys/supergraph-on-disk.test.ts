// The last supergraphs on disk: with the registry away a gateway starts with what it served last, and believes no file
// that the registry did not sign.
import assert from 'node:assert/strict';
import { mkdtempDisposable, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openLastGood } from '../../gateway/supergraph/last-good.ts';
import { openLog } from '../../infra/logging/log.ts';
import { SetClock } from '../../infra/process/set-clock.ts';
import {
  artifactKeys,
  signArtifact,
  type SignedArtifact,
  type SupergraphArtifact,
} from '../../schema/wire/supergraph-artifact.ts';
import { signingKey } from '../../schema/wire/signing-key.ts';
import { eventually } from '../kit/eventually.ts';
import { fakeRegistry, signedArtifact } from '../kit/fake-registry.ts';
import { gatewayWiring, openFurtherGateway } from '../kit/gateway.ts';
import { masters } from '../kit/signed.ts';
import { warnings } from '../kit/warnings.ts';
import { NOON } from '../kit/world.ts';
import { airportCalls, versionOf } from '../made-up/versions.ts';

const keys = artifactKeys(masters);
const SECOND = 1000;

/** A folder in which versions 1, 2 and 3 were kept one after the other. */
async function openFolder() {
  const dir = await mkdtempDisposable(join(tmpdir(), 'supergraph-'));
  const clock = new SetClock(NOON);
  const lines: [string, Record<string, unknown>][] = [];
  const lastGood = openLastGood(join(dir.path, 'kept'), keys, clock.now, warnings(lines));
  const fileOf = new Map<number, string>();
  for (const version of [1, 2, 3]) {
    const before = await readdir(join(dir.path, 'kept')).catch((): string[] => []);
    await lastGood.keep(signedArtifact(versionOf('first', version)));
    clock.advance(SECOND);
    const [added = ''] = (await readdir(join(dir.path, 'kept'))).filter((name) => !before.includes(name));
    fileOf.set(version, join(dir.path, 'kept', added));
  }
  return {
    lastGood,
    lines,
    folder: join(dir.path, 'kept'),
    fileOf: (version: number) => fileOf.get(version) ?? '',
    versions: async () => (await lastGood.read()).map(({ artifact }) => artifact.version),
    [Symbol.asyncDispose]: () => dir.remove(),
  };
}

test('the last two supergraphs are kept, last one first', async () => {
  await using opened = await openFolder();
  assert.deepEqual(await opened.versions(), [3, 2]);
  assert.equal((await readdir(opened.folder)).length, 2);
});

test('after a rollback the version that was served last comes first, not the one with the highest number', async () => {
  await using opened = await openFolder();
  await opened.lastGood.keep(signedArtifact(versionOf('moved', 1)));
  assert.deepEqual(await opened.versions(), [1, 3]);
});

const damages: Readonly<Record<string, (text: string) => string>> = {
  torn: (text) => text.slice(0, text.length / 2),
  empty: () => '',
  changed: (text) => text.replaceAll('country', 'capital'),
  'signed by another system': (text) => {
    const { content, ...rest } = JSON.parse(text) as SignedArtifact;
    const others = artifactKeys([signingKey(Buffer.alloc(32, 'other'))]);
    return JSON.stringify({ ...rest, ...signArtifact(JSON.parse(content) as SupergraphArtifact, others) });
  },
  'without a signature': (text) => JSON.stringify({ ...(JSON.parse(text) as SignedArtifact), signature: undefined }),
};

for (const [how, damage] of Object.entries(damages)) {
  test(`a file that is ${how} is refused and named, and the one before is used`, async () => {
    await using opened = await openFolder();
    const file = opened.fileOf(3);
    await writeFile(file, damage(await readFile(file, 'utf8')));
    assert.deepEqual(await opened.versions(), [2]);
    assert.deepEqual(opened.lines, [
      ['a kept supergraph is refused: torn, or not signed by the registry', { file: file.split('/').at(-1) }],
    ]);
  });
}

test('two gateways may share the folder: each finds what both wrote', async () => {
  await using opened = await openFolder();
  const clock = new SetClock(NOON);
  clock.advance(60 * SECOND);
  const quiet = openLog({ level: 'nothing', json: false });
  const other = openLastGood(opened.folder, keys, clock.now, quiet);
  const signed = signedArtifact(versionOf('more', 4));
  await Promise.all([opened.lastGood.keep(signed), other.keep(signed), opened.lastGood.keep(signed)]);
  assert.deepEqual(await opened.versions(), [4, 3]);
});

test('a folder that cannot be written is logged once, and what is served stays', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'supergraph-'));
  await writeFile(join(dir.path, 'file'), '');
  const lines: [string, Record<string, unknown>][] = [];
  const lastGood = openLastGood(join(dir.path, 'file', 'kept'), keys, new SetClock(NOON).now, warnings(lines));
  for (let n = 0; n < 2; n++) await lastGood.keep(signedArtifact(versionOf('first', 1)));
  assert.equal(lines.length, 1);
});

test('with the registry away a gateway starts with what it served last, and without a registry with what is committed', async () => {
  await using opened = await openFolder();
  const registry = fakeRegistry(versionOf('more', 4));
  const ask = async (isFollowing: boolean, until?: number) => {
    const gateway = await openFurtherGateway(gatewayWiring(), airportCalls(), {
      artifact: versionOf('first', 0),
      registry: isFollowing ? { call: registry.call, folder: opened.folder } : undefined,
    });
    if (until !== undefined) await eventually(() => registry.polls.at(-1)?.version === until);
    const payload = { query: '{ airport { city gates } }' };
    const { statusCode } = await gateway.inject({ method: 'POST', url: '/graphql', payload });
    await gateway.close();
    return statusCode;
  };
  assert.equal(await ask(true, 4), 200);
  assert.deepEqual(await opened.versions(), [4, 3]);
  registry.leave();
  assert.equal(await ask(true), 200);
  assert.equal(await ask(false), 400);
});

test('a kept supergraph that this release cannot load gives way to the one before', async () => {
  await using opened = await openFolder();
  await opened.lastGood.keep(signedArtifact({ ...versionOf('more', 5), supergraphSdl: 'type Query { torn' }));
  const registry = fakeRegistry();
  registry.leave();
  const lines: [string, Record<string, unknown>][] = [];
  const gateway = await openFurtherGateway(gatewayWiring({}, warnings(lines)), airportCalls(), {
    ...{ artifact: versionOf('more', 0), registry: { call: registry.call, folder: opened.folder } },
  });
  const payload = { query: '{ airport { city gates } }' };
  const { statusCode } = await gateway.inject({ method: 'POST', url: '/graphql', payload });
  await gateway.close();
  assert.equal(statusCode, 400, 'it serves version 3, which has no gates');
  assert.deepEqual(
    lines.map(([text]) => text),
    ['registry unreachable; the gateway serves the supergraph that it has', 'a kept supergraph cannot be loaded'],
  );
});
