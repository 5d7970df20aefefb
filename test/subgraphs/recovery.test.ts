// Recovery, confirmation and export of accounts, through the graph and with the mails that were actually sent.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually } from '../kit/eventually.ts';
import { bearer, PASSWORD, type SignIn, SIGN_IN_ANSWER, signedUp, signing } from '../kit/person.ts';
import { codeOf, mailed, OTHER, sent, VICTIM, visitor } from '../kit/recovery.ts';
import { openWorld } from '../kit/world.ts';

const MINUTE = 60_000;

describe('a forgotten password', () => {
  test('is replaced with a mailed code, once; all sessions of the account end, and the owner is signed in and gets a mail', async () => {
    await using world = await openWorld();
    const asha = await signedUp(world);
    const ben = await signedUp(world, 'ben.rao@example.com');
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
    assert.equal((await guest.me(ben.headers))?.email, ben.email, 'the session of another account has not');
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
    const { accounts, sessions, recovery } = await world.stores.account();
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
    const { accounts, db, mails, recovery } = await world.stores.account();
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
    const { mails } = await world.stores.account();
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

  test('sends its notice to the owner even after five mails to the address in a quarter of an hour', async () => {
    await using world = await openWorld();
    await signedUp(world);
    world.clock.advance(15 * MINUTE);
    for (let i = 0; i < 5; i++) assert.equal((await visitor(world).forgets(VICTIM)).__typename, 'MailRequested');
    await mailed(world);
    const codes = (await sent(world)).flatMap(({ kind, code }) => (kind === 'password-reset' && code ? [code] : []));
    assert.equal(codes.length, 5);
    const answers = await Promise.all(codes.map((code) => visitor(world).resets(code)));
    assert.equal(answers.filter(({ tokens }) => tokens).length, 1);
    await eventually(async () => (await sent(world)).some(({ kind }) => kind === 'password-changed'));
  });

  test('has its code stored as a hash only, and of two concurrent uses of the code one succeeds', async () => {
    await using world = await openWorld();
    await signedUp(world);
    await visitor(world).forgets(VICTIM);
    const code = await codeOf(world, 'password-reset');
    const { db, recovery } = await world.stores.account();
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
    const { db } = await world.stores.account();
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
    const { passwords, recovery } = await world.stores.account();
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
    const { passwords, recovery } = await world.stores.account();
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
