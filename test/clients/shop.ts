// A gateway for real clients: it listens on a port, has fares to search, and counts requests by method.
import { openWorld, aFare, type WorldOptions } from '../kit/world.ts';

/** The input of a search, in a form that every client accepts. */
export const searched = { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' };

/** The type-ahead results for `an`, page by page. */
export const AIRPORTS = /* GraphQL */ `
  query Airports($first: Int!, $after: String) {
    airports(search: "an", first: $first, after: $after) {
      edges {
        cursor
        node {
          code
          name
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`;

export const SEARCH = /* GraphQL */ `
  query Search($input: ShoppingInput!) {
    shopping(input: $input) {
      price {
        total {
          amount
          currency
        }
      }
    }
  }
`;

export const ME = /* GraphQL */ `
  query Me {
    me {
      id
      email
    }
  }
`;

export const SIGN_UP = /* GraphQL */ `
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      __typename
      ... on SignedIn {
        account {
          id
          email
        }
      }
      ... on AccountRefusal {
        code
        message
      }
    }
  }
`;

export const credentials = (email: string) => ({
  email,
  password: 'gravel tuba horizon mint',
  name: 'Asha Rao',
  session: 'COOKIE',
});

export async function openShop(options: WorldOptions = {}) {
  const world = await openWorld(options);
  await world.file([aFare()]);
  const requests: { method: string; status: number }[] = [];
  world.gateway.addHook(
    'onResponse',
    async ({ method }, { statusCode: status }) => void requests.push({ method, status }),
  );
  const url = `${await world.gateway.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
  return { world, url, requests, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}

/** A fetch that keeps cookies as a browser does, and sends the header that requests with a session cookie need. */
export function browserFetch(): typeof fetch {
  const jar = new Map<string, string>();
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    if (jar.size) headers.set('cookie', [...jar].map((pair) => pair.join('=')).join('; '));
    headers.set('apollo-require-preflight', '1');
    const response = await fetch(input, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    return response;
  };
}
