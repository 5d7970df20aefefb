// Each service, as its own process on embedded adapters, loads only what it needs.
import assert from 'node:assert/strict';
import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { services } from '../../infra/system/service.ts';
import { LISTING, type ModuleList } from '../kit/loaded.ts';
import { runToEnd } from '../kit/spawned.ts';
import { offences } from './load-rules.ts';

async function loadedAlone(name: string): Promise<ModuleList> {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'loads-'));
  const list = join(dir.path, 'modules');
  await runToEnd(name, ['node', 'test/kit/run-alone.ts', name, dir.path], {
    ...{ NODE_OPTIONS: LISTING, MODULES_FILE: list },
  });
  return JSON.parse(await readFile(list, 'utf8')) as ModuleList;
}

describe('a service on embedded adapters', { concurrency: 2 }, () => {
  for (const service of services) {
    test(`${service.name} loads only what a ${service.kind} needs`, async () => {
      const loaded = await loadedAlone(service.name);
      assert.ok('zod' in loaded && Object.keys(loaded).length > 20, 'the modules were listed');
      assert.deepEqual(offences(service, loaded, true), []);
    });
  }
});
