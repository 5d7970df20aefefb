// graphql-request against the gateway, by POST and by GET.
import { ClientError, GraphQLClient, gql, request } from 'graphql-request';
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AIRPORTS, browserFetch, credentials, ME, openShop, SEARCH, searched, SIGN_UP } from './shop.ts';

interface Airports {
  airports: { edges: { node: { code: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

describe('graphql-request', () => {
  let shop: Awaited<ReturnType<typeof openShop>>;
  before(async () => {
    shop = await openShop();
  });
  after(() => shop?.[Symbol.asyncDispose]());

  test('searches by POST and by GET', async () => {
    const whole = { shopping: { price: { total: { amount: '3897.00', currency: 'INR' } } } };
    assert.deepEqual(
      await request(
        shop.url,
        gql`
          ${SEARCH}
        `,
        { input: searched },
      ),
      whole,
    );
    const client = new GraphQLClient(shop.url, { method: 'GET', jsonSerializer: JSON });
    assert.deepEqual(
      await client.request(
        gql`
          ${SEARCH}
        `,
        { input: searched },
      ),
      whole,
    );
    assert.equal(shop.requests.at(-1)?.method, 'GET');
  });

  test('pages to the end', async () => {
    const client = new GraphQLClient(shop.url);
    const codes = new Set<string>();
    let after: string | null = null;
    for (let page = 0; page < 3; page++) {
      const { airports }: Airports = await client.request<Airports>(AIRPORTS, { first: 5, after });
      for (const { node } of airports.edges) codes.add(node.code);
      after = airports.pageInfo.endCursor;
    }
    assert.equal(codes.size, 15);
  });

  test('throws refusals with extensions.code', async () => {
    for (const headers of [{ authorization: 'Bearer rubbish' }, {}]) {
      await assert.rejects(new GraphQLClient(shop.url, { headers }).request(ME), (error) => {
        assert.ok(error instanceof ClientError);
        assert.equal(error.response.errors?.[0]?.extensions['code'], 'UNAUTHENTICATED');
        return true;
      });
    }
  });

  test('keeps a session in cookies', async () => {
    const client = new GraphQLClient(shop.url, { fetch: browserFetch(), credentials: 'include' });
    const email = 'request@example.com';
    const { signUp } = await client.request<{ signUp: { __typename: string } }>(SIGN_UP, { input: credentials(email) });
    assert.equal(signUp.__typename, 'SignedIn');
    assert.equal((await client.request<{ me: { email: string } }>(ME)).me.email, email);
  });
});
