// Somebody with an account, as a front end has one: signs up over the graph, then asks with the token.
import assert from 'node:assert/strict';
import type { Role } from '../../schema/wire/identity.ts';
import type { Answer, World } from './world.ts';

export const PASSWORD = 'kettle-orbit-saffron-19';

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresAt: string;
}

/** What signing up, in or on answers. */
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

/** The three ways to a session. */
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

/** Signs somebody up, with these roles besides TRAVELLER, and gives what they ask with. */
export async function signedUp(world: World, email = 'asha.rao@example.com', ...roles: Role[]) {
  const { account, session, tokens } = await signing(world).up({ email });
  assert.ok(account && session && tokens, 'signed up');
  const { accounts } = await world.rooms.account();
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
