// A browser's session: cookies that scripts and other sites cannot use, verified like tokens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, REFRESH_HEADER } from '../../schema/wire/browser-session.ts';
import { PASSWORD, SIGN_IN_ANSWER, type SignIn, signedUp } from '../kit/person.ts';
import { type Answer, openWorld, type World } from '../kit/world.ts';

const ME = '{ me { email } }';
const CSRF = { 'apollo-require-preflight': '1' };
const SIGN_IN = `mutation($email: String!) {
  result: signIn(input: { email: $email, password: "${PASSWORD}", session: COOKIE }) ${SIGN_IN_ANSWER} }`;
const REFRESH = `mutation { result: refreshSession ${SIGN_IN_ANSWER} }`;

interface Cookie {
  name: string;
  value: string;
  maxAge?: number;
  [attribute: string]: unknown;
}

/** A browser: stores cookies and sends them. */
function browser(world: World) {
  const jar = new Map<string, string>();
  return {
    jar,
    async ask(query: string, { headers = CSRF, variables = {} }: { headers?: object; variables?: object } = {}) {
      const response = await world.gateway.inject({
        method: 'POST',
        url: '/graphql',
        payload: { query, variables },
        headers: { ...headers },
        cookies: Object.fromEntries(jar),
      });
      const cookies = response.cookies as unknown as Cookie[];
      for (const { name, value, maxAge } of cookies) {
        if (maxAge) jar.set(name, value);
        else jar.delete(name);
      }
      const answer = response.json<{ data?: { result: SignIn; me?: { email: string } }; errors?: unknown[] }>();
      return { ...answer, status: response.statusCode, cookies, text: response.body };
    },
  };
}

async function signedIn(world: World, as = 'asha.rao@example.com') {
  const { email } = await signedUp(world, as);
  const page = browser(world);
  const { data, cookies } = await page.ask(SIGN_IN, { variables: { email } });
  return { page, answer: data!.result, cookies, email };
}

test('a browser that requests cookies gets them, and no token in the response', async () => {
  await using world = await openWorld();
  const { answer, cookies, page, email } = await signedIn(world);
  assert.equal(answer.__typename, 'SignedIn');
  assert.equal(answer.tokens, null);
  assert.deepEqual(
    cookies.map(({ value: _, ...attributes }) => attributes),
    [
      { name: 'fareloom-access', path: '/', httpOnly: true, sameSite: 'Strict', maxAge: 600 },
      { name: 'fareloom-refresh', path: '/', httpOnly: true, sameSite: 'Strict', maxAge: 30 * 24 * 3600 },
    ],
  );
  assert.equal((await page.ask(ME)).data?.me?.email, email);
});

test('in production cookies are for HTTPS and for this host alone', async () => {
  await using world = await openWorld({ env: { NODE_ENV: 'production' } });
  const { cookies, page, email } = await signedIn(world);
  for (const { name, secure, path, domain } of cookies) {
    assert.match(name, /^__Host-fareloom-/);
    assert.deepEqual({ secure, path, domain }, { secure: true, path: '/', domain: undefined });
  }
  assert.equal((await page.ask(ME)).data?.me?.email, email);
});

test('requests with a cookie and without the header that other sites cannot send are refused', async () => {
  await using world = await openWorld();
  const { page } = await signedIn(world);
  for (const query of [ME, '{ airport(code: "DEL") { city } }', 'mutation { signOutEverywhere { sessions } }']) {
    const { status, text } = await page.ask(query, { headers: {} });
    assert.equal(status, 403);
    assert.match(text, /apollo-require-preflight/);
  }
  const empty = { 'apollo-require-preflight': '' };
  assert.equal((await page.ask(ME, { headers: empty })).status, 403, 'an empty header counts as missing');
  page.jar.delete('fareloom-access');
  for (const headers of [{}, empty]) {
    assert.equal((await page.ask(REFRESH, { headers })).status, 403, 'the refresh cookie counts too');
  }
});

