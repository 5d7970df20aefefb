// The stores of the account subgraph on an empty database: keys of access tokens, and the consistency checks.
import { decodeProtectedHeader } from 'jose';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openMemoryCache } from '../../infra/cache/cache.memory.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { openAccountMails } from '../../subgraphs/account/store/account-mail-store.ts';
import { accountChecks } from '../../subgraphs/account/store/checks-store.ts';
import { openTokenKeys } from '../../subgraphs/account/store/key-store.ts';
import { openSessions } from '../../subgraphs/account/store/session-store.ts';
import { Account, accountTables } from '../../subgraphs/account/store/tables.ts';
import { SetClock } from '../../infra/process/set-clock.ts';
import { NOON } from '../kit/world.ts';

const SECOND = 1000; // ms

/** The database of an account subgraph without accounts, and its clock. */
async function openSubgraph() {
  const clock = new SetClock(NOON);
  const db = await openDatabase(accountTables, sqlite(':memory:'), openLog({ level: 'off', json: true }), { clock });
  return { clock, db, [Symbol.asyncDispose]: () => db.close() };
}

describe('the keys of access tokens', () => {
  const keyOfNextToken = async (keys: ReturnType<typeof openTokenKeys>) =>
    decodeProtectedHeader((await keys.sign({ account: 'acc_1', session: 'ses_1' })).token).kid;
  const publishedIds = async (keys: ReturnType<typeof openTokenKeys>) =>
    (await keys.published()).map((key) => (JSON.parse(key) as { kid: string }).kid);

  test('a rotation that creates the first key lets it sign at once, because there is no other key', async () => {
    await using subgraph = await openSubgraph();
    const keys = openTokenKeys(subgraph.db);
    const first = await keys.rotate();
    assert.equal(await keyOfNextToken(keys), first);
    assert.deepEqual(await publishedIds(keys), [first]);
  });

  test('a later rotation publishes the new key at once, and lets it sign after a minute', async () => {
    await using subgraph = await openSubgraph();
    const keys = openTokenKeys(subgraph.db);
    const first = await keys.rotate();
    const second = await keys.rotate();
    assert.deepEqual(await publishedIds(keys), [first, second]);
    subgraph.clock.advance(60 * SECOND - 1);
    assert.equal(await keyOfNextToken(keys), first);
    subgraph.clock.advance(1);
    assert.equal(await keyOfNextToken(keys), second);
  });
});

test('the consistency check of mails finds each mail that is due for more than a minute, and no other', async () => {
  await using subgraph = await openSubgraph();
  const mails = openAccountMails(subgraph.db);
  const late = async () => {
    const checks = accountChecks(subgraph.db, subgraph.clock.now());
    return checks.find(({ name }) => name === 'account: mails')!.find();
  };
  await mails.owe({ account: null, kind: 'PASSWORD_CHANGED', email: 'asha@example.com' });
  const [first] = await mails.due(1);
  subgraph.clock.advance(60 * SECOND);
  await mails.owe({ account: null, kind: 'PASSWORD_CHANGED', email: 'ben@example.com' });
  assert.deepEqual(await late(), { rows: 2, offending: [] });
  subgraph.clock.advance(1);
  assert.deepEqual(await late(), { rows: 2, offending: [first] });
});

describe('sessions of an account', () => {
  /** Three sessions of an account, the newest last, and one of another account. */
  async function openSignedIn() {
    const subgraph = await openSubgraph();
    const sessions = openSessions(
      subgraph.db,
      openMemoryCache(subgraph.clock.now),
      openLog({ level: 'off', json: true }),
    );
    const signedIn = async (id: string) => {
      subgraph.clock.advance(SECOND);
      return (await sessions.begin({ id, password: 'a hash' }))!;
    };
    for (const id of ['acc_1', 'acc_2']) {
      const account = { id, email: `${id}@example.com`, name: id, password: 'a hash', roles: 'TRAVELLER', revision: 1 };
      await subgraph.db.write((em) => em.insert(Account, account));
    }
    const foreign = await signedIn('acc_2');
    const own = [await signedIn('acc_1'), await signedIn('acc_1'), await signedIn('acc_1')] as const;
    const left = async () => (await sessions.of('acc_1')).map(({ id }) => id);
    return { ...subgraph, sessions, foreign, own, left };
  }

  test('one is ended by its id, and no other', async () => {
    await using subgraph = await openSignedIn();
    const [first, second, third] = subgraph.own;
    assert.equal(await subgraph.sessions.end('acc_1', { id: second.session.id }), 1);
    assert.deepEqual(await subgraph.left(), [third.session.id, first.session.id]);
    assert.equal(await subgraph.sessions.end('acc_1', { id: subgraph.foreign.session.id }), 0);
    assert.equal((await subgraph.sessions.of('acc_2')).length, 1);
  });

  test('all are ended, or all but one', async () => {
    await using subgraph = await openSignedIn();
    const [first] = subgraph.own;
    assert.equal(await subgraph.sessions.end('acc_1', { except: first.session.id }), 2);
    assert.deepEqual(await subgraph.left(), [first.session.id]);
    assert.equal(await subgraph.sessions.end('acc_1', { except: null }), 1);
    assert.deepEqual(await subgraph.left(), []);
    assert.equal((await subgraph.sessions.of('acc_2')).length, 1);
  });

  test('one is ended by a refresh token that was issued for it, and by no other text', async () => {
    await using subgraph = await openSignedIn();
    const [first, second] = subgraph.own;
    const [, , secret] = first.refreshToken.split('.');
    for (const wrong of ['', first.session.id, `${second.session.id}.${first.refreshToken.split('.')[1]}.${secret}`]) {
      assert.equal(await subgraph.sessions.endIssued(wrong), null, wrong);
    }
    await subgraph.sessions.refresh(first.refreshToken);
    assert.equal(await subgraph.sessions.endIssued(first.refreshToken), first.session.id);
    assert.equal(await subgraph.sessions.endIssued(first.refreshToken), null);
    assert.equal((await subgraph.left()).length, 2);
  });
});
