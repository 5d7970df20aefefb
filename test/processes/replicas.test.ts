// Replicas of a subgraph come and go by DNS while the gateway runs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { setDefaultCACertificates } from 'node:tls';
import { overHttp } from '../../gateway/subgraph-client/over-http.ts';
import type { Discovery } from '../../gateway/subgraph-client/resolution.ts';
import { allowedNetworks } from '../../infra/http/allowed-networks.ts';
import { makeLock } from '../kit/certificates.ts';
import { eventually } from '../kit/eventually.ts';
import { graphqlRequest } from '../kit/signed.ts';
import { warnings } from '../kit/warnings.ts';

const QUERY = graphqlRequest(JSON.stringify({ query: '{ a }' }));
const MUTATION = graphqlRequest(JSON.stringify({ query: 'mutation { a }' }));
const TIMEOUT = 5000; // ms
const NAME = 'fare.test';
const [A, B, C] = ['127.0.0.1', '127.0.0.2', '127.0.0.3'] as const;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const atOnce: Answer = (_request, response) => void response.end('{}');

/** A replica at an address; all replicas of a name have the same port. */
async function openReplica(address: string, port = 0, answer = atOnce) {
  let asked = 0;
  let hosts = '';
  const server = createServer((request, response) => {
    asked++;
    hosts = request.headers.host ?? '';
    request.resume().once('end', () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  return {
    address,
    port: (server.address() as AddressInfo).port,
    asked: () => asked,
    host: () => hosts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function openThree() {
  const a = await openReplica(A);
  return [a, await openReplica(B, a.port), await openReplica(C, a.port)] as const;
}

/** A name server that the test changes. */
function nameServer(...first: string[]) {
  const server = {
    addresses: first,
    lookups: 0,
    fails: false,
    hangs: false,
    async resolve(host: string) {
      server.lookups++;
      assert.equal(host, NAME);
      if (server.hangs) await new Promise(() => undefined);
      if (server.fails) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' });
      return server.addresses;
    },
  };
  return server;
}

const total = (replicas: readonly { asked(): number }[]): number =>
  replicas.reduce((sum, { asked }) => sum + asked(), 0);

test('under load a name gets replicas and loses them: no call fails, and each has its share', async (t) => {
  const replicas = await openThree();
  await using a = replicas[0];
  await using b = replicas[1];
  await using c = replicas[2];
  const names = nameServer(A);
  const { call, close } = overHttp([`http://${NAME}:${a.port}`], TIMEOUT, 16, { resolve: names.resolve });
  let isOver = false;
  let done = 0;
  const clients = Array.from({ length: 4 }, async (_, n) => {
    while (!isOver) {
      assert.equal((await call(n % 2 ? QUERY : MUTATION)).status, 200);
      done++;
    }
  });
  const load = Promise.all(clients); // rejects with the first failed call
  const meanwhile = <T>(promise: Promise<T>) => Promise.race([promise, load.then(() => assert.fail('the load ended'))]);
  const begin = () => performance.now();

  await meanwhile(eventually(() => a.asked() > 100));
  assert.equal(b.asked() + c.asked(), 0);

  names.addresses = [A, B, C];
  const appeared = begin();
  await meanwhile(eventually(() => b.asked() > 0 && c.asked() > 0));
  t.diagnostic(`called ${(begin() - appeared).toFixed(0)} ms after they appeared`);
  const before = replicas.map(({ asked }) => asked());
  await meanwhile(eventually(() => total(replicas) > before.reduce((sum, n) => sum + n, 600)));
  const shares = replicas.map(({ asked }, n) => asked() - (before[n] ?? 0));
  for (const share of shares)
    assert.ok(Math.abs(share / shares.reduce((sum, n) => sum + n) - 1 / 3) < 0.05, `${shares}`);

  names.addresses = [B];
  const left = begin();
  const lookups = names.lookups;
  await meanwhile(eventually(() => names.lookups > lookups));
  const inHand = b.asked() + 100;
  await meanwhile(eventually(() => b.asked() > inHand)); // the calls in flight have ended
  t.diagnostic(`the others left ${(begin() - left).toFixed(0)} ms after they disappeared`);
  const atLeaving = [a.asked(), c.asked()];
  await meanwhile(eventually(() => b.asked() > inHand + 300));
  assert.deepEqual([a.asked(), c.asked()], atLeaving, 'nothing is sent to an address that left');

  isOver = true;
  await load;
  t.diagnostic(`${done} calls, 0 failed`);
  await close();
});

describe('a name', () => {
  let replicas: Awaited<ReturnType<typeof openThree>>;
  let time = 0;
  const lines: [string, Record<string, unknown>][] = [];
  beforeEach(async () => {
    replicas = await openThree();
    time = 0;
    lines.length = 0;
  });
  afterEach(() => Promise.all(replicas.map((replica) => replica[Symbol.asyncDispose]())));

  function client(names: ReturnType<typeof nameServer>, more: Discovery = {}) {
    const discovery = { log: warnings(lines), resolve: names.resolve, clock: () => time, ...more };
    return overHttp([`http://${NAME}:${replicas[0].port}`], TIMEOUT, 16, discovery);
  }
  const asked = () => replicas.map((replica) => replica.asked());

  test('is resolved again every second while it is called, and not without calls', async () => {
    const names = nameServer(A);
    const { call, close } = client(names);
    for (let n = 0; n < 10; n++) await call(QUERY);
    assert.equal(names.lookups, 1);
    time += 1000;
    for (let n = 0; n < 10; n++) await call(QUERY);
    assert.equal(names.lookups, 2);
    time += 3_600_000;
    assert.equal(names.lookups, 2);
    await close();
  });

  test('that changed during a long pause is resolved before the next call', async () => {
    const names = nameServer(A);
    const { call, close } = client(names);
    await call(QUERY);
    names.addresses = [B];
    time += 60_000;
    await call(MUTATION);
    assert.deepEqual(asked(), [1, 1, 0]);
    await close();
  });

  test('is the host of the request, whatever the address', async () => {
    const { call, close } = client(nameServer(B));
    await call(QUERY);
    assert.equal(replicas[1].host(), `${NAME}:${replicas[0].port}`);
    await close();
  });

  test('that cannot be resolved any more keeps its addresses, and the log says so once for each outage', async () => {
    const names = nameServer(A, B);
    const { call, close } = client(names);
    await call(QUERY);
    names.fails = true;
    for (let n = 0; n < 5; n++) {
      time += 20_000;
      await call(MUTATION);
      await call(MUTATION);
    }
    assert.equal(names.lookups, 6);
    assert.deepEqual(asked(), [5, 6, 0]);
    assert.deepEqual(
      lines.map(([line]) => line),
      ['subgraph address lookup failed; known addresses stay in use'],
    );
    await close();
  });

  test('whose name server hangs delays calls for a second, once', async () => {
    const names = nameServer(A);
    const { call, close } = client(names);
    await call(QUERY);
    names.hangs = true;
    time += 60_000;
    await call(QUERY);
    const began = performance.now();
    for (let n = 0; n < 20; n++) {
      time += 60_000;
      await call(QUERY);
    }
    assert.ok(performance.now() - began < 1000);
    assert.equal(names.lookups, 2);
    await close();
  });

  test('without an address fails with the reason, and works as soon as it has one', async () => {
    const names = nameServer(A);
    names.fails = true;
    const { call, ready, close } = client(names);
    await assert.rejects(call(QUERY), { code: 'ENOTFOUND' });
    await assert.rejects(ready(), { code: 'ENOTFOUND' });
    names.fails = false;
    await call(QUERY);
    await close();
  });

  test('that cannot be resolved does not keep calls from the replicas of other URLs', async () => {
    const names = nameServer();
    const discovery = { log: warnings(lines), resolve: names.resolve, clock: () => time };
    const { port } = replicas[0];
    const { call, close } = overHttp([`http://${NAME}:${port}`, `http://${B}:${port}`], TIMEOUT, 16, discovery);
    for (let n = 0; n < 5; n++) await call(MUTATION);
    assert.equal(names.lookups, 1);
    names.addresses = [A];
    time += 60_000;
    await call(MUTATION);
    await call(MUTATION);
    assert.deepEqual(asked(), [1, 6, 0]);
    await close();
  });

  test('is not called at an address outside the allowed networks, also when it gets that later', async () => {
    const names = nameServer(A, C);
    const { call, close } = client(names, { mayCall: allowedNetworks(['127.0.0.1/32', '127.0.0.2/32']) });
    for (let n = 0; n < 4; n++) await call(QUERY);
    names.addresses = [C, '169.254.169.254'];
    time += 60_000;
    await assert.rejects(call(QUERY), { code: 'ADDRESS_REFUSED' });
    assert.deepEqual(asked(), [4, 0, 0]);
    const refused = 'subgraph address refused: outside SUBGRAPH_NETWORKS';
    assert.deepEqual(lines, [
      [refused, { host: NAME, addresses: C }],
      [refused, { host: NAME, addresses: `${C},169.254.169.254` }],
    ]);
    await close();
  });

  test('with an address at which nothing listens is called at the others', async () => {
    const { call, close } = client(nameServer('::1', A, '127.0.0.4'));
    for (let n = 0; n < 6; n++) await call(MUTATION);
    assert.deepEqual(asked(), [6, 0, 0]);
    await close();
  });
});

test('a certificate is checked for the name, whatever the address', async () => {
  await using lock = await makeLock(); // for localhost
  setDefaultCACertificates([readFileSync(lock.ca, 'utf8')]);
  await using server = Object.assign(
    createTlsServer({ key: readFileSync(lock.key), cert: readFileSync(lock.cert) }, (_request, response) => {
      response.end('{}');
    }),
    {
      async [Symbol.asyncDispose]() {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    },
  );
  await new Promise<void>((resolve) => server.listen(0, B, resolve));
  const { port } = server.address() as AddressInfo;
  const callAt = async (name: string) => {
    const { call, close } = overHttp([`https://${name}:${port}`], TIMEOUT, 16, { resolve: async () => [B] });
    return call(QUERY).finally(close);
  };
  assert.equal((await callAt('localhost')).status, 200);
  await assert.rejects(callAt(NAME), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});

test('an address outside the allowed networks is not called when it stands in the URL itself', async () => {
  await using a = await openReplica(A);
  const { call, close } = overHttp([`http://${A}:${a.port}`], TIMEOUT, 16, {
    mayCall: allowedNetworks(['10.0.0.0/8']),
  });
  await assert.rejects(call(QUERY), { code: 'ADDRESS_REFUSED' });
  assert.equal(a.asked(), 0);
  await close();
});

test('a call in flight at an address that leaves is finished, and its connections are closed then', async () => {
  const go = Promise.withResolvers<void>();
  await using a = await openReplica(A, 0, (_request, response) => void go.promise.then(() => response.end('{}')));
  await using b = await openReplica(B, a.port);
  const names = nameServer(A);
  let time = 0;
  const discovery = { resolve: names.resolve, clock: () => time };
  const { call, connections, close } = overHttp([`http://${NAME}:${a.port}`], TIMEOUT, 16, discovery);
  const slow = call(MUTATION);
  await eventually(() => a.asked() === 1);
  names.addresses = [B];
  time += 60_000;
  await call(MUTATION);
  await eventually(() => assert.deepEqual(connections(), { used: 1, idle: 1, queued: 0 }));
  go.resolve();
  assert.equal((await slow).status, 200);
  await eventually(() => assert.deepEqual(connections(), { used: 0, idle: 1, queued: 0 }));
  assert.deepEqual([a.asked(), b.asked()], [1, 1]);
  await close();
});
