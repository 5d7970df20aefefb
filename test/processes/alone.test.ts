// One service as a separate process: its answers, its refusals and its shutdown.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startAlone } from '../../infra/system/run/alone.ts';
import { whyNotAlone } from '../../infra/system/shared-parts.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { listen } from '../../infra/http/listen.ts';
import { openServer } from '../../infra/http/http-server.ts';
import { serveHealth } from '../../infra/http/inside.ts';
import { openLog } from '../../infra/logging/log.ts';
import type { ServiceName } from '../../infra/system/services.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { eventually } from '../kit/eventually.ts';
import { assertKeepsToItself } from '../kit/leaks.ts';
import { INTERNAL_KEYS, signed } from '../kit/signed.ts';
import { OFF_FILE } from '../kit/skewed-clock.ts';
import { spawned } from '../kit/spawned.ts';
import { NOON } from '../kit/world.ts';

const log = openLog({ level: 'off', json: true });
const GONE = 'http://127.0.0.1:9';
const allAt = (url: string) => ({
  ...{ ACCOUNT_URL: url, FARE_URL: url, TRAVEL_URL: url },
  ...{ STOCK_URL: url, ORDER_URL: url, PAYMENT_URL: url, OPERATIONS_URL: url },
});
const ANYWHERE = { host: '127.0.0.1', port: 0 };

async function start(name: ServiceName, env: Record<string, string>, port = 0) {
  const alone = await startAlone(name, readConfig({ CLOCK: NOON, INTERNAL_KEYS, ...env }), log);
  const url = `http://127.0.0.1:${await listen(alone.app, { ...ANYWHERE, port })}`;
  return { url, stop: () => alone.stop(), [Symbol.asyncDispose]: () => alone.stop() };
}

/** The travel subgraph alone, with its own data folder: no other service needs its database. */
async function openTravel(more: Record<string, string> = {}) {
  const dir = await mkdtempDisposable(join(tmpdir(), 'fareloom-'));
  const embedded = { DATABASE_URL: `sqlite:${dir.path}`, KAFKA_URL: `sqlite:${dir.path}` };
  const travel = await start('travel', { ...embedded, ...more });
  const close = async () => {
    await travel.stop();
    await dir.remove();
  };
  return { url: travel.url, [Symbol.asyncDispose]: close };
}

const json = async (url: string, body?: object) => {
  const response = await fetch(url, {
    ...(body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (body) assertKeepsToItself(text);
  return { status: response.status, body: JSON.parse(text) as unknown };
};

test('the gateway answers from the one running subgraph; for the others it names the service and no address', async () => {
  await using travel = await openTravel();
  await using gateway = await start('gateway', { ...allAt(GONE), TRAVEL_URL: travel.url });
  const query = `{ shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) {
    travel { airport { code city } } price { total { amount } } } }`;
  const { body } = await json(`${gateway.url}/graphql`, { query });
  const { data, errors } = body as { data: unknown; errors: { message: string; extensions: { code: string } }[] };
  assert.deepEqual(data, { shopping: { travel: { airport: { code: 'BLR', city: 'Bengaluru' } }, price: null } });
  assert.deepEqual(
    errors.map(({ message, extensions: { code } }) => [code, message]),
    [['DOWNSTREAM_ERROR', 'The fare service did not answer; its fields are null.']],
  );
  assert.doesNotMatch(JSON.stringify(body), /127\.0\.0\.1|ECONN/);
});

test('a gateway whose clock is ten minutes off is answered by its subgraphs: it follows their clocks', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'clock-'));
  await using travel = await openTravel({ CLOCK: new Date().toISOString() }); // the machine's time
  for (const off of ['600000', '-600000']) {
    const file = join(dir.path, off);
    await writeFile(file, off);
    const [port] = (await freePorts(1)) as [number];
    const env = {
      ...{ INTERNAL_KEYS, ...allAt(GONE), TRAVEL_URL: travel.url, PORT: String(port), [OFF_FILE]: file },
      NODE_OPTIONS: `--import ${new URL('../kit/skewed-clock.ts', import.meta.url).href}`,
    };
    await using gateway = spawned('gateway', ['node', 'infra/start.ts', 'gateway'], env, port);
    await gateway.ready();
    const { body } = await json(`${gateway.url}/graphql`, { query: '{ airport(code: "BLR") { city } }' });
    assert.deepEqual(body, { data: { airport: { city: 'Bengaluru' } } }, `${off} ms off`);
  }
});

