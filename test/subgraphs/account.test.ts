// The account subgraph: sign-up, sign-in, refresh and sign-out, refusals, and privacy between accounts.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { subgraphOn } from '../kit/parts.ts';
import { account } from '../../subgraphs/account/subgraph.ts';
import { fromAddress, signUpsFrom } from '../../subgraphs/account/rules/tries.ts';
import { serve } from '../../subgraphs/runtime/serve.ts';
import { keeping, signed, signedInAs } from '../kit/signed.ts';
import { bearer, PASSWORD, type SignIn, signedUp, signing } from '../kit/person.ts';
import { type Answer, openWorld, type World } from '../kit/world.ts';
import { isRefused } from '../../schema/errors.ts';

const MINUTE = 60_000;
let world: World;
before(async () => (world = await openWorld()));
after(() => world[Symbol.asyncDispose]());

const ME = '{ me { id email name roles sessions { id isThisOne } savedTravellers { id name } } }';

interface Me {
  me: {
    id: string;
    email: string;
    name: string;
    roles: string[];
    sessions: { id: string; isThisOne: boolean }[];
    savedTravellers: { id: string; name: string }[];
  } | null;
}

describe('a session', () => {
  test('a session is started, refreshed and ended, and its old tokens are refused', async () => {
    const sign = signing(world);
    const up = await sign.up({ email: ' Journey@Example.com ' });
    assert.equal(up.__typename, 'SignedIn');
    assert.match(up.account!.id, /^acc_/);
    assert.deepEqual(up.account!.roles, ['TRAVELLER']);

    const begun = await sign.in({ email: 'journey@example.COM' });
    const ask = (token: string) => world.graph<Me>(ME, {}, { authorization: `Bearer ${token}` });
    const { me } = (await ask(begun.tokens!.accessToken)).data;
    assert.equal(me?.email, 'journey@example.com');
    assert.equal(me.sessions.length, 2);
    assert.deepEqual(
      me.sessions.filter(({ isThisOne }) => isThisOne).map(({ id }) => id),
      [begun.session!.id],
    );

    world.clock.advance(11 * MINUTE);
    assert.equal((await ask(begun.tokens!.accessToken)).status, 401, 'it was valid for ten minutes');
    const on = await sign.on(begun.tokens!.refreshToken);
    assert.equal(on.session!.id, begun.session!.id);
    assert.equal((await ask(on.tokens!.accessToken)).status, 200);

    const out = await world.graph('mutation { signOut { sessions } }', {}, bearerOf(on));
    assert.deepEqual(out.data, { signOut: { sessions: 1 } });
    assert.equal((await ask(on.tokens!.accessToken)).status, 401, 'refused as soon as the session has ended');
    assert.equal((await sign.on(on.tokens!.refreshToken)).code, 'SESSION_ENDED');
  });

  test('a session that is started or refreshed is marked as this one in the same answer', async () => {
    const input = `{ email: "this@example.com", password: "${PASSWORD}"`;
    const answer = `{ ... on SignedIn { session { isThisOne } account { sessions { isThisOne } } tokens { refreshToken } } }`;
    const ask = async (call: string) => {
      const query = `mutation { result: ${call} ${answer} }`;
      const { result } = (await world.graph<{ result: Shown }>(query)).data;
      assert.equal(result.session.isThisOne, true, call);
      assert.equal(result.account.sessions.filter(({ isThisOne }) => isThisOne).length, 1, call);
      return result.tokens.refreshToken;
    };
    interface Shown {
      session: { isThisOne: boolean };
      account: { sessions: { isThisOne: boolean }[] };
      tokens: { refreshToken: string };
    }
    await ask(`signUp(input: ${input}, name: "This One" })`);
    const token = await ask(`signIn(input: ${input} })`);
    await ask(`refreshSession(refreshToken: "${token}")`);
  });

  test('an access token is valid for at most ten minutes, also if it is issued at the end of a second', async () => {
    world.clock.advance(999 - (world.clock.now().getTime() % 1000));
    const { tokens } = await signing(world).up({ email: 'moment@example.com' });
    const ask = async () => (await world.graph(ME, {}, bearer(tokens!.accessToken))).status;
    const inMinutes = (Date.parse(tokens!.expiresAt) - world.clock.now().getTime()) / MINUTE;
    assert.ok(inMinutes > 9.9 && inMinutes <= 10, `it expires in ${inMinutes} minutes`);
    assert.equal(await ask(), 200);
  });

  test('an old refresh token ends the whole session, as it may have been stolen', async () => {
    const sign = signing(world);
    const begun = await sign.up({ email: 'replay@example.com' });
    const next = await sign.on(begun.tokens!.refreshToken);
    assert.equal(next.__typename, 'SignedIn');
    world.clock.advance(10_001);
    assert.equal((await sign.on(begun.tokens!.refreshToken)).code, 'SESSION_ENDED');
    assert.equal((await sign.on(next.tokens!.refreshToken)).code, 'SESSION_ENDED', 'the newest token is refused too');
    assert.equal((await world.graph(ME, {}, bearerOf(next))).status, 401);
  });

  test('of two concurrent uses of a refresh token, at most one succeeds', async () => {
    const sign = signing(world);
    const { tokens } = await sign.up({ email: 'race@example.com' });
    const answers = await Promise.all(Array.from({ length: 5 }, () => sign.on(tokens!.refreshToken)));
    const on = answers.filter(({ __typename }) => __typename === 'SignedIn');
    assert.equal(on.length, 1);
    assert.equal(answers.filter(({ code }) => code === 'ALREADY_REFRESHED').length, 4);
    assert.equal((await world.graph(ME, {}, bearerOf(on[0]!))).status, 200, 'and the session has not ended');
    assert.equal((await sign.on(on[0]!.tokens!.refreshToken)).__typename, 'SignedIn');
  });

  test('a token older than the last two ends the session, even within ten seconds', async () => {
    const sign = signing(world);
    const { tokens } = await sign.up({ email: 'fast@example.com' });
    const second = await sign.on(tokens!.refreshToken);
    const third = await sign.on(second.tokens!.refreshToken);
    assert.equal((await sign.on(tokens!.refreshToken)).code, 'SESSION_ENDED');
    assert.equal((await sign.on(third.tokens!.refreshToken)).code, 'SESSION_ENDED');
  });

  test('a session cannot be ended by its id alone', async () => {
    const sign = signing(world);
    const begun = await sign.up({ email: 'known@example.com' });
    const { id } = begun.session!;
    const [, , own] = begun.tokens!.refreshToken.split('.');
    for (const made of [id, `${id}.garbage`, `${id}..`, `${id}.x.${own}`, `${id}.${own}.x`, '', '..']) {
      assert.equal((await sign.on(made)).code, 'SESSION_ENDED', made);
    }
    assert.equal((await world.graph(ME, {}, bearerOf(begun))).status, 200);
    assert.equal((await sign.on(begun.tokens!.refreshToken)).__typename, 'SignedIn');
  });

  test('a session that is not refreshed for 30 days ends', async () => {
    await using other = await openWorld();
    const { tokens } = await signing(other).up({ email: 'away@example.com' });
    other.clock.advance(30 * 24 * 60 * MINUTE + 1);
    assert.equal((await signing(other).on(tokens!.refreshToken)).code, 'SESSION_ENDED');
  });

  test('the cookies of a session last ten minutes and 30 days, counted again from each refresh', async () => {
    await using other = await openWorld({ now: '2026-03-01T12:00:00.400Z' });
    await signing(other).up({ email: 'cookies@example.com' });
    const ask = async (call: string, cookies: Record<string, string> = {}) => {
      const payload = { query: `mutation { result: ${call} { ... on SignedIn { tokens { accessToken } } } }` };
      const headers = { 'apollo-require-preflight': '1' };
      const answer = await other.gateway.inject({ method: 'POST', url: '/graphql', payload, headers, cookies });
      const lifetimes = answer.cookies.map(({ name, maxAge }) => [name, maxAge]);
      return { lifetimes, cookies: Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value])) };
    };
    const expected = [
      ['fareloom-access', 599], // a token expires at a whole second, and its cookie not after it
      ['fareloom-refresh', 30 * 24 * 3600],
    ];
    const input = `{ email: "cookies@example.com", password: "${PASSWORD}", session: COOKIE }`;
    const begun = await ask(`signIn(input: ${input})`);
    assert.deepEqual(begun.lifetimes, expected);
    other.clock.advance(24 * 60 * MINUTE);
    const { 'fareloom-access': _, ...left } = begun.cookies; // the browser has dropped the expired access token
    assert.deepEqual((await ask('refreshSession', left)).lifetimes, expected);
  });

  test('signing out everywhere ends all sessions of the account, and no other', async () => {
    const asha = await signedUp(world, 'everywhere@example.com');
    const ben = await signedUp(world, 'bystander@example.com');
    const second = await signing(world).in({ email: asha.email });
    const out = await asha.ask('mutation { signOutEverywhere { sessions } }');
    assert.deepEqual(out.data, { signOutEverywhere: { sessions: 2 } });
    for (const headers of [asha.headers, bearerOf(second)]) {
      assert.equal((await world.graph(ME, {}, headers)).status, 401);
    }
    assert.equal((await ben.ask(ME)).status, 200);
  });

  test("another account's session cannot be ended", async () => {
    const asha = await signedUp(world, 'mine@example.com');
    const eve = await signedUp(world, 'eve@example.com');
    const out = await eve.ask('mutation($id: ID) { signOut(session: $id) { sessions } }', { id: asha.session });
    assert.deepEqual(out.data, { signOut: { sessions: 0 } });
    assert.equal((await asha.ask(ME)).status, 200);
  });

  test('a sign-in fails if the password is changed while it is checked', async () => {
    const asha = await signedUp(world, 'racing@example.com');
    const { accounts, sessions } = await world.stores.account();
    const found = (await accounts.byId(asha.id))!;
    await accounts.change(asha.id, { password: 'another hash' });
    assert.equal(await sessions.begin(found), null);
    assert.equal((await sessions.of(asha.id)).length, 1);
  });

  test('an account has at most 20 sessions: beyond that, the one unused for longest ends', async () => {
    const asha = await signedUp(world, 'devices@example.com');
    const { accounts, sessions } = await world.stores.account();
    const known = (await accounts.byId(asha.id))!;
    for (let i = 1; i <= 20; i++) {
      world.clock.advance(1);
      await sessions.begin(known);
    }
    assert.equal((await sessions.of(asha.id)).length, 20);
    assert.equal((await asha.ask(ME)).status, 401);
  });
});

