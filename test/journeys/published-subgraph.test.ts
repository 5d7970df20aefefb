// A subgraph that others published: the gateway calls it at its address, over HTTP, signed with a key of its own.
import { buildSubgraphSchema } from '@apollo/subgraph';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { graphql, parse } from 'graphql';
import { complete } from '../../schema/composition/shared.ts';
import { composed } from '../../schema/composition/composition.ts';
import { present } from '../../schema/values/present.ts';
import { keysFor, readIdentity } from '../../schema/wire/internal-identity.ts';
import type { SupergraphArtifact } from '../../schema/wire/supergraph-artifact.ts';
import { eventually } from '../kit/eventually.ts';
import { fakeRegistry } from '../kit/fake-registry.ts';
import { gatewayWiring, openFurtherGateway } from '../kit/gateway.ts';
import { openToAll } from '../kit/permissions.ts';
import { createSubgraph, publish, registryOf } from '../kit/publishing.ts';
import { masters } from '../kit/signed.ts';
import { openWorld } from '../kit/world.ts';
import { airportCalls, versionOf } from '../made-up/versions.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const travel = `${link} type Query { airport: Airport } type Airport @key(fields: "code") { code: String! city: String }`;
const lounges = `${link} type Airport @key(fields: "code") { code: String! lounges: Int }`;

/** A plain server with `@apollo/subgraph`, which believes only what is signed with its own key. */
async function openLounges(own: string, keys = keysFor(own, masters), now = () => new Date()) {
  const resolvers = { Airport: { __resolveReference: (airport: object) => ({ ...airport, lounges: 4 }) } };
  const schema = buildSubgraphSchema([{ typeDefs: parse(lounges), resolvers }]);
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const headers = request.headers as Record<string, string>;
      const { method, url: path = '' } = request;
      const signed = { method: method as 'POST', path, body, headers };
      const status = readIdentity(signed, own, keys, now()) ? 200 : 401;
      statuses.push(status);
      const { query: source, variables: variableValues } = JSON.parse(body) as { query: string; variables?: object };
      const result = status === 200 ? await graphql({ schema, source, variableValues: { ...variableValues } }) : {};
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(result));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let sockets = 0;
  server.on('connection', (socket) => {
    sockets++;
    socket.once('close', () => sockets--);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    statuses,
    sockets: () => sockets,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The supergraph with the published subgraph at this address. */
function withLounges(version: number, url: string): SupergraphArtifact {
  const parts = [
    { name: 'travel', sdl: travel },
    { name: 'lounges', sdl: lounges },
  ];
  const supergraphSdl = present(composed(parts).supergraphSdl, 'It does not compose.');
  const member = { version: 1, errorCodes: [] };
  const subgraphs = {
    travel: { ...member, generation: 1, urls: [] },
    lounges: { ...member, generation: 1, urls: [url] },
  };
  return { version, permissions: openToAll(supergraphSdl), subgraphs, supergraphSdl };
}

async function openBefore(first: SupergraphArtifact, env: Record<string, string> = {}) {
  await using opening = new AsyncDisposableStack();
  const folder = opening.use(await mkdtempDisposable(join(tmpdir(), 'supergraph-')));
  const registry = fakeRegistry(first);
  const wiring = gatewayWiring(env);
  const gateway = await openFurtherGateway(wiring, airportCalls(), {
    ...{ artifact: versionOf('first', 0), registry: { call: registry.call, folder: folder.path } },
  });
  opening.defer(() => gateway.close());
  const opened = opening.move();
  return {
    registry,
    isConnected: async () => (await wiring.metrics.registry.metrics()).includes('connections{subgraph="lounges"'),
    async ask(query = '{ airport { city lounges } }') {
      const response = await gateway.inject({ method: 'POST', url: '/graphql', payload: { query } });
      return response.json<{ data?: { airport: unknown }; errors?: { extensions: { code: string } }[] }>();
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

test('a published subgraph is asked at its address, with a signature that its own key proves', async () => {
  await using server = await openLounges('lounges');
  await using opened = await openBefore(withLounges(1, server.url));
  assert.deepEqual((await opened.ask()).data?.airport, { city: 'travel', lounges: 4 });
  assert.deepEqual(server.statuses, [200]);
  const unsigned = await fetch(`${server.url}/graphql`, { method: 'POST', body: '{"query":"{ __typename }"}' });
  assert.equal(unsigned.status, 401);
});

test('the signature for one published subgraph is worth nothing at another', async () => {
  await using server = await openLounges('other');
  await using opened = await openBefore(withLounges(1, server.url));
  const { data, errors } = await opened.ask();
  assert.deepEqual(data?.airport, { city: 'travel', lounges: null });
  assert.equal(errors?.[0]?.extensions.code, 'DOWNSTREAM_ERROR');
  assert.ok(server.statuses.every((status) => status === 401));
});

test('a published subgraph outside SUBGRAPH_NETWORKS is not called, whatever the registry allowed', async () => {
  await using server = await openLounges('lounges');
  for (const host of ['127.0.0.1', 'localhost']) {
    const artifact = withLounges(1, server.url.replace('127.0.0.1', host));
    await using opened = await openBefore(artifact, { SUBGRAPH_NETWORKS: '10.0.0.0/8' });
    const { data, errors } = await opened.ask();
    assert.deepEqual(data?.airport, { city: 'travel', lounges: null });
    assert.equal(errors?.[0]?.extensions.code, 'DOWNSTREAM_ERROR');
  }
  assert.deepEqual(server.statuses, []);
});

test('versions with the same address share connections, which close with the last of them', async () => {
  await using server = await openLounges('lounges');
  await using opened = await openBefore(withLounges(1, server.url));
  await opened.ask();
  opened.registry.publish(withLounges(2, server.url));
  await eventually(() => opened.registry.polls.at(-1)?.version === 2);
  await opened.ask();
  assert.equal(server.sockets(), 1, 'the connection is used again');
  assert.ok(await opened.isConnected());
  opened.registry.publish(versionOf('first', 3));
  await eventually(async () => !(await opened.isConnected()));
  await eventually(() => server.sockets() === 0);
  assert.deepEqual((await opened.ask('{ airport { city } }')).data?.airport, { city: 'travel' });
});

const loungesSdl = complete(`extend type Airport @key(fields: "code") @access(to: "anyone") {
  code: AirportCode! @external
  "The number of lounges."
  lounges: Int
}
`);

test('what a team publishes is in the answers of the running system as soon as its gateway has loaded it', async (t) => {
  await using world = await openWorld();
  const keys = keysFor('lounges', world.wiring.internalKeys);
  await using server = await openLounges('lounges', keys, world.clock.now);
  const registry = registryOf(world);
  await createSubgraph(registry, 'lounges', server.url);
  const ask = () => world.graph<{ airport: object }>('{ airport(code: "DEL") { city lounges } }');
  assert.equal((await ask()).status, 400);
  const { outcome, findings } = await publish(registry, 'lounges', loungesSdl);
  const since = performance.now();
  assert.equal(outcome, 'SERVED', JSON.stringify(findings));
  await eventually(async () => (await ask()).status === 200);
  t.diagnostic(`served ${(performance.now() - since).toFixed(0)} ms after the publication`);
  assert.deepEqual((await ask()).data.airport, { city: 'Delhi', lounges: 4 });
  const rolledBack = await registry('POST', '/supergraph/rollback', { force: true, reason: 'a fault' });
  assert.equal(rolledBack.status, 200);
  await eventually(async () => (await ask()).status === 400);
});