test('over HTTP a subgraph answers only requests with a signature of this very body, and any other with 401', async () => {
  await using travel = await openTravel();
  const now = new Date(NOON);
  const ofTravel = signed('travel', { query: '{ __typename }' }, { now });
  const post = async (body: string | undefined, headers: Record<string, string>) => {
    const response = await fetch(`${travel.url}/graphql`, { method: 'POST', headers, ...(body && { body }) });
    return { status: response.status, text: await response.text() };
  };
  assert.deepEqual(await post(ofTravel.body, ofTravel.headers), {
    status: 200,
    text: '{"data":{"__typename":"Query"}}\n',
  });

  const ofFare = signed('fare', { query: '{ __typename }' }, { now });
  const strangers: Record<string, [string | undefined, Record<string, string>]> = {
    'a body without a signature': [ofTravel.body, { 'content-type': 'application/json' }],
    'a body in place of the signed one': ['{"query":"{ a }"}', ofTravel.headers],
    'no body in place of the signed one': [undefined, ofTravel.headers],
    'a call of another subgraph': [ofFare.body, ofFare.headers],
    'no JSON': ['{', { 'content-type': 'application/json' }],
    'a form': ['a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
    'an upload': ['--x--', { 'content-type': 'multipart/form-data; boundary=x' }],
    'an unknown content type': ['x', { 'content-type': 'application/x-nonsense' }],
    'nothing at all': [undefined, {}],
  };
  for (const [name, [body, headers]] of Object.entries(strangers)) {
    const { status, text } = await post(body, headers);
    assert.equal(status, 401, `${name}: ${status} ${text}`);
    assert.match(text, /"UNAUTHENTICATED"/, name);
  }
});

test('readiness names the dependencies that do not answer, and a gateway is ready while any subgraph is', async () => {
  await using travel = await openTravel();
  assert.deepEqual(await json(`${travel.url}/readyz`), {
    status: 200,
    body: { ready: true, dependencies: { 'travel database': 'ok' } },
  });
  await using one = await start('gateway', { ...allAt(GONE), TRAVEL_URL: travel.url });
  assert.deepEqual(await json(`${one.url}/readyz`), {
    status: 200,
    body: {
      ready: true,
      dependencies: {
        account: 'ECONNREFUSED',
        fare: 'ECONNREFUSED',
        travel: 'ok',
        stock: 'ECONNREFUSED',
        order: 'ECONNREFUSED',
        payment: 'ECONNREFUSED',
        operations: 'ECONNREFUSED',
        registry: 'ECONNREFUSED',
        cache: 'ok',
      },
    },
  });
  await using none = await start('gateway', allAt(GONE));
  assert.equal((await json(`${none.url}/readyz`)).status, 503);
  assert.deepEqual(await json(`${none.url}/livez`), { status: 200, body: { alive: true } });
});

test('a gateway that starts before its subgraphs serves the running ones, and each other one once it has started', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'fareloom-'));
  const [port] = (await freePorts(1)) as [number];
  const url = `http://127.0.0.1:${port}`;
  await using gateway = await start('gateway', { ...allAt(GONE), TRAVEL_URL: url });
  const ask = async () =>
    (await json(`${gateway.url}/graphql`, { query: '{ __typename airport(code: "DEL") { city } }' })).body;
  const { data, errors } = (await ask()) as { data: object; errors: { extensions: { code: string } }[] };
  assert.deepEqual(data, { __typename: 'Query', airport: null });
  assert.equal(errors[0]!.extensions.code, 'DOWNSTREAM_ERROR');
  assert.equal((await json(`${gateway.url}/readyz`)).status, 503);

  await using _ = await start('travel', { DATABASE_URL: `sqlite:${dir.path}`, KAFKA_URL: `sqlite:${dir.path}` }, port);
  assert.deepEqual(await ask(), { data: { __typename: 'Query', airport: { city: 'Delhi' } } });
  assert.equal((await json(`${gateway.url}/readyz`)).status, 200);
});

