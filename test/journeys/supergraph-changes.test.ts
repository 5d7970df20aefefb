// The gateway serves a supergraph that changes while it runs: no query fails, and no answer is of two versions.
import assert from 'node:assert/strict';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { hashOf } from '../../gateway/documents/document-folder.ts';
import type { GatewayOptions } from '../../gateway/gateway.ts';
import { LIMITS } from '../../gateway/limits/limits.ts';
import { committedSupergraph } from '../../gateway/supergraph/committed.ts';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import type { Log } from '../../infra/logging/log.ts';
import { eventually } from '../kit/eventually.ts';
import { type FakeRegistry, fakeRegistry } from '../kit/fake-registry.ts';
import { gatewayWiring, openFurtherGateway } from '../kit/gateway.ts';
import { warnings } from '../kit/warnings.ts';
import { airportCalls, type VersionName, versionOf } from '../made-up/versions.ts';

const PLACE = '{ airport { city country } }';
const GATES = '{ airport { city gates } }';

interface Options {
  calls?: Readonly<Record<string, Call>>;
  change?: Partial<GatewayOptions>;
  env?: Record<string, string>;
  /** By default one that has the first version. */
  registry?: FakeRegistry;
}

/** A gateway that follows a registry. */
async function openChanging(t: TestContext, options: Options = {}) {
  const { calls = airportCalls(), change, env, registry = fakeRegistry(versionOf('first', 1)) } = options;
  const lines: [string, Record<string, unknown>][] = [];
  const infos: string[] = [];
  const log: Log = { ...warnings(lines), info: (text) => void infos.push(text), child: () => log };
  const wiring = gatewayWiring(env, log);
  const folder = await mkdtempDisposable(join(tmpdir(), 'supergraph-'));
  const gateway = await openFurtherGateway(wiring, calls, {
    ...{ artifact: versionOf('more', 0), registry: { call: registry.call, folder: folder.path }, ...change },
  });
  t.after(async () => {
    await gateway.close();
    await folder.remove();
  });
  let version = 1;
  return {
    gateway,
    registry,
    lines,
    infos,
    metrics: () => wiring.metrics.registry.metrics(),
    async ask(query: string) {
      const response = await gateway.inject({ method: 'POST', url: '/graphql', payload: { query } });
      const { data, errors } = response.json<{ data?: { airport: unknown }; errors?: { message: string }[] }>();
      return { status: response.statusCode, airport: data?.airport, errors };
    },
    /** Publishes a version and waits until the gateway has acknowledged it. */
    async publish(name: VersionName): Promise<void> {
      registry.publish(versionOf(name, ++version));
      await eventually(() => registry.polls.at(-1)?.version === version);
    },
  };
}

test('a gateway is ready with what the registry has, not with what was committed', async (t) => {
  const { ask } = await openChanging(t);
  assert.match((await ask(GATES)).errors?.[0]?.message ?? '', /Cannot query field "gates"/);
  assert.deepEqual((await ask(PLACE)).airport, { city: 'travel', country: 'travel' });
});

test('a field appears and disappears with the version that has it', async (t) => {
  const { ask, publish } = await openChanging(t);
  await publish('more');
  assert.deepEqual((await ask(GATES)).airport, { city: 'travel', gates: 90 });
  await publish('first');
  assert.equal((await ask(GATES)).status, 400);
});

test('while versions change under requests none fails, and none is answered by two versions', async (t) => {
  const { ask, publish } = await openChanging(t);
  let asking = true;
  const airports: unknown[] = [];
  const clients = Array.from({ length: 4 }, async () => {
    while (asking) {
      const { status, airport, errors } = await ask(PLACE);
      assert.deepEqual([status, errors], [200, undefined]);
      airports.push(airport);
    }
  });
  for (const name of ['moved', 'first', 'more', 'moved', 'more', 'first'] as const) {
    const before = airports.length;
    await publish(name);
    await eventually(() => airports.length > before + 8);
  }
  asking = false;
  await Promise.all(clients);
  const kinds = new Set(airports.map((airport) => JSON.stringify(airport)));
  const by = (name: string) => JSON.stringify({ city: name, country: name });
  assert.deepEqual(kinds, new Set([by('travel'), by('places')]), 'both are of one subgraph');
  t.diagnostic(`${airports.length} answers over 6 changes`);
});

