// The debug endpoints of a running process: authorization and content.
import assert from 'node:assert/strict';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startAlone } from '../../infra/system/run/alone.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { serveDebug } from '../../infra/process/debug-server.ts';
import { openServer } from '../../infra/http/http-server.ts';
import { listen } from '../../infra/http/listen.ts';
import { openLog } from '../../infra/logging/log.ts';
import { root } from '../kit/compose-file.ts';
import { eventually } from '../kit/eventually.ts';
import { bearer, signedUp } from '../kit/person.ts';
import { INTERNAL_KEYS } from '../kit/signed.ts';
import { NOON, openWorld } from '../kit/world.ts';

test('only an OPERATOR’s access token gets a profile or the heap, and only on the internal port', async () => {
  await using world = await openWorld();
  const operator = await signedUp(world, 'operator@example.com', 'OPERATOR');
  const traveller = await signedUp(world, 'traveller@example.com');
  const looking = async (url: string, headers = {}) => {
    const { statusCode, body } = await world.internal.inject({ url, headers });
    return { status: statusCode, body };
  };
  for (const url of ['/debug/profile?seconds=1', '/debug/heap']) {
    assert.equal((await looking(url)).status, 401);
    assert.equal((await looking(url, bearer('made-up'))).status, 401);
    assert.equal((await looking(url, { cookie: `fareloom-access=${operator.tokens.accessToken}` })).status, 401);
    assert.equal((await looking(url, traveller.headers)).status, 403);
    assert.equal(
      (await world.gateway.inject({ url, headers: operator.headers })).statusCode,
      404,
      'the public port serves none',
    );
  }
  assert.equal((await looking('/metrics')).status, 200, 'scraping needs no token');

  const { used_heap_size } = (
    JSON.parse((await looking('/debug/heap', operator.headers)).body) as {
      heap: { used_heap_size: number };
    }
  )['heap'];
  assert.ok(used_heap_size > 1_000_000);
});

test('a profile shows where time is spent, in files of the project; one runs at a time, for a limited duration', async () => {
  await using world = await openWorld();
  const { headers } = await signedUp(world, 'operator@example.com', 'OPERATOR');
  const profile = async (query: string) => await world.internal.inject({ url: `/debug/profile${query}`, headers });
  for (const bad of ['?seconds=0', '?seconds=31', '?seconds=x', '?seconds=1&seconds=2', '?seconds=-1'])
    assert.equal((await profile(bad)).statusCode, 400, bad);

  const first = profile('?seconds=2');
  const busy = setInterval(() => void world.graph('{ __typename }'), 5);
  await using second = Object.assign(await profile('?seconds=1'), {
    [Symbol.asyncDispose]: async () => clearInterval(busy),
  });
  const both = [await first, second];
  assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [200, 409]);
  const { body, headers: said } = both.find(({ statusCode }) => statusCode === 200)!;
  assert.equal(said['content-disposition'], 'attachment; filename="fareloom.cpuprofile"');
  const { nodes, samples } = JSON.parse(body) as { nodes: { callFrame: { url: string } }[]; samples: number[] };
  assert.ok(samples.length > 0);
  assert.ok(nodes.some(({ callFrame: { url } }) => url.startsWith('node_modules/@apollo/')));
  assert.ok(!body.includes(root), 'no path of the machine');
  assert.equal((await profile('?seconds=1')).statusCode, 200, 'a new profile can start');
});

test('a closing server does not wait for a profile', async () => {
  const app = openServer(1);
  serveDebug(app);
  const profile = async (seconds: number) => await app.inject(`/debug/profile?seconds=${seconds}`); // inject starts only when it is awaited
  const looking = profile(30);
  await eventually(async () => assert.equal((await profile(1)).statusCode, 409));
  const began = performance.now();
  await app.close();
  assert.equal((await looking).statusCode, 200);
  assert.ok(performance.now() - began < 20_000);
});

test('a service in its own process cannot check the OPERATOR role: it serves debug data only with a configured key, to that key', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'fareloom-'));
  const looking = async (env: Record<string, string>, headers = {}) => {
    const urls = { DATABASE_URL: `sqlite:${dir.path}`, KAFKA_URL: `sqlite:${dir.path}` };
    const config = readConfig({ CLOCK: NOON, INTERNAL_KEYS, ...urls, ...env });
    const { app, stop } = await startAlone('travel', config, openLog({ level: 'off', json: true }));
    const url = `http://127.0.0.1:${await listen(app, { host: '127.0.0.1', port: 0 })}`;
    const { status } = await fetch(`${url}/debug/heap`, { headers });
    await stop();
    return status;
  };
  const DEBUG_KEY = 'sixteen characters or more';
  assert.equal(await looking({}, bearer(DEBUG_KEY)), 404);
  assert.equal(await looking({ DEBUG_KEY }), 401);
  assert.equal(await looking({ DEBUG_KEY }, bearer('another key of some length')), 401);
  assert.equal(await looking({ DEBUG_KEY }, bearer(DEBUG_KEY)), 200);
});
