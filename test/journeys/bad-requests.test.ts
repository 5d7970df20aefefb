// An invalid request is reported as a client error: 400, a known code, a trace id, and no log entry.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Log } from '../../infra/logging/log.ts';
import { openWorld, type World } from '../kit/world.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${TRACE}-00f067aa0ba902b7-01`;

interface Told {
  message: string;
  extensions: { code: string; traceId?: string };
}

describe('a request with a fault', () => {
  let world: World;
  const logged: string[] = [];

  before(async () => {
    world = await openWorld({ log: complaints(logged) });
  });
  after(() => world?.[Symbol.asyncDispose]());

  /** The answer to a raw body. */
  async function send(payload: string | Buffer, headers: Record<string, string> = {}) {
    const response = await world.gateway.inject({
      method: 'POST',
      url: '/graphql',
      payload,
      headers: { 'content-type': 'application/json', traceparent, ...headers },
    });
    const { errors } = response.json<{ errors: Told[] }>();
    return { status: response.statusCode, errors, text: response.body };
  }

  test('in its operation is a client error and not logged as a server fault', async () => {
    const cases: [string, object, string][] = [
      ['a subscription', { query: 'subscription { a }' }, 'GRAPHQL_VALIDATION_FAILED'],
      ['an unknown operation', { query: 'query A { __typename }', operationName: 'B' }, 'OPERATION_RESOLUTION_FAILURE'],
      [
        'no name among several',
        { query: 'query A { __typename } query B { __typename }' },
        'OPERATION_RESOLUTION_FAILURE',
      ],
      ['two without a name', { query: '{ __typename } { __typename }' }, 'GRAPHQL_VALIDATION_FAILED'],
      ['a fragment alone', { query: 'fragment F on Query { __typename }' }, 'GRAPHQL_VALIDATION_FAILED'],
      [
        'a persisted query under a wrong hash',
        { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'f00d' } } },
        'BAD_REQUEST',
      ],
      [
        'a persisted query of another version',
        { query: '{ __typename }', extensions: { persistedQuery: { version: 2, sha256Hash: 'f00d' } } },
        'BAD_REQUEST',
      ],
    ];
    for (const [what, body, code] of cases) {
      const { status, errors } = await send(JSON.stringify(body));
      assert.deepEqual([what, status], [what, 400]);
      for (const { extensions } of errors) assert.deepEqual(extensions, { code, traceId: TRACE }, what);
    }
    assert.deepEqual(logged, []);
  });

  test('in its body is answered in the same shape as every other', async () => {
    const query = JSON.stringify({ query: '{ __typename }' });
    const cases: [string, Awaited<ReturnType<typeof send>>, number][] = [
      ['malformed JSON', await send('{"query": '), 400],
      ['an empty body', await send(''), 400],
      ['a body without a query', await send('{}'), 400],
      ['a body over 100 kB', await send(JSON.stringify({ query: ' '.repeat(100_001) })), 413],
      ['plain text', await send(query, { 'content-type': 'text/plain' }), 400],
      ['a form', await send('query=x', { 'content-type': 'application/x-www-form-urlencoded' }), 400],
      ['another type', await send('<a/>', { 'content-type': 'application/xml' }), 400],
      ['bad gzip', await send('not gzip', { 'content-encoding': 'gzip' }), 400],
      ['gzip cut short', await send(gzipSync(query).subarray(0, 20), { 'content-encoding': 'gzip' }), 400],
      ['an unknown encoding', await send(query, { 'content-encoding': 'rot13' }), 400],
      ['a batch', await send(`[${query}]`), 400],
    ];
    for (const [what, { status, errors, text }, expected] of cases) {
      assert.deepEqual([what, status, errors?.length], [what, expected, 1], text);
      const code = expected === 413 ? 'OPERATION_TOO_LARGE' : 'BAD_REQUEST';
      assert.deepEqual(errors[0]!.extensions, { code, traceId: TRACE }, what);
    }
    const twice = await world.gateway.inject({ url: '/graphql?query={a}&query={b}', headers: { traceparent } });
    assert.equal(twice.json<{ errors: Told[] }>().errors[0]!.extensions.traceId, TRACE, 'a GET with two queries');
    assert.deepEqual(logged, []);
  });

  test('in keys with a special meaning in JavaScript is run without these keys', async () => {
    for (const key of ['__proto__', 'constructor']) {
      const value = '{ "prototype": { "a": 1 } }';
      for (const body of [
        `{ "query": "{ __typename }", "${key}": ${value} }`,
        `{ "query": "query Q($s: String) { airports(search: $s, first: 1) { __typename } }", "variables": { "${key}": ${value} } }`,
        `{ "query": "{ ${key}: __typename }" }`,
      ]) {
        const { status, errors } = await send(body);
        assert.deepEqual([status, errors], [200, undefined], body);
      }
    }
  });
});

/** A log that collects warnings and errors. */
function complaints(lines: string[]): Log {
  const keep = (message: string, fields: object = {}) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  const log: Log = { debug: () => undefined, info: () => undefined, warn: keep, error: keep, child: () => log };
  return log;
}