test('on a stop signal a process fails readiness at once, answers until that was noticed, and exits with 0', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'fareloom-'));
  const [port] = (await freePorts(1)) as [number];
  const env = {
    DATABASE_URL: `sqlite:${dir.path}`,
    KAFKA_URL: `sqlite:${dir.path}`,
    INTERNAL_KEYS,
    DRAIN_DELAY: '2000',
  };
  await using travel = spawned('travel', ['node', 'infra/start.ts', 'travel'], { ...env, PORT: String(port) }, port);
  await travel.ready();
  const ended = travel.end('SIGTERM');
  await eventually(async () => {
    const ready = await json(`${travel.url}/readyz`);
    assert.deepEqual(ready, { status: 503, body: { ready: false, draining: true, dependencies: {} } });
  });
  const alive = await fetch(`${travel.url}/livez`);
  assert.deepEqual([alive.status, alive.headers.get('connection')], [200, 'close']);
  assert.equal(await ended, 0);
});

test('an idle connection does not keep a process from exiting', async () => {
  const app = openServer(1000);
  const port = await listen(app, ANYWHERE);
  const silent = connect(port, '127.0.0.1');
  await once(silent, 'connect');
  await app.close();
  await once(silent.resume(), 'close');
});

test('a client that never finishes a request, or never reads the answer, is disconnected and keeps no process from exiting', async () => {
  const SLOW = { sending: 100, reading: 300, readingLast: 100 };
  const app = openServer(1000, false, SLOW);
  const large = 'x'.repeat(50_000_000); // more than the machine buffers for a client that reads nothing
  app.get('/large', async () => large);
  app.post('/', async () => 'done');
  const port = await listen(app, ANYWHERE);
  /** Sends this and reads nothing; returns how long it took until the server closed the connection. */
  async function stay(sent: string): Promise<number> {
    const here = once(app.server, 'connection') as Promise<[Socket]>;
    const client = connect(port, '127.0.0.1').on('error', () => undefined);
    client.pause().write(sent);
    const [there] = await here;
    const since = performance.now();
    await new Promise((closed) => there.once('close', closed));
    client.destroy();
    return performance.now() - since;
  }
  const unfinished = 'POST / HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n1';
  const unread = 'GET /large HTTP/1.1\r\nhost: here\r\n\r\n';
  const slowHeaders = 'POST / HTTP/1.1\r\nhost: here\r\n';
  const [a, b] = [await stay(unfinished), await stay(unread)];
  assert.ok(a >= SLOW.sending && b >= SLOW.reading, `${a}, ${b}`);
  const looks = 10 * SLOW.sending; // a busy machine checks late; Node's own default would be 30 s
  for (const head of [slowHeaders, '']) {
    const c = await stay(head);
    assert.ok(c >= SLOW.sending / 2 && c < SLOW.sending + looks, `${c}`);
  }
  const last = [stay(unfinished), stay(unread)];
  await eventually(async () => (await new Promise<number>((n) => app.server.getConnections((_, c) => n(c)))) === 2);
  await app.close();
  await Promise.all(last);
});

test('an answer that the server is still writing is not cut, however long it takes, also while the server closes', async () => {
  const app = openServer(1000, false, { sending: 20, reading: 20, readingLast: 20 });
  const rest = Promise.withResolvers<void>();
  app.get('/', async (_, reply) => {
    reply.hijack();
    reply.raw.writeHead(200).write('first, ');
    await rest.promise;
    reply.raw.end('rest');
  });
  app.post('/', async () => 'done');
  const port = await listen(app, ANYWHERE);
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  const slow = async () => {
    const client = connect(port, '127.0.0.1').on('error', () => undefined);
    client.resume().write('POST / HTTP/1.1\r\nhost: here\r\ncontent-type: text/plain\r\ncontent-length: 9\r\n\r\n1');
    await once(client, 'close');
  };
  await slow(); // the server has looked for slow clients
  const here = once(app.server, 'connection');
  const another = slow();
  await here;
  const closing = app.close();
  await another;
  rest.resolve();
  assert.equal(await answer.text(), 'first, rest');
  await closing;
});

