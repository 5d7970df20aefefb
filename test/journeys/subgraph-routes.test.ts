// HTTP routes that a subgraph declares and the gateway forwards, in one process and over HTTP.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { parse } from 'graphql';
import { overHttp } from '../../gateway/subgraph-client/over-http.ts';
import { ownArtifact } from '../../gateway/supergraph/committed.ts';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { openServer } from '../../infra/http/http-server.ts';
import type { Log } from '../../infra/logging/log.ts';
import { compose } from '../../schema/composition/compose.ts';
import { complete } from '../../schema/composition/shared.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import { IDENTITY_HEADER, keysFor } from '../../schema/wire/internal-identity.ts';
import type { SubgraphRoute, SubgraphRoutes } from '../../schema/wire/route.ts';
import type { SigningKeys } from '../../schema/wire/signing-key.ts';
import type { SubgraphRequest } from '../../schema/wire/subgraph-call.ts';
import { serveOverHttp } from '../../subgraphs/runtime/http.ts';
import type { RouteHandler, RouteRequest } from '../../subgraphs/runtime/routes.ts';
import { serve } from '../../subgraphs/runtime/serve.ts';
import { eventually } from '../kit/eventually.ts';
import { openToAll } from '../kit/permissions.ts';
import { gatewayWiring, openFurtherGateway } from '../kit/gateway.ts';
import { graphqlRequest, INTERNAL_KEYS, signedInAs, withIdentity } from '../kit/signed.ts';

const LARGEST = 1000; // bytes
const TIMEOUT = 5000; // ms; long enough for a busy machine
const SHORT = 300; // ms
const SDL = complete('type Query { airport(code: String!): String @access(to: "anyone") }');
const supergraphSdl = compose([{ name: 'travel', sdl: SDL }]);
const keys = readConfig({ INTERNAL_KEYS }).INTERNAL_KEYS as unknown as SigningKeys;
const now = () => new Date();

const open: NonNullable<SubgraphRoute['public']> = {
  requestHeaders: ['x-given'],
  responseHeaders: ['content-type', 'x-returned'],
  fixedHeaders: { 'x-robots-tag': 'noindex' },
  cost: 1,
  shedAt: 1,
  unavailable: { message: 'Not now.', retryAfter: 7 },
};
const routes = {
  echo: { method: 'POST', path: '/echo/:name', largestBody: LARGEST, public: open },
  other: { method: 'POST', path: '/other/:name', largestBody: LARGEST, public: open },
  document: { method: 'GET', path: '/documents/:name', largestBody: 0, public: open },
  own: { method: 'GET', path: '/own', largestBody: 0, public: null },
} as const satisfies SubgraphRoutes;

type Handlers = Partial<Record<keyof typeof routes, RouteHandler>>;