describe('roles', () => {
  test('a granted role is added to the roles of the account, and a revoked one is removed', async () => {
    const admin = await signedUp(world, 'admin@example.com', 'ADMIN');
    const { id, email } = await signedUp(world, 'manager@example.com');
    const change = async (field: 'grantRole' | 'revokeRole', to: string) => {
      const query = `mutation($email: String!) { result: ${field}(email: $email, role: FARE_MANAGER) {
        ... on AccountRoles { id roles } ... on AccountRefusal { code } } }`;
      return (await admin.ask<{ result: object }>(query, { email: to })).data.result;
    };
    assert.deepEqual(await change('grantRole', email), { id, roles: ['TRAVELLER', 'FARE_MANAGER'] });
    assert.deepEqual(await change('revokeRole', email), { id, roles: ['TRAVELLER'] });
    for (const field of ['grantRole', 'revokeRole'] as const) {
      assert.deepEqual(await change(field, 'unknown@example.com'), { code: 'ACCOUNT_NOT_FOUND' });
    }
  });
});

describe('passwords and emails', () => {
  test('invalid sign-ups are refused as data', async () => {
    const { up } = signing(world);
    await up({ email: 'taken@example.com' });
    const refused: [object, string][] = [
      [{ email: 'TAKEN@example.com' }, 'EMAIL_TAKEN'],
      [{ email: 'nobody' }, 'INVALID_EMAIL'],
      [{ email: 'a@b' }, 'INVALID_EMAIL'],
      [{ email: 'new@example.com', name: ' ' }, 'INVALID_NAME'],
      [{ email: 'new@example.com', name: 'x'.repeat(101) }, 'INVALID_NAME'],
      [{ email: 'new@example.com', password: 'short' }, 'WEAK_PASSWORD'],
      [{ email: 'new@example.com', password: 'password1234' }, 'WEAK_PASSWORD'],
      [{ email: 'new@example.com', password: 'x'.repeat(129) }, 'WEAK_PASSWORD'],
      [{ email: 'zebedee.quill@example.com', name: 'Zebedee Quill', password: 'zebedeequill1' }, 'WEAK_PASSWORD'],
    ];
    for (const [input, code] of refused) assert.equal((await up(input)).code, code, JSON.stringify(input));
  });

  test('a wrong password and an unknown email are refused alike', async () => {
    const sign = signing(world);
    await sign.up({ email: 'alike@example.com' });
    const wrong = await sign.in({ email: 'alike@example.com', password: 'not-the-password' });
    assert.deepEqual(await sign.in({ email: 'unknown@example.com' }), wrong);
    assert.equal(wrong.code, 'WRONG_CREDENTIALS');
  });

  test('after ten failures an email is locked for a stated time, even with the right password; other emails are not', async () => {
    await using other = await openWorld();
    const sign = signing(other);
    for (const email of ['guessed@example.com', 'calm@example.com']) await sign.up({ email });
    for (let i = 0; i < 10; i++) {
      assert.equal((await sign.in({ email: 'guessed@example.com', password: `guess ${i}` })).code, 'WRONG_CREDENTIALS');
    }
    other.clock.advance(5 * MINUTE);
    const { code, retryAfter } = await sign.in({ email: 'guessed@example.com' });
    assert.deepEqual({ code, retryAfter }, { code: 'TOO_MANY_TRIES', retryAfter: 600 });
    assert.equal((await sign.in({ email: 'calm@example.com' })).__typename, 'SignedIn');
    other.clock.advance(10 * MINUTE);
    assert.equal((await sign.in({ email: 'guessed@example.com' })).__typename, 'SignedIn');
  });

  test('concurrent guesses are counted one by one', async () => {
    // passwords are verified two at a time, and fifteen of them take as long as the machine likes
    await using other = await openWorld({ env: { SUBGRAPH_TIMEOUT: '60000', REQUEST_TIMEOUT: '60000' } });
    const sign = signing(other);
    const guesses = Array.from({ length: 15 }, (_, i) => sign.in({ email: 'x@example.com', password: `guess ${i}` }));
    const codes = (await Promise.all(guesses)).map(({ code }) => code);
    assert.equal(codes.filter((code) => code === 'WRONG_CREDENTIALS').length, 10);
  });

  test('an address that fails too often is refused with Retry-After; successes are not counted', async () => {
    await using other = await openWorld();
    const { tries } = await other.stores.account();
    await signing(other).up({ email: 'office@example.com' });
    for (let i = 0; i < 99; i++) await tries.count([{ name: 'address 127.0.0.1', most: 100 }]);
    for (let i = 0; i < 3; i++) {
      assert.equal((await signing(other).in({ email: 'office@example.com' })).__typename, 'SignedIn');
    }
    await signing(other).in({ email: 'one@example.com' });
    const response = await other.gateway.inject({
      method: 'POST',
      url: '/graphql',
      payload: {
        query: `mutation { signIn(input: { email: "office@example.com", password: "${PASSWORD}" }) { ... on AccountRefusal { code retryAfter } } }`,
      },
    });
    assert.deepEqual(response.json(), { data: { signIn: { code: 'TOO_MANY_TRIES', retryAfter: 900 } } });
    assert.equal(response.headers['retry-after'], '900');
  });

  test('a sign-in that would wait longer than the gateway is refused with Retry-After, and no try is counted', async () => {
    await using busy = await openWorld({ env: { SUBGRAPH_TIMEOUT: '1000' } });
    const { passwords } = await busy.stores.account();
    const seconds = `$argon2id$v=19$m=65536,t=40,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`; // takes seconds to verify
    const signIn = () =>
      busy.gateway.inject({
        method: 'POST',
        url: '/graphql',
        payload: {
          query: 'mutation($input: SignInInput!) { result: signIn(input: $input) { ... on AccountRefusal { code } } }',
          variables: { input: { email: 'late@example.com', password: PASSWORD } },
        },
      });
    await signIn(); // creates the signing key
    const atWork = [1, 2].map(() => passwords.verify(PASSWORD, seconds));
    for (const response of await Promise.all(Array.from({ length: 9 }, signIn))) {
      const { code, retryAfter } = response.json<Answer>().errors![0]!.extensions;
      assert.deepEqual({ code, retryAfter }, { code: 'RATE_LIMITED', retryAfter: 1 });
      assert.equal(response.headers['retry-after'], '1');
    }
    await Promise.all(atWork);
    for (let i = 0; i < 2; i++)
      assert.deepEqual((await signIn()).json(), { data: { result: { code: 'WRONG_CREDENTIALS' } } });
  });

  test('the addresses of one IPv6 subscriber are counted together, for sign-ins and sign-ups; other subscribers are not affected', async () => {
    await using other = await openWorld({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const { tries } = await other.stores.account();
    const [ours, theirs] = ['2001:db8:1:2', '2001:db8:1:3'];
    for (const subjects of [fromAddress(`${ours}::1`), signUpsFrom(`${ours}:ffff::1`)]) {
      for (let i = 0; i < 99; i++) await tries.count(subjects);
    }
    const up = async (email: string, address: string) => (await signing(other).up({ email }, from(address))).code;
    const wrong = async (address: string) =>
      (await signing(other).in({ email: `${address}@example.com` }, from(address))).code;
    assert.equal(await up('six@example.com', `${ours}:a::1`), undefined);
    assert.equal(await up('seven@example.com', `${ours}:b::1`), 'TOO_MANY_TRIES');
    assert.equal(await up('eight@example.com', `${theirs}::1`), undefined);
    assert.equal(await wrong(`${ours}:c::1`), 'WRONG_CREDENTIALS');
    assert.equal(await wrong(`${ours}:d::1`), 'TOO_MANY_TRIES');
    assert.equal(await wrong(`${theirs}::1`), 'WRONG_CREDENTIALS');
  });

  test('invalid emails count against the address only: a typing error of one user locks out no other', async () => {
    await using other = await openWorld();
    for (let i = 0; i < 12; i++) {
      assert.equal((await signing(other).in({ email: `typo ${i}` })).code, 'WRONG_CREDENTIALS');
    }
  });

  test('an office that reaches the sign-up limit can still sign in', async () => {
    await using other = await openWorld();
    const { tries } = await other.stores.account();
    for (let i = 0; i < 99; i++) {
      await tries.count([{ name: 'sign-ups from 127.0.0.1', most: 100 }]);
    }
    assert.equal((await signing(other).up({ email: 'last@example.com' })).__typename, 'SignedIn');
    assert.equal((await signing(other).up({ email: 'next@example.com' })).code, 'TOO_MANY_TRIES');
    for (let i = 0; i < 98; i++) await tries.count([{ name: 'address 127.0.0.1', most: 100 }]);
    await signing(other).in({ email: 'last@example.com', password: 'wrong' });
    assert.equal((await signing(other).in({ email: 'last@example.com' })).__typename, 'SignedIn');
  });

  test('password guesses in a session are limited, and the owner can still sign in', async () => {
    await using other = await openWorld();
    const asha = await signedUp(other);
    const guess = async () =>
      (
        await asha.ask<{ deleteAccount: { code: string } }>(
          'mutation { deleteAccount(password: "guess") { ... on AccountRefusal { code } } }',
        )
      ).data.deleteAccount.code;
    for (let i = 0; i < 10; i++) assert.equal(await guess(), 'WRONG_CREDENTIALS');
    assert.equal(await guess(), 'TOO_MANY_TRIES');
    assert.equal((await signing(other).in({ email: asha.email })).__typename, 'SignedIn');
  });

  test('a password change needs the old password, which is refused afterwards', async () => {
    const asha = await signedUp(world, 'change@example.com');
    const change = (current: string, next: string) =>
      asha.ask<{ changePassword: { __typename: string; code?: string; message?: string } }>(
        'mutation($input: ChangePasswordInput!) { changePassword(input: $input) { __typename ... on AccountRefusal { code message } } }',
        { input: { current, new: next } },
      );
    const wrong = (await change('wrong', 'lantern-copper-walrus')).data.changePassword;
    assert.deepEqual([wrong.code, wrong.message], ['WRONG_CREDENTIALS', 'This is not your password.']);
    const same = (await change(PASSWORD, PASSWORD)).data.changePassword;
    assert.deepEqual([same.code, same.message], ['WEAK_PASSWORD', 'This is the password you have; choose another.']);
    assert.equal((await change(PASSWORD, 'password1')).data.changePassword.code, 'WEAK_PASSWORD');
    assert.equal((await change(PASSWORD, 'lantern-copper-walrus')).data.changePassword.__typename, 'SignedIn');
    assert.equal((await signing(world).in({ email: asha.email })).code, 'WRONG_CREDENTIALS');
    assert.ok((await signing(world).in({ email: asha.email, password: 'lantern-copper-walrus' })).tokens);
  });

  test('a password is stored as argon2id with its own salt, at the cost that OWASP recommends', async () => {
    const { passwords } = await world.stores.account();
    const [one, two] = [await passwords.hash('pass phrase'), await passwords.hash('pass phrase')];
    assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$]{22}\$[^$]{43}$/);
    assert.notEqual(one, two);
    assert.equal(await passwords.verify('pass phrase', one), true);
    assert.equal(await passwords.verify('pass phrase ', one), false);
    assert.equal(await passwords.verify('pass phrase', null), false);
  });
});