test('a request that began before a change ends on the version that it began with', async (t) => {
  const go = Promise.withResolvers<void>();
  const { travel, places } = airportCalls() as Record<'travel' | 'places', Call>;
  let held = 0;
  const slow: Call = async (request) => {
    if (held++ === 0) await go.promise;
    return travel(request);
  };
  const { ask, publish } = await openChanging(t, { calls: { travel: slow, places } });
  const begun = ask(PLACE);
  await eventually(() => held === 1);
  await publish('moved');
  assert.deepEqual((await ask(PLACE)).airport, { city: 'places', country: 'places' });
  go.resolve();
  assert.deepEqual((await begun).airport, { city: 'travel', country: 'travel' });
});

test('an answer in parts ends on the version that it began with', async (t) => {
  const go = Promise.withResolvers<void>();
  const { travel, places } = airportCalls() as Record<'travel' | 'places', Call>;
  let held = 0;
  const slow: Call = async (request) => {
    held++;
    await go.promise;
    return places(request);
  };
  const { gateway, publish } = await openChanging(t, { calls: { travel, places: slow } });
  await publish('moved');
  const answering = gateway.inject({
    ...{ method: 'POST', url: '/graphql', headers: { accept: 'multipart/mixed; deferSpec=20220824' } },
    payload: { query: '{ airport { code ... @defer { city country } } }' },
  });
  await eventually(() => held === 1);
  await publish('first');
  go.resolve();
  const { body } = await answering;
  assert.match(body, /"data":\{"airport":\{"code":"DEL"\}\}/);
  assert.match(body, /"data":\{"city":"places","country":"places"\}/);
});

test('an artifact that cannot be loaded changes nothing, is logged once, and the next one is served', async (t) => {
  const { ask, publish, registry, lines } = await openChanging(t);
  registry.publish({ ...versionOf('more', 2), supergraphSdl: 'type Query { torn' });
  await eventually(() => registry.polls.filter(({ failed }) => failed === 2).length >= 2);
  assert.deepEqual((await ask(PLACE)).airport, { city: 'travel', country: 'travel' });
  const told = lines.filter(([text]) => text.startsWith('the supergraph from the registry cannot be served'));
  assert.equal(told.length, 1);
  const { version } = registry.polls.at(-1) ?? {};
  assert.equal(version, 1, 'it acknowledges the version that it serves');
  await publish('first');
  await publish('more');
  assert.deepEqual((await ask(GATES)).airport, { city: 'travel', gates: 90 });
});

test('an artifact that others signed is refused', async (t) => {
  const { ask, publish, registry, lines } = await openChanging(t);
  registry.publish({ content: JSON.stringify(versionOf('more', 2)), signature: 'unknown.forged' });
  await eventually(() => lines.some(([text]) => text.startsWith('the supergraph from the registry cannot be served')));
  assert.equal((await ask(GATES)).status, 400);
  await publish('more');
  assert.equal((await ask(GATES)).status, 200);
});

test('the registry may be away at the start and later: the gateway serves what it has, and finds it again', async (t) => {
  const registry = fakeRegistry(versionOf('first', 1));
  registry.leave();
  const { ask, publish, lines, infos } = await openChanging(t, { registry });
  assert.deepEqual((await ask(GATES)).airport, { city: 'travel', gates: 90 }, 'the committed one');
  registry.back();
  await eventually(() => registry.polls.at(-1)?.version === 1);
  assert.equal((await ask(GATES)).status, 400);
  registry.leave();
  await eventually(() => lines.length === 2);
  assert.deepEqual((await ask(PLACE)).airport, { city: 'travel', country: 'travel' });
  registry.back();
  // though nothing has changed: the first time was after the start
  await eventually(() => infos.filter((text) => text === 'registry reachable again').length === 2);
  await publish('more');
  assert.equal((await ask(GATES)).status, 200);
  assert.deepEqual(
    lines.map(([text]) => text),
    Array(2).fill('registry unreachable; the gateway serves the supergraph that it has'),
    'a line for each outage',
  );
});

