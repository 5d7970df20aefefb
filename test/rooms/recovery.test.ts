// Recovery, confirmation and export of accounts, through the graph and with the mails that were actually sent.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openAccountMails } from '../../subgraphs/account/store/account-mail-store.ts';
import { accountTables } from '../../subgraphs/account/store/tables.ts';
import { move } from '../../subgraphs/payment/store/wallet-store.ts';
import { eventually } from '../kit/eventually.ts';
import { bearer, PASSWORD, type SignIn, SIGN_IN_ANSWER, signedUp, signing } from '../kit/somebody.ts';
import { contact } from '../kit/ordering.ts';
import { payer } from '../kit/paying.ts';
import { once, paidOrder } from '../kit/ticketing.ts';
import { openWorld, type World } from '../kit/world.ts';

const MINUTE = 60_000;
const OTHER = 'walnut-quarry-lantern-62';
const VICTIM = 'asha.rao@example.com';

interface Result {
  __typename: string;
  code?: string;
  email?: string;
  validForMinutes?: number;
}

/** The operations of a visitor without a session. */
const visitor = (world: World) => {
  const result = async <T = Result>(query: string, variables: object, headers = {}): Promise<T> =>
    (await world.graph<{ result: T }>(query, variables, headers)).data.result;
  const mailed = '{ __typename ... on MailRequested { email validForMinutes } ... on AccountRefusal { code } }';
  return {
    forgets: (email: string) =>
      result(`mutation ($email: String!) { result: requestPasswordReset(email: $email) ${mailed} }`, { email }),
    resets: (code: string, password = OTHER) =>
      result<SignIn>(
        `mutation ($input: ResetPasswordInput!) { result: resetPassword(input: $input) ${SIGN_IN_ANSWER} }`,
        { input: { code, password } },
      ),
    confirms: (code: string, headers: Record<string, string> = {}) =>
      result(
        `mutation ($code: String!) { result: confirmEmail(code: $code) {
          __typename ... on EmailConfirmed { email } ... on AccountRefusal { code } } }`,
        { code },
        headers,
      ),
    changes: (headers: Record<string, string>, email: string, password = PASSWORD) =>
      result(
        `mutation ($input: ChangeEmailInput!) { result: changeEmail(input: $input) ${mailed} }`,
        { input: { email, password } },
        headers,
      ),
    me: async (headers: Record<string, string>) =>
      (
        await world.graph<{ me: { email: string; emailConfirmed: boolean; data: string } | null }>(
          '{ me { email emailConfirmed data } }',
          {},
          headers,
        )
      ).data?.me,
  };
};

interface Sent {
  kind: string;
  to: string;
  code: string | null;
}

/** The mails of accounts, each with its code. */
async function sent(world: World): Promise<Sent[]> {
  return [...(await world.accountMails())].map(([file, text]) => ({
    kind: file.split('.')[1]!,
    to: /^To: (.*?)\r?$/m.exec(text)![1]!,
    code: /^([\w-]{43})\r?$/m.exec(text.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '='))?.[1] ?? null,
  }));
}

/** The code in the only mail of this kind to this address. */
const codeOf = (world: World, kind: string, to = VICTIM): Promise<string> =>
  eventually(async () => {
    const found = (await sent(world)).filter((each) => each.kind === kind && each.to === to);
    if (found.length !== 1) throw new Error(JSON.stringify(await sent(world)));
    return found[0]!.code!;
  });

/** Resolves once the mail queue is empty. */
const mailed = (world: World): Promise<unknown> =>
  eventually(async () => {
    const { db } = await world.rooms.account();
    return (await db.rows<{ count: number }>('select count(*) as count from account_mail', []))[0]!.count === 0;
  });

