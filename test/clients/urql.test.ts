// urql 6 with Graphcache against the gateway, set up as its documentation shows.
import { Client, fetchExchange, gql } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { persistedExchange } from '@urql/exchange-persisted';
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AIRPORTS, browserFetch, credentials, ME, openShop, SEARCH, searched, SIGN_UP } from './shop.ts';

interface Airports {
  airports: { edges: { node: { code: string } }[]; pageInfo: { endCursor: string } };
}

const sdl = readFileSync(join(import.meta.dirname, '../../schema/api.graphql'), 'utf8');
const schema = introspectionFromSchema(buildSchema(sdl));

describe('urql with Graphcache', () => {
  let shop: Awaited<ReturnType<typeof openShop>>;
  before(async () => {
    shop = await openShop();
  });
  after(() => shop?.[Symbol.asyncDispose]());

  const graphcache = () => {
    const keys = Object.fromEntries(
      ['Shopping', 'FarePrice', 'Money', 'SignedIn', 'AccountRefusal'].map((type) => [type, () => null]),
    );
    return cacheExchange({
      schema,
      keys: { ...keys, Airport: ({ code }) => code as string },
      resolvers: { Query: { airports: relayPagination() } },
    });
  };
  const clientWith = (options: object = {}) =>
    new Client({ url: shop.url, exchanges: [graphcache(), fetchExchange], ...options });

  test('searches by GET, its default, and by POST', async () => {
    for (const preferGetMethod of [undefined, false]) {
      const client = clientWith({ ...(preferGetMethod !== undefined && { preferGetMethod }) });
      const { data, error } = await client.query<{ shopping: { price: { total: { amount: string } } } }>(gql(SEARCH), {
        input: searched,
      });
      assert.equal(error, undefined);
      assert.equal(data?.shopping.price.total.amount, '3897.00');
      assert.equal(shop.requests.at(-1)?.method, preferGetMethod === false ? 'POST' : 'GET');
    }
  });

  test('merges pages by relayPagination', async () => {
    const client = clientWith();
    const first = await client.query<Airports>(gql(AIRPORTS), { first: 5 });
    const { endCursor } = first.data!.airports.pageInfo;
    const second = await client.query<Airports>(gql(AIRPORTS), { first: 5, after: endCursor });
    assert.equal(second.error, undefined);
    assert.equal(new Set(second.data?.airports.edges.map(({ node }) => node.code)).size, 10);
  });

  test('shows extensions.code of refusals', async () => {
    for (const headers of [{ authorization: 'Bearer rubbish' }, {}]) {
      const { error } = await clientWith({ fetchOptions: { headers } }).query(gql(ME), {});
      assert.deepEqual(
        error?.graphQLErrors.map(({ extensions }) => extensions['code']),
        ['UNAUTHENTICATED'],
      );
    }
  });

  test('registers a persisted query once and sends its hash from then on, all by GET', async () => {
    const from = shop.requests.length;
    for (let n = 0; n < 2; n++) {
      const exchanges = [graphcache(), persistedExchange({ preferGetForPersistedQueries: true }), fetchExchange];
      const { data } = await clientWith({ exchanges }).query<Airports>(gql(AIRPORTS), { first: 4 });
      assert.equal(data?.airports.edges.length, 4);
    }
    assert.deepEqual(
      shop.requests.slice(from).map(({ method }) => method),
      ['GET', 'GET', 'GET'], // it registers by GET as well, as long as the URL is short
    );
  });

  test('keeps a session in cookies', async () => {
    const client = clientWith({ fetch: browserFetch(), fetchOptions: { credentials: 'include' } });
    const email = 'urql@example.com';
    const up = await client.mutation<{ signUp: { __typename: string } }>(gql(SIGN_UP), { input: credentials(email) });
    assert.equal(up.data?.signUp.__typename, 'SignedIn');
    assert.equal((await client.query<{ me: { email: string } }>(gql(ME), {})).data?.me.email, email);
  });
});