/** A gateway before one subgraph with these routes; `between` may intercept the calls. */
async function openRoutes(
  over: 'in process' | 'over HTTP',
  handlers: Handlers = {},
  between = (call: Call) => call,
  timeout = TIMEOUT,
) {
  await using opened = new AsyncDisposableStack();
  const logged: string[] = [];
  const note = (message: string) => void logged.push(message);
  const log: Log = { debug: note, info: note, warn: note, error: note, child: () => log };
  const seen: RouteRequest[] = [];
  const noted =
    (handle: RouteHandler = async () => ({ status: 200 })): RouteHandler =>
    (request) => (seen.push(request), handle(request));
  const all = Object.keys(routes) as (keyof typeof routes)[];
  const noting = Object.fromEntries(all.map((name) => [name, noted(handlers[name])])) as Required<Handlers>;
  const served = await serve(
    {
      name: 'travel',
      typeDefs: parse(SDL),
      resolvers: { Query: { airport: () => 'Delhi' } },
      context: () => ({}),
      routes: all.map((name) => ({ route: routes[name], handle: noting[name] })),
    },
    { keys: keysFor('travel', keys), now, log },
  );
  opened.defer(served.close);

  let reached: Call = served.handle;
  if (over === 'over HTTP') {
    const app = openServer(LARGEST);
    serveOverHttp(app, served, LARGEST);
    await app.listen({ port: 0, host: '127.0.0.1' });
    opened.defer(() => app.close());
    const client = overHttp([`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`], 10_000);
    opened.defer(client.close);
    reached = client.call;
  }
  let calls = 0;
  const counted: Call = (request) => (calls++, between(reached)(request));
  const gateway = await openFurtherGateway(
    gatewayWiring({ SUBGRAPH_TIMEOUT: `travel=${timeout}` }, log),
    { travel: counted },
    {
      artifact: ownArtifact(supergraphSdl, openToAll(supergraphSdl)),
      routes: [
        { subgraph: 'travel', routes: Object.values(routes) },
        { subgraph: 'absent', routes: [{ ...routes.document, path: '/absent' }] },
      ],
    },
  );
  opened.defer(() => gateway.close());
  const closing = opened.move();
  return {
    gateway,
    /** The subgraph, past the gateway. */
    reached,
    logged,
    /** The requests that handlers received. */
    seen,
    calls: () => calls,
    [Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
  };
}

const everyByte = Buffer.from([...Array(256).keys(), 0xff, 0xfe, 0xc0, 0x80]);
const asGateway = (request: SubgraphRequest, who = anonymous('1'.repeat(32))) =>
  withIdentity(request, who, 'travel', keysFor('travel', keys), now());

for (const over of ['in process', 'over HTTP'] as const) {
  describe(`a declared route, ${over},`, () => {
    test('passes the bytes, the status and the declared headers of both sides untouched', async () => {
      await using world = await openRoutes(over, {
        echo: async ({ body, headers }) => ({
          status: 299,
          headers: { 'content-type': 'application/x-bytes', 'x-returned': headers['x-given']! },
          body: Buffer.concat([body, body]),
        }),
      });
      const response = await world.gateway.inject({
        ...{ method: 'POST', url: '/echo/a', payload: everyByte },
        headers: { 'content-type': 'application/json', 'x-given': 'a b, c' },
      });
      assert.deepEqual([response.statusCode, response.headers['x-returned']], [299, 'a b, c']);
      assert.equal(response.headers['content-type'], 'application/x-bytes');
      assert.deepEqual(response.rawPayload, Buffer.concat([everyByte, everyByte]));
    });

    test('gets its parameters as the client wrote them, whatever they contain, and no query string', async () => {
      await using world = await openRoutes(over);
      const names = ['a', 'ü€', '../x', 'a/b', '%', '...', "' or 1=1", '\0'];
      for (const name of names) {
        const url = `/documents/${encodeURIComponent(name)}?name=other`;
        assert.equal((await world.gateway.inject({ url })).statusCode, 200, name);
      }
      assert.deepEqual(
        world.seen.map(({ params }) => params),
        names.map((name) => ({ name })),
      );
    });

    test('gets no credential, no connection header and no header of ours from a client', async () => {
      const sent: SubgraphRequest[] = [];
      await using world = await openRoutes(over, {}, (call) => (request) => (sent.push(request), call(request)));
      await world.gateway.inject({
        ...{ method: 'POST', url: '/echo/a', payload: 'x' },
        headers: {
          ...{ authorization: 'Bearer x', cookie: 'fareloom-access=x', connection: 'keep-alive', te: 'trailers' },
          ...{ 'x-fareloom-identity': 'x', 'x-fareloom-refresh': 'x', 'x-fareloom-time-left': '999999' },
          ...{ 'x-given': '1', 'x-other': '1' },
        },
      });
      const ours = ['traceparent', 'x-fareloom-identity', 'x-fareloom-time-left', 'x-given'];
      assert.deepEqual(Object.keys(sent[0]!.headers).sort(), ours);
      assert.ok(Number(sent[0]!.headers['x-fareloom-time-left']) <= TIMEOUT);
      assert.deepEqual(world.seen[0]!.identity.account, null);
      assert.equal(world.seen[0]!.identity.address, '127.0.0.1');
    });

    test('returns no header that it does not declare, and its fixed headers always', async () => {
      await using world = await openRoutes(over, {
        document: async () => ({ status: 200, headers: { 'set-cookie': 'a=b', 'x-inner': '1' }, body: 'x' }),
      });
      const { headers } = await world.gateway.inject({ url: '/documents/a' });
      assert.equal(headers['x-robots-tag'], 'noindex');
      assert.deepEqual(
        Object.keys(headers).filter((name) => /set-cookie|x-inner|x-fareloom/.test(name)),
        [],
      );
    });

    test('refuses a body beyond its limit with 413 and does not call the subgraph', async () => {
      await using world = await openRoutes(over);
      const post = (size: number) =>
        world.gateway.inject({ method: 'POST', url: '/echo/a', payload: Buffer.alloc(size) });
      const refused = await post(LARGEST + 1);
      assert.equal(refused.statusCode, 413);
      assert.match(refused.body, /OPERATION_TOO_LARGE.*traceId/);
      assert.equal(refused.headers['x-robots-tag'], 'noindex');
      assert.equal(world.calls(), 0);
      assert.equal((await post(LARGEST)).statusCode, 200);
    });

    test('refuses a compressed body with 415 and what to send, and does not call the subgraph', async () => {
      await using world = await openRoutes(over);
      const post = (encoding: string) =>
        world.gateway.inject({
          ...{ method: 'POST', url: '/echo/a', payload: 'x' },
          headers: { 'content-encoding': encoding },
        });
      const { statusCode, headers, body } = await post('gzip');
      assert.deepEqual([statusCode, headers['accept-encoding'], headers['x-robots-tag']], [415, 'identity', 'noindex']);
      assert.match(body, /content encoding gzip: send it uncompressed.*BAD_REQUEST.*traceId/);
      assert.equal(world.calls(), 0);
      assert.equal((await post('identity')).statusCode, 200);
    });

    test('is 405 for another method, and what no subgraph declares for clients is 404', async () => {
      await using world = await openRoutes(over);
      const wrong = await world.gateway.inject({ url: '/echo/a' });
      assert.deepEqual([wrong.statusCode, wrong.headers['allow']], [405, 'POST']);
      for (const url of ['/own', '/echo', '/documents/a/b', '/other']) {
        const { statusCode, body } = await world.gateway.inject({ url });
        assert.equal(statusCode, 404, url);
        assert.match(body, /NOT_FOUND/);
      }
      assert.equal(world.calls(), 0);
    });

    test('that is the gateway’s own is 403 for a client, even past the gateway', async () => {
      await using world = await openRoutes(over, { own: async () => ({ status: 200, body: 'secret' }) });
      const request: SubgraphRequest = { method: 'GET', path: '/own', body: '', headers: {} };
      assert.equal(String((await world.reached(asGateway(request))).body), 'secret');
      for (const client of [signedInAs(), anonymous('1'.repeat(32), '192.0.2.1')]) {
        const { status, body } = await world.reached(asGateway(request, client));
        assert.deepEqual([status, String(body)], [403, '']);
      }
    });

    test('called past the gateway is 401 unless path, method and body are the signed ones', async () => {
      await using world = await openRoutes(over);
      const body = '{"query":"{ __typename }"}';
      const signed = asGateway({ method: 'POST', path: '/echo/a', body, headers: {} });
      const query = asGateway(graphqlRequest(body));
      assert.equal((await world.reached(signed)).status, 200);
      assert.equal((await world.reached(query)).status, 200);
      const forged: Record<string, SubgraphRequest> = {
        'no signature': { ...signed, headers: {} },
        'another route': { ...signed, path: '/other/a' },
        'another parameter': { ...signed, path: '/echo/b' },
        'another body': { ...signed, body: '{ }' },
        'another header of ours': { ...signed, headers: { ...signed.headers, 'x-fareloom-refresh': 'x' } },
        'a query on a route': { ...query, path: '/echo/a' },
        'a route’s body as a query': { ...signed, path: '/graphql' },
        'a body that ends in a signed header': asHeader(signed),
      };
      const handled = world.seen.length;
      for (const [what, request] of Object.entries(forged)) {
        const { status, headers } = await world.reached(request);
        assert.deepEqual([status, headers['x-fareloom-route']], [401, undefined], what);
      }
      assert.equal(world.seen.length, handled, 'no handler ran');
    });

    test('answers 503 with its own words while its subgraph is absent, away, or answers for another program', async () => {
      let instead: Call | undefined;
      await using world = await openRoutes(over, {}, (call) => (request) => (instead ?? call)(request));
      const says =
        (status: number): Call =>
        async () => ({ status, body: 'hunter2', headers: { 'content-type': 'text/html' } });
      const faults: Record<string, Call> = {
        'is away': () => Promise.reject(new Error('hunter2')),
        'is of a release without the route': says(404),
        'refuses the signature': says(401),
        fails: says(500),
        'is too late': says(504),
        'is another program': says(200),
      };
      const notNow = async (url: string, what: string) => {
        const { statusCode, headers, body } = await world.gateway.inject({ url });
        assert.deepEqual([statusCode, headers['retry-after'], headers['x-robots-tag']], [503, '7', 'noindex'], what);
        assert.match(body, /^\{"errors":\[\{"message":"Not now\.","extensions":\{"code":"UNAVAILABLE"/, what);
      };
      await notNow('/absent', 'is not configured');
      for (const [what, fault] of Object.entries(faults)) {
        instead = fault;
        await notNow('/documents/a', what);
      }
      instead = undefined;
      assert.equal((await world.gateway.inject({ url: '/documents/a' })).statusCode, 200);
    });

    test('keeps a 401 and a 504 of its own, which are not refusals of the call', async () => {
      let status = 401;
      await using world = await openRoutes(over, { document: async () => ({ status, body: 'mine' }) });
      const get = () => world.gateway.inject({ url: '/documents/a' });
      assert.deepEqual([(await get()).statusCode, world.calls()], [401, 1]);
      status = 504;
      assert.deepEqual([(await get()).statusCode, world.calls()], [503, 2]);
    });

    test('that fails is 503 and logged, and its failures open no circuit breaker', async () => {
      const fails: RouteHandler = () => Promise.reject(new Error('hunter2'));
      await using world = await openRoutes(over, { document: fails });
      for (let n = 0; n < 30; n++) {
        const { statusCode, body } = await world.gateway.inject({ url: '/documents/a' });
        assert.equal(statusCode, 503);
        assert.doesNotMatch(body, /hunter2/);
      }
      assert.equal(world.calls(), 30);
      assert.equal(world.logged.filter((line) => line === 'route failed').length, 30);
      const query = { method: 'POST', url: '/graphql', payload: { query: '{ airport(code: "DEL") }' } } as const;
      assert.match((await world.gateway.inject(query)).body, /Delhi/);
    });

    test('is no longer called while the breaker of its subgraph is open', async () => {
      const away: Call = () => Promise.reject(new Error('away'));
      await using world = await openRoutes(over, {}, () => away);
      for (let n = 0; n < 30; n++) await world.gateway.inject({ url: '/documents/a' });
      assert.ok(world.calls() < 20, String(world.calls()));
    });

    test('ends at the deadline of its subgraph', async () => {
      const never: RouteHandler = () => new Promise(() => undefined);
      await using world = await openRoutes(over, { document: never }, (call) => call, SHORT);
      const since = performance.now();
      assert.equal((await world.gateway.inject({ url: '/documents/a' })).statusCode, 503);
      assert.ok(performance.now() - since >= SHORT - 50);
    });

    test('is cancelled when its client disconnects', async () => {
      const signals: AbortSignal[] = [];
      await using world = await openRoutes(
        over,
        { document: () => new Promise(() => undefined) },
        (call) => (request) => (signals.push(request.signal!), call(request)),
      );
      await world.gateway.listen({ port: 0, host: '127.0.0.1' });
      const { port } = world.gateway.server.address() as AddressInfo;
      const client = new AbortController();
      const asking = fetch(`http://127.0.0.1:${port}/documents/a`, { signal: client.signal });
      await eventually(() => signals.length === 1);
      client.abort();
      await assert.rejects(asking);
      await eventually(() => signals[0]!.aborted);
      await eventually(() => world.seen[0]!.signal.aborted);
      assert.ok(!world.logged.includes('route failed'));
    });

    test('that fails for another reason than its deadline is logged also after it', async () => {
      const late: RouteHandler = async ({ signal }) => {
        await once(signal, 'abort');
        throw new Error('the database failed');
      };
      await using world = await openRoutes(over, { document: late }, (call) => call, SHORT);
      assert.equal((await world.gateway.inject({ url: '/documents/a' })).statusCode, 503);
      await eventually(() => world.logged.includes('route failed'));
    });

    test('without a body answers without one, also to HEAD', async () => {
      await using world = await openRoutes(over, {
        document: async () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'text' }),
      });
      const empty = await world.gateway.inject({ method: 'POST', url: '/echo/a' });
      assert.deepEqual([empty.body, empty.headers['content-type']], ['', undefined]);
      const head = await world.gateway.inject({ method: 'HEAD', url: '/documents/a' });
      assert.deepEqual([head.statusCode, head.body, head.headers['content-type']], [200, '', 'text/plain']);
    });
  });
}

/** The request with the end of its body moved into a header of ours, where the digest has the same bytes. */
function asHeader({ body, ...request }: SubgraphRequest): SubgraphRequest {
  const signed = asGateway({ ...request, headers: {}, body: `${String(body)}\0x-fareloom-refresh:x` });
  return { ...signed, body, headers: { ...signed.headers, 'x-fareloom-refresh': 'x' } };
}

test('a declaration that lets credentials, connection headers or headers of ours pass is refused at the start', async () => {
  for (const name of ['cookie', 'authorization', 'connection', 'transfer-encoding', IDENTITY_HEADER, 'X-Given']) {
    for (const side of ['requestHeaders', 'responseHeaders'] as const) {
      const route: SubgraphRoute = { ...routes.echo, public: { ...open, [side]: [name] } };
      const declared = [{ subgraph: 'travel', routes: [route] }];
      const opening = openFurtherGateway(gatewayWiring(), {}, { routes: declared });
      await assert.rejects(opening, new RegExp(`POST /echo/:name must not let these headers pass: ${name}`));
    }
  }
});
