// A user with an account, like in a front end: signs up over GraphQL, then sends requests with the token.
import assert from 'node:assert/strict';
import type { Role } from '../../schema/wire/identity.ts';
import type { Answer, World } from './world.ts';

export const PASSWORD = 'kettle-orbit-saffron-19';

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresAt: string;
}

/** The result of signing up or in. */
export interface SignIn {
  __typename: 'SignedIn' | 'AccountRefusal';
  code?: string;
  message?: string;
  retryAfter?: number | null;
  account?: { id: string; roles: Role[] };
  session?: { id: string };
  tokens?: Tokens | null;
  deviceToken?: string | null;
}

export const SIGN_IN_ANSWER = `{ __typename
  ... on SignedIn { account { id roles } session { id } tokens { accessToken refreshToken expiresAt } deviceToken }
  ... on AccountRefusal { code message retryAfter } }`;

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** The three ways to get a session. */
export const signing = (world: Pick<World, 'graph'>) => ({
  up: async (input: object, headers = {}) =>
    (
      await world.graph<{ result: SignIn }>(
        `mutation($input: SignUpInput!) { result: signUp(input: $input) ${SIGN_IN_ANSWER} }`,
        { input: { name: 'Asha Rao', password: PASSWORD, ...input } },
        headers,
      )
    ).data.result,
  in: async (input: object, headers = {}) =>
    (
      await world.graph<{ result: SignIn }>(
        `mutation($input: SignInInput!) { result: signIn(input: $input) ${SIGN_IN_ANSWER} }`,
        { input: { password: PASSWORD, ...input } },
        headers,
      )
    ).data.result,
  on: async (refreshToken: string) =>
    (
      await world.graph<{ result: SignIn }>(
        `mutation($token: String) { result: refreshSession(refreshToken: $token) ${SIGN_IN_ANSWER} }`,
        { token: refreshToken },
      )
    ).data.result,
});

/** Signs a user up, with these roles besides TRAVELLER, and returns the means to send requests. */
export async function signedUp(world: World, email = 'asha.rao@example.com', ...roles: Role[]) {
  const { account, session, tokens } = await signing(world).up({ email });
  assert.ok(account && session && tokens, 'signed up');
  const { accounts } = await world.stores.account();
  for (const role of roles) await accounts.grant(account.id, role);
  const headers = bearer(tokens.accessToken);
  return {
    email,
    id: account.id,
    session: session.id,
    tokens,
    headers,
    ask: <T>(query: string, variables: object = {}): Promise<Answer<T>> => world.graph<T>(query, variables, headers),
  };
}
