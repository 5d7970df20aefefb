// Versions that are no longer served leave nothing behind.
import assert from 'node:assert/strict';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { eventually } from '../kit/eventually.ts';
import { fakeRegistry } from '../kit/fake-registry.ts';
import { gatewayWiring, openFurtherGateway } from '../kit/gateway.ts';
import { airportCalls, versionOf } from '../made-up/versions.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const EARLY = 20; // changes
const ALL = 200;

test('after 200 changes the heap is within a tenth of that after 20', async (t) => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'supergraph-'));
  const registry = fakeRegistry(versionOf('first', 1));
  const gateway = await openFurtherGateway(gatewayWiring(), airportCalls(), {
    ...{ artifact: versionOf('first', 0), registry: { call: registry.call, folder: folder.path } },
  });
  t.after(() => gateway.close());
  const versions = (['moved', 'first', 'more'] as const).map((name) => versionOf(name, 0));

  async function change(version: number): Promise<void> {
    const content = versions[version % versions.length]!;
    registry.publish({ ...content, version });
    await eventually(() => registry.polls.at(-1)?.version === version);
    const payload = { query: `query Of${version % 50} { airport { city country } }` };
    const response = await gateway.inject({ method: 'POST', url: '/graphql', payload });
    assert.equal(response.json<{ errors?: unknown }>().errors, undefined);
  }

  function heap(): number {
    registry.polls.length = 1;
    collect();
    collect();
    return process.memoryUsage().heapUsed;
  }

  let early = 0;
  for (let version = 2; version <= ALL + 1; version++) {
    await change(version);
    if (version === EARLY + 1) early = heap();
  }
  const late = heap();
  const MB = (bytes: number) => (bytes / 1_000_000).toFixed(1);
  t.diagnostic(
    `heap after ${EARLY} changes ${MB(early)} MB, after ${ALL} ${MB(late)} MB: ${(late / early).toFixed(3)}`,
  );
  assert.ok(late < early * 1.1, `${MB(late)} MB against ${MB(early)}`);
});