describe('personal data', () => {
  const INPUT = {
    name: 'Asha Rao',
    birthDate: '1990-02-28',
    document: { kind: 'PASSPORT', number: 'z1234567', country: 'IN', expiresOn: '2030-01-31' },
  };
  interface Saved {
    result: { __typename: string; id: string; code?: string; message?: string };
  }
  const ANSWER = `{ __typename ... on SavedTraveller { id name birthDate document { kind number country expiresOn } }
    ... on AccountRefusal { code message } }`;
  const add = `mutation($input: SavedTravellerInput!) { result: addSavedTraveller(input: $input) ${ANSWER} }`;
  const change = `mutation($id: ID!, $input: SavedTravellerInput!) { result: changeSavedTraveller(id: $id, input: $input) ${ANSWER} }`;
  const remove = `mutation($id: ID!) { result: removeSavedTraveller(id: $id) ${ANSWER} }`;

  test('saved travellers can be added, changed and removed', async () => {
    const asha = await signedUp(world, 'travellers@example.com');
    const { result } = (await asha.ask<Saved>(add, { input: INPUT })).data;
    const { id, __typename, ...shown } = result;
    assert.match(id, /^trv_/);
    assert.deepEqual(shown, { ...INPUT, document: { ...INPUT.document, number: 'Z1234567' } });
    assert.equal(__typename, 'SavedTraveller');
    const changed = { name: 'Asha R. Rao', birthDate: '1990-02-28' };
    assert.deepEqual((await asha.ask<Saved>(change, { id, input: changed })).data.result, {
      __typename,
      id,
      ...changed,
      document: null,
    });
    assert.equal((await asha.ask<Me>(ME)).data.me!.savedTravellers.length, 1);
    assert.equal((await asha.ask<Saved>(remove, { id })).data.result.id, id);
    assert.equal((await asha.ask<Saved>(remove, { id })).data.result.code, 'TRAVELLER_NOT_FOUND');
  });

  test('invalid travellers are refused with the reason', async () => {
    const asha = await signedUp(world, 'impossible@example.com');
    const wrong = [
      { name: '' },
      { name: 'Asha\u0007Rao' },
      { birthDate: '2026-03-02' },
      { birthDate: '1830-01-01' },
      { document: { ...INPUT.document, number: '<script>' } },
      { document: { ...INPUT.document, country: 'India' } },
      { document: { ...INPUT.document, expiresOn: '2026-02-28' } },
    ];
    for (const each of wrong) {
      const { result } = (await asha.ask<Saved>(add, { input: { ...INPUT, ...each } })).data;
      assert.equal(result.code, 'INVALID_TRAVELLER', JSON.stringify(each));
    }
    const { errors } = await asha.ask(add, { input: { ...INPUT, birthDate: '1990-02-30' } });
    assert.equal(errors?.[0]?.extensions['code'], 'BAD_USER_INPUT');
  });

  test('at most thirty travellers are saved, even with concurrent requests', async () => {
    const asha = await signedUp(world, 'family@example.com');
    const { accounts } = await world.stores.account();
    const traveller = {
      name: 'A',
      birthDate: '2000-01-01',
      documentKind: null,
      documentNumber: null,
      documentCountry: null,
      documentExpiresOn: null,
    };
    const added = await Promise.all(Array.from({ length: 33 }, () => accounts.addTraveller(asha.id, traveller)));
    assert.equal(added.filter((each) => !isRefused(each)).length, 30);
    assert.equal((await asha.ask<Saved>(add, { input: INPUT })).data.result.code, 'TOO_MANY_TRAVELLERS');
  });

  test('nothing is saved for an account that was just deleted', async () => {
    const asha = await signedUp(world, 'gone@example.com');
    const { accounts } = await world.stores.account();
    await asha.ask(ME); // caches the session in the gateway for a moment
    await accounts.erase(asha.id);
    const { result } = (await asha.ask<Saved>(add, { input: INPUT })).data;
    assert.equal(result.code, 'SESSION_ENDED');
  });

  test("another account's traveller cannot be changed or removed: it is not found", async () => {
    const asha = await signedUp(world, 'owner@example.com');
    const eve = await signedUp(world, 'thief@example.com');
    const { id } = (await asha.ask<Saved>(add, { input: INPUT })).data.result;
    for (const query of [change, remove]) {
      const { result } = (await eve.ask<Saved>(query, { id, input: INPUT })).data;
      assert.equal(result.code, 'TRAVELLER_NOT_FOUND');
    }
    assert.equal((await asha.ask<Me>(ME)).data.me!.savedTravellers[0]!.id, id);
  });

  test("another's account and travellers are null by _entities, whatever role the caller has", async () => {
    const asha = await signedUp(world, 'entity@example.com');
    const { id } = (await asha.ask<Saved>(add, { input: INPUT })).data.result;
    const stores = await world.stores.account();
    const subgraph = await serve(await subgraphOn(account, { stores, platform: world.wiring }), {
      ...keeping('account', world.clock.now),
      log: world.wiring.log,
    });
    const query = `query($of: [_Any!]!) { _entities(representations: $of) {
      ... on Account { email } ... on SavedTraveller { name } } }`;
    const of = [
      { __typename: 'Account', id: asha.id },
      { __typename: 'SavedTraveller', id },
    ];
    const seenBy = async (account: string | null, roles: ('ADMIN' | 'OPERATOR')[]) => {
      const who = signedInAs({ account, roles });
      const { body } = await subgraph.handle(
        signed('account', { query, variables: { of } }, { who, now: world.clock.now() }),
      );
      return (JSON.parse(String(body)) as { data: { _entities: unknown } }).data._entities;
    };
    assert.deepEqual(await seenBy(asha.id, []), [{ email: asha.email }, { name: INPUT.name }]);
    for (const other of [null, 'acc_other']) assert.deepEqual(await seenBy(other, ['ADMIN', 'OPERATOR']), [null, null]);
    await subgraph.close();
  });

  test('a deleted account leaves no personal data, and its email can be used again', async () => {
    const asha = await signedUp(world, 'gone@example.com');
    await asha.ask(add, { input: { ...INPUT, name: 'Gone Girl' } });
    const destroy = (password: string) =>
      asha.ask<{ deleteAccount: { __typename: string } }>(
        'mutation($password: String!) { deleteAccount(password: $password) { __typename } }',
        { password },
      );
    assert.equal((await destroy('wrong')).data.deleteAccount.__typename, 'AccountRefusal');
    assert.equal((await destroy(PASSWORD)).data.deleteAccount.__typename, 'AccountDeleted');
    assert.equal((await asha.ask(ME)).status, 401);
    const { accounts, sessions } = await world.stores.account();
    assert.equal(await accounts.byId(asha.id), null);
    assert.deepEqual(await accounts.travellers(asha.id), []);
    assert.deepEqual(await sessions.of(asha.id), []);
    assert.equal((await signing(world).up({ email: asha.email })).__typename, 'SignedIn');
  });
});

const bearerOf = ({ tokens }: SignIn) => bearer(tokens!.accessToken);