describe('a forgotten password', () => {
  test('is replaced with a mailed code, once; all sessions end, and the owner is signed in and gets a mail', async () => {
    await using world = await openWorld();
    const asha = await signedUp(world);
    const guest = visitor(world);
    assert.deepEqual(await guest.forgets(' ASHA.RAO@example.com '), {
      __typename: 'MailRequested',
      email: VICTIM,
      validForMinutes: 30,
    });
    const code = await codeOf(world, 'password-reset');
    assert.equal((await guest.resets(code, 'password1')).code, 'WEAK_PASSWORD', 'which leaves the code unused');
    const back = await guest.resets(code);
    assert.equal(back.account?.id, asha.id);
    assert.equal(await guest.me(asha.headers), undefined, 'the session from before has ended');
    assert.equal((await guest.me(bearer(back.tokens!.accessToken)))?.emailConfirmed, true);
    assert.equal((await guest.resets(code)).code, 'INVALID_CODE');
    assert.equal((await signing(world).in({ email: VICTIM })).code, 'WRONG_CREDENTIALS');
    assert.equal((await signing(world).in({ email: VICTIM, password: OTHER })).account?.id, asha.id);
    await eventually(async () => (await sent(world)).some(({ kind }) => kind === 'password-changed'));
  });

  test('is not replaced with a code that is thirty minutes old, nor with one from before another change', async () => {
    await using world = await openWorld();
    const asha = await signedUp(world);
    const guest = visitor(world);
    await guest.forgets(VICTIM);
    const code = await codeOf(world, 'password-reset');
    const { accounts, sessions, recovery } = await world.rooms.account();
    world.clock.advance(30 * MINUTE);
    assert.equal((await guest.resets(code)).code, 'INVALID_CODE');
    assert.equal((await sessions.of(asha.id)).length, 1, 'an expired code ends no session');
    await guest.forgets(VICTIM);
    const other = await eventually(
      async () => (await sent(world)).find((each) => each.kind === 'password-reset' && each.code !== code)!.code!,
    );
    assert.ok(await recovery.ownerOf(other));
    assert.ok(await recovery.changePassword((await accounts.byId(asha.id))!, 'another hash'));
    assert.equal((await guest.resets(other)).code, 'INVALID_CODE');
  });

  test('invalidates the codes of mails that are still queued: a delayed mail cannot give the account to a thief', async () => {
    const THIEF = 'thief@example.net';
    await using world = await openWorld({
      mail: (shipped) => ({
        ...shipped,
        send: async (mail) => {
          if (mail.to === THIEF) throw new Error('450 try again later');
          await shipped.send(mail);
        },
      }),
    });
    const thief = await signedUp(world);
    const guest = visitor(world);
    const { accounts, db, mails, recovery } = await world.rooms.account();
    const waiting = () => db.rows<{ id: string }>('select id from account_mail where email = ?', [THIEF]);
    const before = (await accounts.byId(thief.id))!;
    assert.equal((await guest.changes(thief.headers, THIEF)).email, THIEF);
    const [{ id } = assert.fail()] = await waiting();
    await guest.forgets(VICTIM);
    assert.equal((await guest.resets(await codeOf(world, 'password-reset'))).__typename, 'SignedIn');
    assert.deepEqual(await waiting(), []);
    const mail = { kind: 'EMAIL_CONFIRMATION', email: THIEF } as const;
    assert.equal(
      await recovery.mint({ id, account: thief.id, ...mail }),
      null,
      'even if the sender has claimed the mail',
    );
    assert.equal(await mails.oweCode(before, mail), false, 'a request authorized with the old password is refused');
    assert.deepEqual(await waiting(), []);
  });

  test('of an address without an account gets the same answer, by the same statements, and no mail is sent', async () => {
    const statements: string[] = [];
    await using world = await openWorld();
    await signedUp(world);
    const { mails } = await world.rooms.account();
    const { owe } = mails;
    mails.owe = async (mail) => {
      statements.push(`${mail.kind} ${mail.account}`);
      await owe(mail);
    };
    const guest = visitor(world);
    const known = await guest.forgets(VICTIM);
    const unknown = await guest.forgets('nobody@example.com');
    assert.deepEqual({ ...unknown, email: known.email }, known);
    assert.deepEqual(
      statements,
      ['PASSWORD_RESET null', 'PASSWORD_RESET null'],
      'neither request looks up the account',
    );
    await mailed(world);
    assert.deepEqual((await sent(world)).map(({ kind }) => kind).sort(), ['email-confirmation', 'password-reset']);
  });

  test('can be requested five times in a quarter of an hour per address, known or not', async () => {
    await using world = await openWorld();
    await signedUp(world);
    world.clock.advance(15 * MINUTE); // the mail of the sign-up counts too
    for (const email of [VICTIM, 'nobody@example.com']) {
      const answers = [];
      for (let i = 0; i < 6; i++) answers.push((await visitor(world).forgets(email)).code ?? 'mailed');
      assert.deepEqual(answers, [...Array<string>(5).fill('mailed'), 'TOO_MANY_TRIES']);
    }
  });

  test('has its code stored as a hash only, and of two concurrent uses of the code one succeeds', async () => {
    await using world = await openWorld();
    await signedUp(world);
    await visitor(world).forgets(VICTIM);
    const code = await codeOf(world, 'password-reset');
    const { db, recovery } = await world.rooms.account();
    assert.doesNotMatch(JSON.stringify(await db.rows('select * from account_code', [])), new RegExp(code));
    const outcomes = await Promise.all([recovery.reset(code, 'a'), recovery.reset(code, 'b')]);
    assert.equal(outcomes.filter((each) => each !== null).length, 1);
  });
});