test('a session continues by its cookie and ends by signing out, which clears the cookies', async () => {
  await using world = await openWorld();
  const { page, email } = await signedIn(world);
  const before = new Map(page.jar);
  world.clock.advance(600_000);
  page.jar.delete('fareloom-access'); // as after its Max-Age
  const on = await page.ask(REFRESH);
  assert.equal(on.data?.result.__typename, 'SignedIn');
  assert.equal(on.data.result.tokens, null);
  assert.notEqual(page.jar.get('fareloom-refresh'), before.get('fareloom-refresh'));
  assert.equal((await page.ask(ME)).data?.me?.email, email);

  const stale = browser(world);
  for (const [name, value] of page.jar) stale.jar.set(name, value);
  await page.ask('mutation { signOut { sessions } }');
  assert.equal(page.jar.size, 0);
  assert.equal((await stale.ask(ME)).status, 401);
  assert.deepEqual([...stale.jar.keys()], ['fareloom-refresh'], 'an invalid token is not kept');
  assert.equal((await stale.ask(REFRESH)).data?.result.code, 'SESSION_ENDED');
  assert.equal(stale.jar.size, 0);
});

test('two tabs that refresh at once keep the session and its cookies', async () => {
  await using world = await openWorld();
  const { page, email } = await signedIn(world);
  const other = browser(world);
  for (const [name, value] of page.jar) other.jar.set(name, value);
  await page.ask(REFRESH);
  const { data, cookies } = await other.ask(REFRESH);
  assert.equal(data?.result.code, 'ALREADY_REFRESHED');
  assert.deepEqual(cookies, []);
  assert.equal((await page.ask(ME)).data?.me?.email, email);
  assert.equal((await page.ask(REFRESH)).data?.result.__typename, 'SignedIn');
});

test("a client with a bearer token does not need the header, and a browser's cookies are ignored beside it", async () => {
  await using world = await openWorld();
  const { page } = await signedIn(world);
  const ben = await signedUp(world, 'ben@example.com');
  const { data, cookies } = await page.ask(ME, { headers: ben.headers });
  assert.equal(data?.me?.email, 'ben@example.com');
  assert.deepEqual(cookies, []);
  const out = await page.ask('mutation { signOut { sessions } }', { headers: ben.headers });
  assert.deepEqual(out.cookies, [], 'the other session keeps its cookies');
});

test('an invalid bearer token does not clear valid cookies', async () => {
  await using world = await openWorld();
  const { page, email } = await signedIn(world);
  const { status, cookies } = await page.ask(ME, { headers: { authorization: 'Bearer rubbish' } });
  assert.equal(status, 401);
  assert.deepEqual(cookies, []);
  assert.equal((await page.ask(ME)).data?.me?.email, email);
});

test('an invalid cookie is 401, never anonymous', async () => {
  await using world = await openWorld();
  const { page } = await signedIn(world);
  page.jar.set('fareloom-access', 'rubbish');
  assert.equal((await page.ask('{ airport(code: "DEL") { city } }')).status, 401);
});

test('a refresh token that was added, changed or removed between gateway and account subgraph is refused', async () => {
  let meddle = (headers: Record<string, string>) => headers;
  await using world = await openWorld({
    between: (name, call) => (request) =>
      call(name === ACCOUNT ? { ...request, headers: meddle(request.headers) } : request),
  });
  const { page, email } = await signedIn(world);
  const other = await signedIn(world, 'other@example.com');
  const stolen = other.page.jar.get('fareloom-refresh')!;
  const without = ({ [REFRESH_HEADER]: _, ...headers }: Record<string, string>) => headers;
  const withStolen = (headers: Record<string, string>) => ({ ...headers, [REFRESH_HEADER]: stolen });
  const visitor = browser(world);
  page.jar.delete('fareloom-access'); // it has expired
  for (const [what, asking, how] of [
    ['added', visitor, withStolen],
    ['changed', page, withStolen],
    ['removed', page, without],
  ] as const) {
    meddle = how;
    const { errors, cookies } = await asking.ask(REFRESH);
    assert.equal((errors as Answer['errors'])![0]!.extensions['code'], 'DOWNSTREAM_ERROR', what);
    assert.deepEqual(cookies, [], what);
  }
  meddle = (headers) => headers;
  assert.equal((await page.ask(REFRESH)).data!.result.__typename, 'SignedIn');
  assert.equal((await page.ask(ME)).data!.me!.email, email);
});
