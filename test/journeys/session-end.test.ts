// How a session ends: by sign-out, by a mutation in the same document, and by a new password; and what still works
// then.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sessionKey } from '../../schema/wire/session-state.ts';
import { bearer, PASSWORD, SIGN_IN_ANSWER, type SignIn, signedUp, signing } from '../kit/person.ts';
import { openWorld, type World } from '../kit/world.ts';

const MINUTE = 60_000;
const ME = '{ me { id } }';
const NEW_PASSWORD = 'lantern-copper-walrus';

let world: World;
before(async () => (world = await openWorld()));
after(() => world[Symbol.asyncDispose]());

test('an unreadable session entry in the cache makes the gateway call the account subgraph', async () => {
  const asha = await signedUp(world, 'torn@example.com');
  for (const value of ['{"account":', '"x"', '{"account":1}']) {
    const revision = Number.MAX_SAFE_INTEGER;
    await world.wiring.cache.putMany([{ key: sessionKey(asha.session), revision, value, ttl: MINUTE }]);
    assert.equal((await asha.ask(ME)).status, 200, value);
  }
});

describe('signing out without a live access token', () => {
  const out = async (refreshToken: string | null, headers = {}, session: string | null = null) => {
    const query =
      'mutation($token: String, $session: ID) { signOut(refreshToken: $token, session: $session) { sessions } }';
    const { data, errors } = await world.graph<{ signOut: { sessions: number } }>(
      query,
      { token: refreshToken, session },
      headers,
    );
    return errors ? errors[0]!.extensions['code'] : data.signOut.sessions;
  };

  test('the refresh token ends its session, and no other', async () => {
    const asha = await signedUp(world, 'expired@example.com');
    const other = await signing(world).in({ email: asha.email });
    world.clock.advance(11 * MINUTE);
    assert.equal((await asha.ask(ME)).status, 401, 'the access token is invalid');
    assert.equal(await out(asha.tokens.refreshToken), 1);
    assert.equal((await signing(world).on(asha.tokens.refreshToken)).code, 'SESSION_ENDED');
    assert.equal((await signing(world).on(other.tokens!.refreshToken)).__typename, 'SignedIn');
    assert.equal(await out(asha.tokens.refreshToken), 0, 'once more changes nothing');
  });

  test('a caller without a token of a session cannot end it, and a request without a token ends nothing', async () => {
    const asha = await signedUp(world, 'safe@example.com');
    const eve = await signedUp(world, 'unsafe@example.com');
    const [id, , own] = asha.tokens.refreshToken.split('.');
    const [, family] = eve.tokens.refreshToken.split('.');
    for (const made of [id!, `${id}.${family}.${own}`, `${id}..`, '', 'x'.repeat(5000)]) {
      assert.equal(await out(made), 0, made);
      assert.equal(await out(made, eve.headers), 0, made);
    }
    assert.equal(await out(null), 0);
    assert.equal(await out(null, {}, asha.session), 'UNAUTHENTICATED', 'by its id');
    assert.equal(await out(eve.tokens.refreshToken, {}, asha.session), 'BAD_USER_INPUT', 'by its id and another token');
    assert.equal((await asha.ask(ME)).status, 200);
    assert.equal((await eve.ask(ME)).status, 200);
  });

  test("a browser's cookie ends its session, and is cleared", async () => {
    const { email } = await signedUp(world, 'kept@example.com');
    const ask = async (query: string, cookies: Record<string, string> = {}) => {
      const headers = { 'apollo-require-preflight': '1' };
      const request = { method: 'POST', url: '/graphql', payload: { query }, headers, cookies } as const;
      const response = await world.gateway.inject(request);
      return { cookies: response.cookies, ...response.json<{ data: Record<string, unknown> }>() };
    };
    const begun = await ask(
      `mutation { signIn(input: { email: "${email}", password: "${PASSWORD}", session: COOKIE }) { __typename } }`,
    );
    const { value } = begun.cookies.find(({ name }) => name === 'fareloom-refresh')!;
    const ended = await ask('mutation { signOut { sessions } }', { 'fareloom-refresh': value });
    assert.deepEqual(ended.data, { signOut: { sessions: 1 } });
    assert.deepEqual(
      ended.cookies.map(({ name, maxAge }) => [name, maxAge]),
      [
        ['fareloom-access', 0],
        ['fareloom-refresh', 0],
      ],
    );
    assert.equal((await signing(world).on(value)).code, 'SESSION_ENDED');
  });
});