test('cached answers are of one version, and a rollback finds its own again', async (t) => {
  let asked = 0;
  const cacheable =
    (call: Call): Call =>
    async (request) => {
      asked++;
      const answer = await call(request);
      return { ...answer, headers: { ...answer.headers, 'cache-control': 'public, max-age=60' } };
    };
  const calls = Object.fromEntries(Object.entries(airportCalls()).map(([name, call]) => [name, cacheable(call)]));
  const { ask, publish, registry } = await openChanging(t, { calls, env: { ANSWER_CACHE: 'on' } });
  await publish('moved');
  for (let n = 0; n < 2; n++) assert.deepEqual((await ask(PLACE)).airport, { city: 'places', country: 'places' });
  assert.equal(asked, 2, 'one fetch of each subgraph');
  await publish('first');
  for (let n = 0; n < 2; n++) assert.deepEqual((await ask(PLACE)).airport, { city: 'travel', country: 'travel' });
  assert.equal(asked, 3);
  const { subgraphs } = versionOf('moved', 2);
  registry.publish({ ...versionOf('moved', 4), subgraphs });
  await eventually(() => registry.polls.at(-1)?.version === 4);
  assert.deepEqual((await ask(PLACE)).airport, { city: 'places', country: 'places' });
  assert.equal(asked, 3, 'from the cache');
});

test('what clients asked before a change is planned when the next version takes over', async (t) => {
  const { ask, publish, metrics } = await openChanging(t);
  const misses = async () =>
    Number(/_plan_duration_seconds_count\{cache="miss"\} (\d+)/.exec(await metrics())?.[1] ?? 0);
  await ask(PLACE);
  const before = await misses();
  assert.equal(before, 1);
  await publish('moved');
  assert.deepEqual((await ask(PLACE)).airport, { city: 'places', country: 'places' });
  assert.equal(await misses(), before, 'no client waited for a plan');
});

test('a trusted document that a version can no longer run is named, with the reason', async (t) => {
  const [known, broken] = ['query Known { airport { city } }', 'query Broken { airport { gates } }'];
  const all = [known, broken].map((text) => [hashOf(text), text] as const);
  const documents = { get: () => undefined, all: () => all, size: all.length, close: () => undefined };
  const { publish, lines } = await openChanging(t, { change: { trust: { documents, mode: 'off' } } });
  await publish('more');
  assert.deepEqual(lines, []);
  await publish('first');
  await eventually(() => lines.length === 1);
  assert.deepEqual(lines, [
    [
      'a trusted document is invalid on this supergraph',
      { hash: hashOf(broken), operation: 'Broken', reason: 'Cannot query field "gates" on type "Airport".' },
    ],
  ]);
});

test('the explorer has the examples that the version can run, and no others', async (t) => {
  const { gateway, registry } = await openChanging(t);
  const page = async () =>
    gunzipSync((await gateway.inject({ url: '/graphql', headers: { accept: 'text/html' } })).rawPayload).toString();
  assert.doesNotMatch(await page(), /query CheapestDay/);
  registry.publish({ ...committedSupergraph(), version: 2 });
  await eventually(() => registry.polls.at(-1)?.version === 2);
  assert.match(await page(), /query CheapestDay/);
});

test('what a version costs and allows is its own: the price of a field changes with it', async (t) => {
  const { ask, publish } = await openChanging(t, { change: { limits: { ...LIMITS, cost: 50 } } });
  assert.equal((await ask(PLACE)).status, 200);
  await publish('costly');
  assert.match((await ask(PLACE)).errors?.[0]?.message ?? '', /^This costs 61: 50 is allowed/);
  await publish('first');
  assert.equal((await ask(PLACE)).status, 200);
});
