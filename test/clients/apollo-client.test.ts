// Apollo Client 4 against the gateway, set up as its documentation shows.
import type { ApolloLink, TypedDocumentNode } from '@apollo/client';
import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { gate } from '../kit/telling.ts';
import { AIRPORTS, browserFetch, credentials, ME, openShop, SEARCH, searched, SIGN_UP } from './shop.ts';

interface Airports {
  airports: { edges: { node: { code: string } }[]; pageInfo: { endCursor: string } };
}

const search: TypedDocumentNode<{ shopping: { price: { total: { amount: string } } } }> = gql(SEARCH);
const airports: TypedDocumentNode<Airports> = gql(AIRPORTS);
const signUp: TypedDocumentNode<{ signUp: { __typename: string } }> = gql(SIGN_UP);
const me: TypedDocumentNode<{ me: { email: string } }> = gql(ME);

describe('Apollo Client', () => {
  let shop: Awaited<ReturnType<typeof openShop>>;
  before(async () => {
    shop = await openShop();
  });
  after(() => shop?.[Symbol.asyncDispose]());

  const clientOn = (link: ApolloLink) =>
    new ApolloClient({
      link,
      cache: new InMemoryCache({
        typePolicies: { Query: { fields: { airports: relayStylePagination(['search']) } } },
      }),
    });

  test('searches by POST and by GET', async () => {
    for (const useGETForQueries of [false, true]) {
      const client = clientOn(new HttpLink({ uri: shop.url, useGETForQueries }));
      const { data } = await client.query({ query: search, variables: { input: searched } });
      assert.equal(data?.shopping.price.total.amount, '3897.00');
      assert.equal(shop.requests.at(-1)?.method, useGETForQueries ? 'GET' : 'POST');
    }
  });

  test('merges pages by relayStylePagination', async () => {
    const client = clientOn(new HttpLink({ uri: shop.url }));
    const watched = client.watchQuery({ query: airports, variables: { first: 5 } });
    const { promise, resolve, reject } = Promise.withResolvers<Airports>();
    const subscription = watched.subscribe(({ data, dataState, error }) => {
      if (error) reject(error);
      else if (dataState === 'complete') resolve(data);
    });
    const first = await promise;
    await watched.fetchMore({ variables: { after: first.airports.pageInfo.endCursor } });
    subscription.unsubscribe();
    const merged = client.readQuery({ query: airports, variables: { first: 5 } });
    assert.equal(new Set(merged?.airports.edges.map(({ node }) => node.code)).size, 10);
  });

  test('shows extensions.code of every refusal', async () => {
    for (const [headers, code] of [
      [{ authorization: 'Bearer rubbish' }, 'UNAUTHENTICATED'],
      [{ cookie: 'fareloom-access=x' }, 'FORBIDDEN'],
    ] as const) {
      const client = clientOn(new HttpLink({ uri: shop.url, headers }));
      await assert.rejects(client.query({ query: me }), (error) => {
        assert.ok(CombinedGraphQLErrors.is(error), String(error));
        assert.equal(error.errors[0]?.extensions?.['code'], code);
        return true;
      });
    }
    const client = clientOn(new HttpLink({ uri: shop.url }));
    await assert.rejects(client.query({ query: me }), (error) => {
      assert.ok(CombinedGraphQLErrors.is(error));
      assert.equal(error.errors[0]?.extensions?.['code'], 'UNAUTHENTICATED');
      return true;
    });
  });

  test('registers a persisted query once and then sends its hash by GET', async () => {
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const persisted = new PersistedQueryLink({ sha256, useGETForHashedQueries: true });
    const from = shop.requests.length;
    for (let n = 0; n < 2; n++) {
      const client = clientOn(persisted.concat(new HttpLink({ uri: shop.url })));
      const { data } = await client.query({ query: airports, variables: { first: 3 } });
      assert.equal(data?.airports.edges.length, 3);
    }
    assert.deepEqual(
      shop.requests.slice(from).map(({ method, status }) => `${method} ${status}`),
      ['GET 200', 'POST 200', 'GET 200'],
    );
  });

  test('keeps a session in cookies', async () => {
    const client = clientOn(new HttpLink({ uri: shop.url, fetch: browserFetch(), credentials: 'include' }));
    const email = 'apollo@example.com';
    const { data } = await client.mutate({ mutation: signUp, variables: { input: credentials(email) } });
    assert.equal(data?.signUp.__typename, 'SignedIn');
    assert.deepEqual((await client.query({ query: me })).data?.me.email, email);
  });
});

const inParts: TypedDocumentNode<{ shopping: { price: object; travel?: { airport: { code: string } } } }> = gql`
  query Search($input: ShoppingInput!) {
    shopping(input: $input) {
      price {
        total {
          amount
        }
      }
      ... @defer(label: "travel") {
        travel {
          airport {
            code
          }
        }
      }
    }
  }
`;

test('Apollo Client with Defer20220824Handler shows the price before travel has answered', async () => {
  const held = gate();
  await using shop = await openShop({
    between: (name, call) => (name === 'travel' ? held.through(call) : call),
    env: { SUBGRAPH_TIMEOUT: '10000' },
  });
  const client = new ApolloClient({
    link: new HttpLink({ uri: shop.url }),
    cache: new InMemoryCache(),
    incrementalHandler: new Defer20220824Handler(),
  });
  const shown: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const watched = client.watchQuery({ query: inParts, variables: { input: searched } });
  const subscription = watched.subscribe(({ data, dataState, error }) => {
    if (error) reject(error);
    if (!data) return;
    shown.push(`${dataState}: ${data.shopping?.travel?.airport?.code ?? 'no travel'}`);
    if (dataState === 'streaming') held.open(); // the price is there, and travel has not answered
    if (dataState === 'complete') resolve();
  });
  await promise;
  subscription.unsubscribe();
  assert.deepEqual(shown, ['streaming: no travel', 'complete: BLR']);
});