describe('a change of the password', () => {
  const STRANGERS = 'stranger@example.net';

  test('with a mailed code cancels a mail that has no code yet because a mail server delayed it', async () => {
    let isDelayed = true;
    await using world = await openWorld({
      mail: (shipped) => ({
        ...shipped,
        send: async (mail) => {
          if (isDelayed && mail.to === STRANGERS) throw new Error('451 greylisted, try again later');
          await shipped.send(mail);
        },
      }),
    });
    const stranger = await signedUp(world); // with the victim's address
    const guest = visitor(world);
    assert.equal((await guest.changes(stranger.headers, STRANGERS)).__typename, 'MailRequested');
    const { db } = await world.rooms.account();
    const tried = () => db.rows('select id from account_mail where email = ? and tries > 0', [STRANGERS]);
    await eventually(async () => assert.equal((await tried()).length, 1));
    await guest.forgets(VICTIM);
    assert.equal((await guest.resets(await codeOf(world, 'password-reset'))).__typename, 'SignedIn');
    isDelayed = false;
    world.clock.advance(MINUTE);
    await mailed(world);
    assert.deepEqual(
      (await sent(world)).filter(({ to }) => to === STRANGERS),
      [],
    );
  });

  test('with the old password is refused once a mailed code has changed it', async () => {
    await using world = await openWorld();
    const asha = await signedUp(world);
    const guest = visitor(world);
    await guest.forgets(VICTIM);
    const code = await codeOf(world, 'password-reset');
    const { passwords, recovery } = await world.rooms.account();
    const { hash } = passwords;
    passwords.hash = async (password) => {
      await recovery.reset(code, await hash(OTHER)); // after the old password was checked and before the new one is hashed
      return hash(password);
    };
    const { data } = await asha.ask<{ result: SignIn }>(
      `mutation ($input: ChangePasswordInput!) { result: changePassword(input: $input) ${SIGN_IN_ANSWER} }`,
      { input: { current: PASSWORD, new: 'harbor-velvet-93-tulip' } },
    );
    passwords.hash = hash;
    assert.equal(data.result.code, 'SESSION_ENDED');
    assert.equal((await signing(world).in({ email: VICTIM, password: OTHER })).account?.id, asha.id);
  });

  test('cancels a change of address that was requested with the old password', async () => {
    await using world = await openWorld();
    const stranger = await signedUp(world);
    const guest = visitor(world);
    await guest.forgets(VICTIM);
    const code = await codeOf(world, 'password-reset');
    const { passwords, recovery } = await world.rooms.account();
    const { verify } = passwords;
    passwords.verify = async (password, stored) => {
      const isRight = await verify(password, stored);
      await recovery.reset(code, await passwords.hash(OTHER)); // after the password was verified
      return isRight;
    };
    assert.equal((await guest.changes(stranger.headers, STRANGERS)).code, 'SESSION_ENDED');
    await mailed(world);
    assert.deepEqual(
      (await sent(world)).filter(({ to }) => to === STRANGERS),
      [],
    );
  });
});