test('calls of /readyz at the same time share one look at the dependencies', async () => {
  await using app = Object.assign(openServer(1000), { [Symbol.asyncDispose]: () => app.close() });
  let looks = 0;
  serveHealth(app, { checks: { part: async () => ++looks }, enough: ({ size }) => size === 1 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => app.inject('/readyz')));
  assert.deepEqual([new Set(answers.map(({ statusCode }) => statusCode)), looks], [new Set([200]), 1]);
});

test('a dependency that hangs makes a process unready after a second, with the reason and no driver message', async () => {
  await using app = Object.assign(openServer(1000), { [Symbol.asyncDispose]: () => app.close() });
  const checks = {
    hangs: () => new Promise(() => undefined),
    fails: async () => Promise.reject(new Error('password of root@db refused')),
  };
  serveHealth(app, { checks, enough: ({ size }) => size === 2 });
  const response = await app.inject('/readyz');
  assert.equal(response.statusCode, 503);
  assert.deepEqual(response.json(), {
    ready: false,
    dependencies: { hangs: 'no answer within 1000 ms', fails: 'it failed; the log says why' },
  });
});

test('closing answers the request in progress and closes its connection', async () => {
  const app = openServer(1000);
  const begun = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  app.get('/slow', async () => {
    begun.resolve();
    await go.promise;
    return { done: true };
  });
  const url = `http://127.0.0.1:${await listen(app, ANYWHERE)}`;
  const answer = fetch(`${url}/slow`);
  await begun.promise;
  const closed = app.close();
  await eventually(() => !app.server.listening); // what has arrived by then is answered
  await assert.rejects(fetch(`${url}/slow`), 'no new connection');
  go.resolve();
  const response = await answer;
  assert.deepEqual(await response.json(), { done: true });
  assert.equal(response.headers.get('connection'), 'close');
  await closed;
});

test('a port in use is reported in a sentence', async () => {
  await using app = Object.assign(openServer(1000), { [Symbol.asyncDispose]: () => app.close() });
  await listen(app, ANYWHERE);
  const { port } = app.server.address() as AddressInfo;
  await assert.rejects(listen(openServer(1000), { host: '127.0.0.1', port }), {
    message: `Port ${port} is in use: set PORT to another one (0 takes any).`,
  });
});

test('a service that shares an embedded part with others is refused, with the part and what to do', () => {
  const embedded = readConfig({});
  const [database, cache, bus] = whyNotAlone('fare', embedded);
  assert.match(
    database!,
    /^fare cannot run alone with DATABASE_URL=sqlite:\.data: .* relay-outbox, rebuild-fares and mark-sold-out need the fare database, too\. Set DATABASE_URL/,
  );
  assert.match(cache!, /REDIS_URL=memory:.* account, operations and rebuild-fares need the cache, too/);
  assert.match(bus!, /KAFKA_URL=sqlite:\.data/);
  const withKeys = readConfig({ INTERNAL_KEYS });
  assert.deepEqual(whyNotAlone('travel', withKeys), []);
  assert.deepEqual(whyNotAlone('gateway', withKeys), []);
});

test('a gateway or a subgraph without the internal keys is refused; a worker needs none', () => {
  const none = readConfig({});
  for (const name of ['gateway', 'travel'] as const) {
    assert.match(whyNotAlone(name, none).join(), new RegExp(`^${name} cannot run alone without INTERNAL_KEYS`));
  }
  assert.deepEqual(whyNotAlone('travel', readConfig({ SUBGRAPH_KEYS: INTERNAL_KEYS })), []);
  assert.match(whyNotAlone('gateway', readConfig({ SUBGRAPH_KEYS: INTERNAL_KEYS })).join(), /without INTERNAL_KEYS/);
  assert.doesNotMatch(whyNotAlone('rebuild-fares', none).join(), /INTERNAL_KEYS/);
});
