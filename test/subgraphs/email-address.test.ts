// The email address of an account: its mails, its confirmation and its change.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openAccountMails } from '../../subgraphs/account/store/account-mail-store.ts';
import { accountTables } from '../../subgraphs/account/store/tables.ts';
import { eventually } from '../kit/eventually.ts';
import { bearer, PASSWORD, type SignIn, SIGN_IN_ANSWER, signedUp, signing } from '../kit/person.ts';
import { codeOf, mailed, OTHER, sent, type Result, VICTIM, visitor } from '../kit/recovery.ts';
import { openWorld, type World } from '../kit/world.ts';

const MINUTE = 60_000;

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