describe('a document that ends its own session', () => {
  const add = `addSavedTraveller(input: { name: "Late", birthDate: "2000-01-01" }) { __typename }`;
  for (const [what, end] of [
    ['deleted the account', `deleteAccount(password: "${PASSWORD}") { __typename }`],
    ['signed out', 'signOut { sessions }'],
    ['signed out everywhere', 'signOutEverywhere { sessions }'],
  ] as const) {
    test(`is UNAUTHENTICATED from there on in every subgraph: ${what}`, async () => {
      const asha = await signedUp(world, `late.${what.replaceAll(' ', '.')}@example.com`, 'FARE_MANAGER');
      const withdraw = 'withdrawFare(id: "none", expectedRevision: 1) { __typename }';
      const { errors, data } = await asha.ask<Record<string, unknown>>(
        `mutation { ended: ${end} ${add} ${withdraw} again: signOut { sessions } }`,
      );
      assert.deepEqual(
        errors?.map(({ path, extensions }) => [path![0], extensions['code']]),
        [
          ['addSavedTraveller', 'UNAUTHENTICATED'],
          ['withdrawFare', 'UNAUTHENTICATED'],
        ],
        JSON.stringify({ errors, data }),
      );
    });
  }

  test('continues after ending another session', async () => {
    const asha = await signedUp(world, 'other@example.com');
    const { session } = await signing(world).in({ email: asha.email });
    const { errors } = await asha.ask(`mutation { signOut(session: "${session!.id}") { sessions } ${add} }`);
    assert.equal(errors, undefined);
  });
});

test('a session that begins while its account is being deleted is invalid at once on every gateway', async () => {
  const asha = await signedUp(world, 'at.once@example.com');
  const { sessions } = await world.stores.account();
  const { end } = sessions;
  let begun: SignIn | undefined;
  sessions.end = async (account, which) => {
    const ended = await end(account, which);
    begun = await signing(world).in({ email: asha.email });
    assert.equal((await world.graph(ME, {}, bearer(begun.tokens!.accessToken))).status, 200); // the cache has it now
    return ended;
  };
  await asha
    .ask(`mutation { deleteAccount(password: "${PASSWORD}") { __typename } }`)
    .finally(() => (sessions.end = end));
  assert.equal((await world.graph(ME, {}, bearer(begun!.tokens!.accessToken))).status, 401);
});

describe('a new password', () => {
  const change = async (headers: Record<string, string>, more = '') =>
    (
      await world.graph<{ result: SignIn }>(
        `mutation { result: changePassword(input: { current: "${PASSWORD}", new: "${NEW_PASSWORD}" }) ${SIGN_IN_ANSWER} ${more} }`,
        {},
        headers,
      )
    ).data.result;

  test("ends every session, including the caller's, and begins a new one", async () => {
    const asha = await signedUp(world, 'renewed@example.com');
    const other = await signing(world).in({ email: asha.email });
    const { session, tokens, account } = await change(asha.headers);
    assert.equal(account!.id, asha.id);
    assert.notEqual(session!.id, asha.session);
    for (const old of [asha.tokens, other.tokens!]) {
      assert.equal((await signing(world).on(old.refreshToken)).code, 'SESSION_ENDED', 'also a stolen one');
      assert.equal((await world.graph(ME, {}, bearer(old.accessToken))).status, 401);
    }
    const { data } = await world.graph<{ me: { sessions: object[] } }>(
      '{ me { sessions { id isThisOne } } }',
      {},
      bearer(tokens!.accessToken),
    );
    assert.deepEqual(data.me.sessions, [{ id: session!.id, isThisOne: true }]);
    assert.equal((await signing(world).on(tokens!.refreshToken)).__typename, 'SignedIn');
  });

  test('gives a browser new cookies, and no token in the answer', async () => {
    const { email } = await signedUp(world, 'renewed.page@example.com');
    const headers = { 'apollo-require-preflight': '1' };
    const ask = async (query: string, cookies: Record<string, string>) =>
      world.gateway.inject({ method: 'POST', url: '/graphql', payload: { query }, headers, cookies });
    const jar = (of: Awaited<ReturnType<typeof ask>>) =>
      Object.fromEntries(of.cookies.map(({ name, value }) => [name, value]));
    const begun = jar(
      await ask(
        `mutation { signIn(input: { email: "${email}", password: "${PASSWORD}", session: COOKIE }) { __typename } }`,
        {},
      ),
    );
    const changed = await ask(
      `mutation { result: changePassword(input: { current: "${PASSWORD}", new: "${NEW_PASSWORD}" }) ${SIGN_IN_ANSWER} }`,
      begun,
    );
    assert.equal(changed.json<{ data: { result: SignIn } }>().data.result.tokens, null);
    assert.equal((await ask(ME, begun)).statusCode, 401);
    assert.equal((await ask(ME, jar(changed))).statusCode, 200);
  });

  test('lets the same document continue', async () => {
    const asha = await signedUp(world, 'renewed.on@example.com');
    const result = await change(asha.headers, 'changeName(name: "Asha R.") { __typename } signOut { sessions }');
    assert.equal((await signing(world).on(result.tokens!.refreshToken)).code, 'SESSION_ENDED', 'it signed out again');
  });
});