describe('a mailbox', () => {
  /** A world, and the number of mails to the victim since the last call, including those of deleted accounts. */
  async function watched() {
    const mails: string[] = [];
    const world = await openWorld({
      mail: (shipped) => ({
        ...shipped,
        send: async (mail) => {
          if (mail.to === VICTIM) mails.push(mail.id);
          await shipped.send(mail);
        },
      }),
    });
    const received = async () => {
      await mailed(world);
      return mails.splice(0).length;
    };
    return { world, received, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
  }

  /** Requests as many mails as the limit allows, and returns their number. */
  async function requestAll(world: World): Promise<number> {
    for (let requested = 0; ; requested++) if ((await visitor(world).forgets(VICTIM)).code) return requested;
  }

  const deletes = async (person: Awaited<ReturnType<typeof signedUp>>) => {
    const query = `mutation { result: deleteAccount(password: "${PASSWORD}") { __typename } }`;
    assert.equal((await person.ask<{ result: Result }>(query)).data.result.__typename, 'AccountDeleted');
  };

  test('gets at most five mails in a quarter of an hour, however often an account is opened for it and deleted', async () => {
    await using watch = await watched();
    const { world, received } = watch;
    const answers = [];
    let mails = 0;
    for (let round = 0; round < 4; round++) {
      const stranger = await signedUp(world); // succeeds with and without a mail
      answers.push((await visitor(world).forgets(VICTIM)).code ?? 'mailed');
      mails += await received();
      await deletes(stranger);
    }
    assert.deepEqual(answers, ['mailed', 'mailed', 'TOO_MANY_TRIES', 'TOO_MANY_TRIES']);
    assert.equal(mails, 5);
    world.clock.advance(15 * MINUTE);
    await signedUp(world);
    assert.equal(await received(), 1);
  });

  test('gets at most five mails in a quarter of an hour, however often the password is changed; a confirmed owner gets all', async () => {
    await using watch = await watched();
    const { world, received } = watch;
    let { headers } = await signedUp(world);
    assert.equal(await received(), 1);
    let current = PASSWORD;
    const change = async (next: string) => {
      const query = `mutation ($input: ChangePasswordInput!) { result: changePassword(input: $input) ${SIGN_IN_ANSWER} }`;
      const { data } = await world.graph<{ result: SignIn }>(query, { input: { current, new: next } }, headers);
      headers = bearer(data.result.tokens!.accessToken);
      current = next;
    };
    for (let i = 0; i < 6; i++) await change(`harbor-velvet-${i}-tulip`);
    assert.equal(await received(), 4, 'five, including the one that confirms the address');
    world.clock.advance(15 * MINUTE);
    headers = bearer((await signing(world).in({ email: VICTIM, password: current })).tokens!.accessToken);
    await world.graph('mutation { requestEmailConfirmation { __typename } }', {}, headers);
    assert.equal(await received(), 1);
    const codes = (await sent(world)).filter(({ kind }) => kind === 'email-confirmation').map(({ code }) => code!);
    const outcomes = await Promise.all(codes.map((code) => visitor(world).confirms(code)));
    assert.equal(
      outcomes.filter(({ email }) => email === VICTIM).length,
      1,
      'the password changes have invalidated the first code',
    );
    for (let i = 0; i < 6; i++) await change(`walnut-meadow-${i}-lantern`);
    assert.equal(await received(), 6);
  });

  test('gets no notice beyond five mails when the account opened for it changes its address', async () => {
    await using watch = await watched();
    const { world, received } = watch;
    const stranger = await signedUp(world);
    assert.equal(await requestAll(world), 4, 'signing up has sent one mail');
    assert.equal(await received(), 5);
    await visitor(world).changes(stranger.headers, 'stranger@example.net');
    await visitor(world).confirms(await codeOf(world, 'email-confirmation', 'stranger@example.net'));
    assert.equal(await received(), 0);
    assert.ok((await sent(world)).some(({ kind, to }) => kind === 'email-changed' && to === 'stranger@example.net'));
  });

  test('that was confirmed gets mails again once its account is deleted', async () => {
    await using watch = await watched();
    const { world } = watch;
    const owner = await signedUp(world);
    await visitor(world).confirms(await codeOf(world, 'email-confirmation'));
    assert.equal(await requestAll(world), 4);
    await deletes(owner);
    assert.equal(await requestAll(world), 5);
  });
});

describe('an address', () => {
  test('is confirmed with the code mailed at sign-up', async () => {
    await using world = await openWorld();
    const asha = await signedUp(world);
    const guest = visitor(world);
    assert.equal((await guest.me(asha.headers))?.emailConfirmed, false);
    const code = await codeOf(world, 'email-confirmation');
    assert.deepEqual(await guest.confirms(code), { __typename: 'EmailConfirmed', email: VICTIM });
    assert.equal((await guest.me(asha.headers))?.emailConfirmed, true);
    assert.equal((await guest.confirms(code)).code, 'INVALID_CODE');
  });

  test('that a stranger signed up with belongs to its owner after a password reset', async () => {
    await using world = await openWorld();
    const stranger = await signedUp(world);
    const guest = visitor(world);
    assert.equal((await signing(world).up({ email: VICTIM, password: OTHER })).code, 'EMAIL_TAKEN');
    await guest.forgets(VICTIM);
    const owner = await guest.resets(await codeOf(world, 'password-reset'));
    assert.equal(owner.__typename, 'SignedIn');
    assert.equal(await guest.me(stranger.headers), undefined);
    assert.equal((await signing(world).in({ email: VICTIM })).code, 'WRONG_CREDENTIALS');
  });

  test('that a stranger signed up with moves to its owner’s account, and the stranger’s account stays without an address', async () => {
    await using world = await openWorld();
    const stranger = await signedUp(world);
    const owner = await signedUp(world, 'asha@example.org');
    const guest = visitor(world);
    await mailed(world);
    const ofStranger = await codeOf(world, 'email-confirmation');
    assert.equal((await guest.changes(owner.headers, VICTIM)).email, VICTIM);
    const ofOwner = await eventually(async () => {
      const codes = (await sent(world)).flatMap(({ to, code }) => (to === VICTIM && code !== ofStranger ? code! : []));
      if (!codes.length) throw new Error('the mail has not arrived yet');
      return codes[0]!;
    });
    assert.equal((await guest.confirms(ofOwner)).email, VICTIM);
    const [own, theirs] = [await guest.me(owner.headers), await guest.me(stranger.headers)];
    assert.deepEqual([own?.email, own?.emailConfirmed], [VICTIM, true]);
    assert.deepEqual([theirs?.email, theirs?.emailConfirmed], [`${stranger.id}@released.invalid`, false]);
    assert.equal((await guest.confirms(ofStranger)).code, 'INVALID_CODE');
  });

  test('is not confirmed for a stranger’s account by an owner who is signed in to their own', async () => {
    await using world = await openWorld();
    const stranger = await signedUp(world);
    const owner = await signedUp(world, 'asha@example.org');
    const guest = visitor(world);
    const code = await codeOf(world, 'email-confirmation');
    assert.equal((await guest.confirms(code, owner.headers)).code, 'INVALID_CODE');
    assert.equal((await guest.me(stranger.headers))?.emailConfirmed, false);
    assert.equal((await guest.confirms(code, stranger.headers)).email, VICTIM);
  });

  test('that is confirmed cannot be taken by another account', async () => {
    await using world = await openWorld();
    const asha = await signedUp(world);
    const ben = await signedUp(world, 'ben@example.com');
    const guest = visitor(world);
    await guest.confirms(await codeOf(world, 'email-confirmation'));
    await guest.changes(ben.headers, VICTIM);
    const last = await eventually(async () => {
      const all = (await sent(world)).filter(({ kind, to }) => kind === 'email-confirmation' && to === VICTIM);
      if (all.length !== 2) throw new Error('not yet');
      return all.map(({ code }) => code!);
    });
    const refusals = [];
    for (const code of last) refusals.push((await guest.confirms(code)).code);
    assert.deepEqual(refusals.sort(), ['EMAIL_TAKEN', 'INVALID_CODE']);
    assert.equal((await guest.me(asha.headers))?.email, VICTIM);
  });

  test('is changed with the password and a code mailed to the new address; both addresses get a mail', async () => {
    await using world = await openWorld();
    const asha = await signedUp(world);
    const guest = visitor(world);
    const to = 'asha@example.org';
    assert.equal((await guest.changes(asha.headers, to, 'wrong password')).code, 'WRONG_CREDENTIALS');
    assert.equal((await guest.changes(asha.headers, to)).email, to);
    assert.equal((await guest.me(asha.headers))?.email, VICTIM, 'unchanged until the code is confirmed');
    await guest.confirms(await codeOf(world, 'email-confirmation', to));
    assert.equal((await guest.me(asha.headers))?.email, to);
    await mailed(world);
    const informed = (await sent(world)).filter(({ kind }) => kind === 'email-changed').map((each) => each.to);
    assert.deepEqual(informed.sort(), [VICTIM, to].sort());
    assert.equal((await signing(world).in({ email: to })).account?.id, asha.id);
  });
});

describe('a mail that the mail server rejects', () => {
  test('is given up after twenty minutes if it resets a password, and after a day if it is a notice of a change', async () => {
    const db = await openDatabase(accountTables, sqlite(':memory:'), openLog({ level: 'off', json: true }));
    const mails = openAccountMails(db);
    const minutes = [];
    for (const kind of ['PASSWORD_RESET', 'PASSWORD_CHANGED'] as const) {
      await mails.owe({ account: null, kind, email: VICTIM });
      const [id = assert.fail()] = await mails.due(1);
      let waited = 0;
      while (!(await mails.failed(id, false))) {
        const [row = assert.fail()] = await db.rows<{ due: number }>('select due_at as due from account_mail', []);
        waited += Number(row.due) - (await db.now()).getTime();
      }
      minutes.push(Math.round(waited / MINUTE));
    }
    await db.close();
    assert.deepEqual(minutes, [21, 1365]);
  });
});

describe('a lock after wrong passwords', () => {
  test('stops others, but neither a known device nor the owner with a mailed code', async () => {
    await using world = await openWorld();
    const asha = await signedUp(world);
    const sign = signing(world);
    const { deviceToken } = await sign.in({ email: VICTIM });
    for (let i = 0; i < 11; i++) await sign.in({ email: VICTIM, password: `wrong ${i}` });
    assert.equal((await sign.in({ email: VICTIM })).code, 'TOO_MANY_TRIES');
    assert.equal((await sign.in({ email: VICTIM, deviceToken: 'made up' })).code, 'TOO_MANY_TRIES');
    const again = await sign.in({ email: VICTIM, deviceToken });
    assert.equal(again.account?.id, asha.id);
    assert.equal(again.deviceToken, deviceToken);
    assert.equal((await sign.in({ email: VICTIM })).code, 'TOO_MANY_TRIES', 'the others are still locked out');
    const tries = [];
    for (let i = 0; i < 11; i++) tries.push((await sign.in({ email: VICTIM, password: `no ${i}`, deviceToken })).code);
    assert.equal(tries.at(-1), 'TOO_MANY_TRIES', 'a known device has its own ten tries');
    await visitor(world).forgets(VICTIM);
    assert.equal((await visitor(world).resets(await codeOf(world, 'password-reset'))).account?.id, asha.id);
  });
});

describe('the personal data of an account', () => {
  test('is exported to its owner as JSON, without secrets', async () => {
    await using world = await openWorld();
    const asha = await signedUp(world);
    const { accounts } = await world.rooms.account();
    const document = { documentKind: null, documentNumber: null, documentCountry: null, documentExpiresOn: null };
    await accounts.addTraveller(asha.id, { name: 'Mira Rao', birthDate: '2025-02-11', ...document });
    const { data } = (await visitor(world).me(asha.headers))!;
    const parsed = JSON.parse(data) as { account: object; sessions: object[]; savedTravellers: { name: string }[] };
    assert.deepEqual(parsed.account, {
      ...{ id: asha.id, email: VICTIM, emailConfirmedAt: null, name: 'Asha Rao', roles: ['TRAVELLER'] },
    });
    assert.equal(parsed.sessions.length, 1);
    assert.deepEqual(
      parsed.savedTravellers.map(({ name }) => name),
      ['Mira Rao'],
    );
    assert.doesNotMatch(data, /argon2|hash/i);
  });

  test('is exported from all orders, with travellers and refunds', async () => {
    await using world = await openWorld();
    const { id, who } = await paidOrder(world);
    type Data = { me: { orderData: string } };
    const { data } = await who.ask<Data>('{ me { orderData } }');
    const parsed = JSON.parse(data.me.orderData) as { orders: Record<string, unknown>[]; cart: unknown[] };
    assert.deepEqual(
      parsed.orders.map((order) => [order['id'], order['contact'], order['total']]),
      [[id, contact, { amount: '3897.00', currency: 'INR' }]],
    );
    assert.match(data.me.orderData, /"name": "Asha Rao"/);
    const { orders } = await world.rooms.order();
    const [{ token } = assert.fail()] = (await once(world, id, 'TICKETED')).tickets;
    assert.ok((await orders.byId(id))!.tickets.length);
    const after = (await who.ask<Data>('{ me { orderData } }')).data.me.orderData;
    assert.ok(!after.includes(token), 'no ticket URL, as it grants access to the ticket');
    const ben = await signedUp(world, 'ben@example.com');
    const foreign = await ben.ask<Data>('{ me { orderData } }');
    assert.deepEqual(JSON.parse(foreign.data.me.orderData), { orders: [], cart: [] });
  });

  test('is exported from payments and wallets, without the payment pages', async () => {
    await using world = await openWorld();
    const asha = await signedUp(world);
    const own = payer(world, asha);
    const { id, pageUrl } = await own.topUp('500.00');
    assert.ok(pageUrl);
    const { db } = await world.rooms.payment();
    const now = new Date('2026-03-24T10:00:00Z');
    const moved = { movement: 'TOP_UP', transaction: id, payment: id, amount: 50_000, now } as const;
    await db.write((em) => move(em, { account: asha.id, currency: 'INR', ...moved })); // as a capture does
    type Data = { me: { paymentData: string } };
    const data = (await own.ask<Data>('{ me { paymentData } }')).data.me.paymentData;
    const { payments, wallets } = JSON.parse(data) as { payments: Record<string, unknown>[]; wallets: unknown[] };
    const amount = { amount: '500.00', currency: 'INR' };
    assert.deepEqual(
      payments.map((each) => [each['id'], each['order'], each['method'], each['amount'], each['captured']]),
      [[id, null, 'CARD', amount, null]],
    );
    const entry = { kind: 'TOP_UP', ...amount, payment: id, at: now.toISOString() };
    assert.deepEqual(wallets, [{ balance: amount, entries: [entry] }]);
    assert.doesNotMatch(data, /http|intent/);
    const ben = await signedUp(world, 'ben@example.com');
    const foreign = await ben.ask<Data>('{ me { paymentData } }');
    assert.deepEqual(JSON.parse(foreign.data.me.paymentData), { payments: [], wallets: [] });
  });

  test('is deleted with the account: mails, codes and devices, including a mail that is being sent', async () => {
    const gate = Promise.withResolvers<void>();
    await using world = await openWorld({
      mail: (shipped) => ({
        ...shipped,
        send: async (mail) => {
          if (mail.id.includes('password-reset')) await gate.promise;
          await shipped.send(mail);
        },
      }),
    });
    const asha = await signedUp(world);
    await mailed(world);
    await visitor(world).forgets(VICTIM);
    const { db, accounts } = await world.rooms.account();
    await eventually(
      async () => (await db.rows("select hash from account_code where kind = 'PASSWORD_RESET'", [])).length === 1, // the code exists: the mail is being sent
    );
    await accounts.erase(asha.id);
    await eventually(async () => (await sent(world)).length === 0);
    gate.resolve();
    const left = async () =>
      (
        await Promise.all(
          ['account_mail', 'account_code', 'known_device'].map((table) => db.rows(`select * from ${table}`, [])),
        )
      ).flat();
    await eventually(async () => (await left()).length === 0 && (await sent(world)).length === 0);
  });
});
