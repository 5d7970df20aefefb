// Refusals over HTTP: on /graphql in the media type that the client accepts, elsewhere JSON, always with code and trace id.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { text } from 'node:stream/consumers';
import type { Log } from '../../infra/logging/log.ts';
import { accessToken } from '../../schema/wire/access-token.ts';
import { openWorld, type World } from '../kit/world.ts';

const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const APOLLO_CLIENT = 'application/graphql-response+json,application/json;q=0.9'; // its Accept header
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${TRACE}-00f067aa0ba902b7-01`;

interface Refused {
  errors: { message: string; extensions: { code: string; traceId: string } }[];
}

const queried = { method: 'POST', url: '/graphql', payload: { query: '{ __typename }' } } as const;
const isJson = { 'content-type': 'application/json' };

/** Every refusal of /graphql before an operation is read, with its status and code. */
const refusals: readonly [string, object, number, string][] = [
  ['a bad token', { ...queried, headers: { authorization: 'Bearer x' } }, 401, 'UNAUTHENTICATED'],
  ['a cookie without the header', { ...queried, headers: { cookie: 'fareloom-access=x' } }, 403, 'FORBIDDEN'],
  ['a body that is too large', { ...queried, payload: { query: ' '.repeat(100_001) } }, 413, 'OPERATION_TOO_LARGE'],
  ['malformed JSON', { ...queried, payload: '{"query": ', headers: isJson }, 400, 'BAD_REQUEST'],
  ['no query', { ...queried, payload: {} }, 400, 'BAD_REQUEST'],
  ['another content type', { ...queried, payload: 'x', headers: { 'content-type': 'text/csv' } }, 400, 'BAD_REQUEST'],
  ['a wrong Host', { ...queried, headers: { host: 'a b' } }, 400, 'BAD_REQUEST'],
  ['PUT', { ...queried, method: 'PUT' }, 405, 'BAD_REQUEST'],
  ['DELETE', { method: 'DELETE', url: '/graphql' }, 405, 'BAD_REQUEST'],
  ['a mutation by GET', { url: '/graphql?query=mutation{signOut{sessions}}' }, 405, 'BAD_REQUEST'],
];

describe('a refusal of /graphql', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world?.[Symbol.asyncDispose]());

  for (const [what, request, status, code] of refusals) {
    test(`for ${what} comes in the media type that the client accepts`, async () => {
      const { headers } = request as { headers?: object };
      for (const [accept, type] of [
        [APOLLO_CLIENT, GRAPHQL_TYPE],
        ['application/json', JSON_TYPE],
        ['*/*', JSON_TYPE],
        [undefined, JSON_TYPE],
      ]) {
        const sent = { ...request, headers: { traceparent, ...headers, ...(accept && { accept }) } };
        const answer = await world.gateway.inject(sent);
        assert.deepEqual([answer.statusCode, answer.headers['content-type']], [status, type], accept);
        assert.equal(answer.headers['x-content-type-options'], 'nosniff');
        const { extensions } = answer.json<Refused>().errors[0]!;
        assert.deepEqual(extensions, { code, traceId: TRACE });
      }
    });
  }

  test('names the allowed methods', async () => {
    const { headers } = await world.gateway.inject({ method: 'PUT', url: '/graphql' });
    assert.deepEqual(headers['allow']?.split(', ').sort(), ['GET', 'POST']);
  });

  test('during load shedding, and while authentication is unavailable, comes in that type, too', async () => {
    await using full = await openWorld({
      env: { MAX_IN_FLIGHT: '1' },
      between: (name, call) => (request) =>
        name === 'travel'
          ? new Promise(() => undefined)
          : name === 'account'
            ? Promise.reject(new Error())
            : call(request),
    });
    const header = JSON.stringify({ alg: accessToken.algorithm, typ: accessToken.type, kid: 'x' });
    const authorization = `Bearer ${Buffer.from(header).toString('base64url')}.e30.AA`;
    const away = await full.gateway.inject({ ...queried, headers: { accept: APOLLO_CLIENT, authorization } });
    assert.deepEqual([away.statusCode, away.headers['content-type']], [503, GRAPHQL_TYPE]);
    void full.gateway.inject({ ...queried, payload: { query: '{ airport(code: "DEL") { city } }' } });
    const shed = await full.gateway.inject({ ...queried, headers: { accept: APOLLO_CLIENT } });
    assert.deepEqual([shed.statusCode, shed.headers['content-type']], [503, GRAPHQL_TYPE]);
  });
});

describe('a refusal of another path', () => {
  let world: World;
  before(async () => {
    world = await openWorld({ env: { NODE_ENV: 'production', RATE_LIMITS: 'address=3000:1' } });
  });
  after(() => world?.[Symbol.asyncDispose]());

  test('is JSON with a code and a trace id on every path', async () => {
    const cases: [object, number, string, string?][] = [
      [{ url: '/nothing' }, 404, 'NOT_FOUND'],
      [{ method: 'POST', url: '/' }, 404, 'NOT_FOUND'],
      [{ method: 'DELETE', url: '/tickets/x' }, 405, 'BAD_REQUEST', 'GET, HEAD'],
      [{ url: '/webhooks/payments' }, 405, 'BAD_REQUEST', 'POST'],
      [{ method: 'PATCH', url: '/.well-known/jwks.json' }, 405, 'BAD_REQUEST', 'GET, HEAD'],
      [{ method: 'POST', url: '/webhooks/payments', payload: '{}' }, 401, 'UNAUTHENTICATED'],
      [{ method: 'POST', url: '/webhooks/payments', payload: 'x'.repeat(1_048_577) }, 413, 'OPERATION_TOO_LARGE'],
      [{ url: '/tickets/%zz' }, 400, 'BAD_REQUEST'],
    ];
    for (const [request, status, code, allow] of cases) {
      const answer = await world.gateway.inject(request);
      const what = JSON.stringify(request).slice(0, 80);
      assert.deepEqual([answer.statusCode, answer.headers['content-type']], [status, JSON_TYPE], what);
      assert.equal(answer.headers['allow'], allow, what);
      const { extensions } = answer.json<Refused>().errors[0]!;
      assert.equal(extensions.code, code, what);
      assert.match(extensions.traceId, /^[0-9a-f]{32}$/, what);
      assert.equal(answer.headers['x-content-type-options'], 'nosniff', what);
      assert.equal(answer.headers['strict-transport-security'], 'max-age=31536000', what);
    }
  });

  test('applies the rate limit per address to tickets, webhooks and keys', async () => {
    for (const request of [
      { url: '/tickets/abc' },
      { method: 'POST', url: '/webhooks/payments', payload: '{}' },
      { url: '/.well-known/jwks.json' },
    ] as const) {
      const remoteAddress = `192.0.2.${request.url.length}`;
      let answer = await world.gateway.inject({ ...request, remoteAddress });
      assert.notEqual(answer.statusCode, 429);
      assert.match(String(answer.headers['ratelimit']), /^"address";r=/);
      for (let n = 0; n < 3000 && answer.statusCode !== 429; n++)
        answer = await world.gateway.inject({ ...request, remoteAddress });
      assert.deepEqual([request.url, answer.statusCode], [request.url, 429]);
      assert.equal(answer.json<Refused>().errors[0]!.extensions.code, 'RATE_LIMITED');
      assert.ok(Number(answer.headers['retry-after']) > 0);
    }
  });
});

describe('a raw HTTP request', () => {
  let world: World;
  let port: number;
  const logged: string[] = [];
  before(async () => {
    const keep = (message: string) => void logged.push(message);
    const log: Log = { debug: () => undefined, info: () => undefined, warn: keep, error: keep, child: () => log };
    world = await openWorld({ log });
    port = Number(new URL(await world.gateway.listen({ port: 0, host: '127.0.0.1' })).port);
  });
  after(() => world?.[Symbol.asyncDispose]());

  async function send(head: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`${head}\r\n\r\n`);
    return text(socket);
  }
  const asked = '/graphql?query={__typename}';
  const rest = 'connection: close';

  test('of HTTP/1.0 needs no Host', async () => {
    const answer = await send(`GET ${asked} HTTP/1.0`);
    assert.match(answer, /^HTTP\/1\.1 200 /);
    assert.match(answer, /\{"data":\{"__typename":"Query"\}\}/);
  });

  test('with an invalid Host, or of HTTP/1.1 without one, is 400 and not logged as a server fault', async () => {
    for (const host of ['host:', 'host: a b', 'host: [::1', 'host: a/b', 'host: u@h', 'host: h:x', undefined]) {
      const answer = await send([`GET ${asked} HTTP/1.1`, ...(host === undefined ? [] : [host]), rest].join('\r\n'));
      assert.match(answer, /^HTTP\/1\.1 400 /, host);
      assert.match(answer, /"traceId":"[0-9a-f]{32}","code":"BAD_REQUEST"/, host);
    }
    for (const host of ['shop.example', 'shop.example:4000', '[::1]:4000', '127.0.0.1'])
      assert.match(await send([`GET ${asked} HTTP/1.1`, `host: ${host}`, rest].join('\r\n')), /^HTTP\/1\.1 200 /, host);
    assert.deepEqual(logged, []);
  });

  test('that is not HTTP, or has too large headers, is refused as JSON with a code', async () => {
    for (const [head, status] of [
      ['rubbish', 400],
      ['GET / HTTP/1.1\r\nno colon', 400],
      [`GET / HTTP/1.1\r\nhost: h\r\nx: ${'x'.repeat(20_000)}`, 431],
    ] as const) {
      const answer = await send(head);
      assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `));
      assert.match(answer, /content-type: application\/json/);
      assert.match(answer, /"code":"BAD_REQUEST","traceId":"[0-9a-f]{32}"/);
    }
  });
});
