// How the gateway reaches the replicas of a subgraph that run as separate processes.
import fastify from 'fastify';
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { overHttp } from '../../gateway/subgraph-client/over-http.ts';
import { eventually } from '../kit/eventually.ts';
import { graphqlRequest } from '../kit/signed.ts';
import { drain, listen } from '../../infra/http/listen.ts';
import { openServer } from '../../infra/http/http-server.ts';

const QUERY = graphqlRequest(JSON.stringify({ query: '{ a }' }));
const MUTATION = graphqlRequest(JSON.stringify({ query: 'mutation { a }' }));
const PATIENCE = 5000; // ms

/**
 * A replica that answers with its name and keeps idle connections for `keepAliveTimeout` ms. While it is leaving it
 * closes its connections after each answer; while it is dying it resets them.
 */
async function openReplica(name: string, keepAliveTimeout = 72_000) {
  const app = fastify({ forceCloseConnections: true, keepAliveTimeout });
  const replica = {
    ...{ name, asked: 0, connections: 0, dying: false, leaving: false, url: '' },
    [Symbol.asyncDispose]: () => app.close(),
  };
  app.server.on('connection', () => replica.connections++);
  app.post('/graphql', async (request, reply) => {
    replica.asked++;
    if (replica.dying) request.raw.socket.destroy();
    if (replica.leaving) reply.header('connection', 'close');
    return reply.send({ data: name });
  });
  app.get('/readyz', async (_request, reply) => reply.code(replica.dying ? 503 : 200).send({}));
  await app.listen({ port: 0, host: '127.0.0.1' });
  replica.url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return replica;
}

test('requests go to replicas in turn', async () => {
  await using a = await openReplica('a');
  await using b = await openReplica('b');
  const { call, close } = overHttp([a.url, b.url], PATIENCE);
  for (let n = 0; n < 6; n++) await call(QUERY);
  assert.deepEqual([a.asked, b.asked], [3, 3]);
  await close();
});

test('a replica that is gone is skipped, for queries and mutations', async () => {
  await using a = await openReplica('a');
  const b = await openReplica('b');
  await b[Symbol.asyncDispose]();
  const { call, close } = overHttp([a.url, b.url], PATIENCE);
  for (const request of [QUERY, MUTATION, QUERY, MUTATION]) {
    assert.equal(String((await call(request)).body), '{"data":"a"}');
  }
  await close();
});

test('a draining replica gets no requests while there is another', async () => {
  await using a = await openReplica('a');
  await using b = await openReplica('b');
  b.leaving = true;
  const { call, close } = overHttp([a.url, b.url], PATIENCE);
  for (let n = 0; n < 6; n++) await call(MUTATION);
  assert.deepEqual([a.asked, b.asked], [5, 1]);
  await a[Symbol.asyncDispose]();
  assert.equal(String((await call(QUERY)).body), '{"data":"b"}', 'a draining replica is better than none');
  await close();
});

test('replicas shut down one after the other under mutations, and no mutation is lost', async () => {
  const open = async (port: number) => {
    const app = openServer(1000);
    app.post('/graphql', async () => {
      await nextTurn();
      return { data: {} };
    });
    return { app, port: await listen(app, { host: '127.0.0.1', port }) };
  };
  const replicas = [await open(0), await open(0)];
  const { call, close } = overHttp(
    replicas.map(({ port }) => `http://127.0.0.1:${port}`),
    PATIENCE,
  );
  const failures: unknown[] = [];
  let isOver = false;
  async function client(): Promise<void> {
    while (!isOver) {
      await call(MUTATION).catch((error: unknown) => failures.push(error));
      await wait(Math.random() * 20); // so that connections are sometimes idle
    }
  }
  const clients = Array.from({ length: 20 }, client);
  for (const [n, { app, port }] of replicas.entries()) {
    await drain(app, 1500);
    await app.close();
    replicas[n] = await open(port);
  }
  isOver = true;
  await Promise.all(clients);
  await close();
  await Promise.all(replicas.map(({ app }) => app.close()));
  assert.deepEqual(failures, []);
});

test('a query is retried when its replica dies; a mutation is an error, because it may have been done', async () => {
  await using a = await openReplica('a');
  await using b = await openReplica('b');
  b.dying = true;
  const { call, close } = overHttp([a.url, b.url], PATIENCE);
  for (let n = 0; n < 4; n++) assert.equal(String((await call(QUERY)).body), '{"data":"a"}');
  const mutations = await Promise.allSettled([call(MUTATION), call(MUTATION)]);
  assert.deepEqual(mutations.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  await close();
});

test('a query is retried once on an only replica that dies, a mutation never', async () => {
  await using a = await openReplica('a');
  a.dying = true;
  const { call, close } = overHttp([a.url], PATIENCE);
  await assert.rejects(call(QUERY), { code: 'UND_ERR_SOCKET' });
  assert.equal(a.asked, 2);
  await assert.rejects(call(MUTATION), { code: 'UND_ERR_SOCKET' });
  assert.equal(a.asked, 3);
  await close();
});

test('connections are reused, and no more are opened than allowed', async () => {
  await using a = await openReplica('a');
  const { call, close } = overHttp([a.url], PATIENCE, 8);
  for (let n = 0; n < 100; n++) await call(MUTATION);
  assert.ok(a.connections < 5, String(a.connections));
  await Promise.all(Array.from({ length: 300 }, () => call(QUERY)));
  assert.equal(a.connections, 8);
  await close();
});

test('a connection that its server is about to close is not used for a mutation', async () => {
  await using a = await openReplica('a', 1000); // its keep-alive header announces it, and our safety margin is longer
  const { call, close } = overHttp([a.url], PATIENCE);
  for (let n = 0; n < 10; n++) await call(MUTATION);
  assert.equal(a.connections, 10);
  await close();
});

test('with no replica left the caller gets one error', async () => {
  const a = await openReplica('a');
  await a[Symbol.asyncDispose]();
  const { call, ready, close } = overHttp([a.url], PATIENCE);
  await assert.rejects(call(QUERY), { code: 'ECONNREFUSED' });
  await assert.rejects(ready(), { code: 'ECONNREFUSED' });
  await close();
});

test('a subgraph is ready while any of its replicas is', async () => {
  await using a = await openReplica('a');
  await using b = await openReplica('b');
  const { ready, close } = overHttp([a.url, b.url], PATIENCE);
  a.dying = true;
  await ready();
  await ready();
  b.dying = true;
  await assert.rejects(ready(), { code: 'NOT_READY' });
  await close();
});

test('the connections to all replicas are counted: used, idle, and requests that wait for one', async () => {
  await using app = Object.assign(fastify({ forceCloseConnections: true }), {
    [Symbol.asyncDispose]: () => app.close(),
  });
  const go = Promise.withResolvers<void>();
  let asked = 0;
  app.post('/graphql', async () => {
    asked++;
    await go.promise;
    return {};
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const { call, connections, close } = overHttp([url, url], PATIENCE, 64);
  assert.deepEqual(connections(), { used: 0, idle: 0, queued: 0 });
  const calls = Array.from({ length: 130 }, () => call(QUERY));
  await eventually(() => asked === 128);
  assert.deepEqual(connections(), { used: 128, idle: 0, queued: 2 });
  go.resolve();
  await Promise.all(calls);
  await eventually(() => assert.deepEqual(connections(), { used: 0, idle: 128, queued: 0 }));
  await close();
});
