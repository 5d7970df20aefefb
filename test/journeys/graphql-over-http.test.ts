// Conformance with the GraphQL over HTTP specification, and which origins a browser may call from.
import { serverAudits } from 'graphql-http';
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openWorld, type World } from '../kit/world.ts';

const BECAUSE_400 =
  'a wrong document or variable is 400 for every client: monitoring, retries and caches depend on the status';
/** The audits that fail on purpose, by id, with the reason. */
const differs: Readonly<Record<string, string>> = {
  '572B': BECAUSE_400, // SHOULD use 200 on document parsing failure when accepting application/json
  FDE2: BECAUSE_400, // ... on document validation failure
  '7B9B': BECAUSE_400, // ... on variable coercion failure
};

describe('the audits of GraphQL over HTTP', () => {
  let world: World;
  let url: string;
  before(async () => {
    world = await openWorld();
    url = `${await world.gateway.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
  });
  after(() => world?.[Symbol.asyncDispose]());

  for (const audit of serverAudits({ url: () => url })) {
    const why = differs[audit.id];
    test(`${audit.id}: ${audit.name}${why ? ` (not ours: ${why})` : ''}`, async () => {
      const { status } = await audit.fn();
      assert.equal(status === 'ok', !why, status);
    });
  }
});

describe('a request over HTTP', () => {
  let world: World;
  before(async () => {
    world = await openWorld({ env: { NODE_ENV: 'production', CORS_ORIGINS: 'https://shop.example' } });
  });
  after(() => world?.[Symbol.asyncDispose]());

  const graphqlType = 'application/graphql-response+json';

  test('is answered in the type that it accepts', async () => {
    for (const [accept, type] of [
      [graphqlType, graphqlType],
      ['application/json', 'application/json'],
      [`${graphqlType}, application/json;q=0.9`, graphqlType],
      [undefined, 'application/json'],
    ]) {
      const { headers } = await world.gateway.inject({ method: 'POST', url: '/graphql', payload: { query: '{ __typename }' }, headers: accept ? { accept } : {} }); // prettier-ignore
      assert.equal(headers['content-type'], `${type}; charset=utf-8`);
    }
    const none = await world.gateway.inject({ method: 'POST', url: '/graphql', payload: { query: '{ __typename }' }, headers: { accept: 'text/csv' } }); // prettier-ignore
    assert.equal(none.statusCode, 406);
  });

  test('by GET with a mutation is 405 with the allowed methods, and changes nothing', async () => {
    const query = 'mutation { signOut { sessions } }';
    const answer = await world.gateway.inject({ url: '/graphql', query: { query }, headers: { 'apollo-require-preflight': 'x' } }); // prettier-ignore
    assert.deepEqual([answer.statusCode, answer.headers['allow']], [405, 'POST']);
  });

  test('by GET without a session cookie needs no preflight header', async () => {
    const query = { query: '{ __typename }' };
    const { statusCode, body } = await world.gateway.inject({ url: '/graphql', query });
    assert.deepEqual([statusCode, body], [200, '{"data":{"__typename":"Query"}}\n']);
    const cookie = '__Host-fareloom-access=x';
    const forged = await world.gateway.inject({ url: '/graphql', query, headers: { cookie } });
    assert.equal(forged.statusCode, 403);
  });

  test('with an empty parameter is treated as without it', async () => {
    const named = 'query A { __typename }';
    for (const name of ['operationName', 'variables', 'extensions', 'documentId']) {
      const query = { query: named, [name]: '' };
      const { statusCode, body } = await world.gateway.inject({ url: '/graphql', query });
      assert.deepEqual([name, statusCode, body], [name, 200, '{"data":{"__typename":"Query"}}\n']);
    }
    for (const name of ['operationName', 'documentId']) {
      const payload = { query: named, [name]: '' };
      const { statusCode, body } = await world.gateway.inject({ method: 'POST', url: '/graphql', payload });
      assert.deepEqual([name, statusCode, body], [name, 200, '{"data":{"__typename":"Query"}}\n']);
    }
    const none = await world.gateway.inject({ url: '/graphql', query: { query: '', operationName: '' } });
    assert.equal(none.statusCode, 400);
  });

  test('from another origin needs a preflight only every two hours', async () => {
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'POST' };
    const answer = await world.gateway.inject({ method: 'OPTIONS', url: '/graphql', headers });
    assert.deepEqual([answer.statusCode, answer.headers['access-control-max-age']], [204, '7200']);
  });

  test('with a list of operations is 400', async () => {
    const payload = Array(100).fill({ query: '{ __typename }' });
    const { statusCode } = await world.gateway.inject({ method: 'POST', url: '/graphql', payload });
    assert.equal(statusCode, 400);
  });

  const preflight = async (origin: string) =>
    (
      await world.gateway.inject({
        method: 'OPTIONS',
        url: '/graphql',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      })
    ).headers['access-control-allow-origin'];

  test('from a page is allowed from the configured origins, and in production from no others', async () => {
    assert.equal(await preflight('https://shop.example'), 'https://shop.example');
    for (const origin of [
      'https://shop.example.evil',
      'http://shop.example',
      'null',
      'https://studio.apollographql.com',
    ])
      assert.equal(await preflight(origin), undefined, origin);
  });
});

test('is allowed from the explorers outside production', async () => {
  await using world = await openWorld();
  const origin = 'https://studio.apollographql.com';
  const headers = { origin, 'access-control-request-method': 'POST' };
  const answer = await world.gateway.inject({ method: 'OPTIONS', url: '/graphql', headers });
  assert.equal(answer.headers['access-control-allow-origin'], origin);
});
