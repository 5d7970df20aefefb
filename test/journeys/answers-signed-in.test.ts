// Signed-in and anonymous clients never share cached responses.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { hashOf, putDocument } from '../../gateway/documents/document-folder.ts';
import { persistedQuery, type Question } from '../kit/asking.ts';
import { eventually } from '../kit/eventually.ts';
import { PASSWORD, SIGN_IN_ANSWER, signedUp } from '../kit/person.ts';
import { DELHI, gate, openTelling, SUMMARY, summaryIn, type Telling } from '../kit/telling.ts';

describe('a signed-in client', () => {
  let telling: Telling;
  let account: string;
  /** Ways to send credentials. */
  let signedIn: [string, Record<string, string>][];

  before(async () => {
    telling = await openTelling();
    const { world } = telling;
    const asha = await signedUp(world);
    account = asha.id;
    const signIn = await world.gateway.inject({
      ...{ method: 'POST', url: '/graphql', headers: { 'apollo-require-preflight': '1' } },
      payload: {
        query: `mutation { result: signIn(input: { email: "${asha.email}", password: "${PASSWORD}", session: COOKIE }) ${SIGN_IN_ANSWER} }`,
      },
    });
    const cookie = signIn.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    signedIn = [
      ['a token', asha.headers],
      ['cookies', { cookie, 'apollo-require-preflight': '1' }],
    ];
    await putDocument(world.config.TRUSTED_DOCUMENTS_FOLDER, SUMMARY);
    await telling.post({ ...DELHI, extensions: persistedQuery(hashOf(SUMMARY)) });
    await eventually(
      async () => !!(await telling.post({ documentId: hashOf(SUMMARY), variables: { code: 'DEL' } })).data,
    );
  });
  after(() => telling[Symbol.asyncDispose]());

  const named: [string, object][] = [
    ['the text', { query: SUMMARY }],
    ['a documentId', { documentId: `sha256:${hashOf(SUMMARY)}` }],
    ['a persisted query', { extensions: persistedQuery(hashOf(SUMMARY)) }],
  ];

  for (const [what, document] of named) {
    test(`never gets a response cached for anonymous clients, nor the other way round, by ${what}`, async () => {
      const { get, post } = telling;
      // another city for each, so that the first query is not cached
      for (const [i, [by, headers]] of signedIn.entries()) {
        for (const [j, ask] of [get, post].entries()) {
          const codes = ['BLR', 'BOM', 'MAA', 'CCU', 'HYD', 'COK', 'GOI', 'AMD', 'PNQ', 'JAI', 'LKO', 'GAU'];
          const code = codes[named.findIndex(([name]) => name === what) * 4 + i * 2 + j]!;
          const question: Question = { ...document, variables: { code } };
          const theirs = async () => summaryIn(await ask(question, headers));
          const nobodys = async () => summaryIn(await ask(question));
          assert.match((await theirs())!, new RegExp(`^${account} `), by);
          const kept = (await nobodys())!;
          assert.match(kept, /^visitor /, by);
          assert.match((await theirs())!, new RegExp(`^${account} `), by);
          assert.equal(await nobodys(), kept, by); // the anonymous response was cached and not replaced
          const refused = await ask(question, { authorization: 'Bearer no-token-of-ours' });
          assert.equal(refused.status, 401);
          const refreshing = {
            cookie: 'fareloom-refresh=a.browser.that.was.signed.in',
            'apollo-require-preflight': '1',
          };
          const theirsToBe = await ask(question, refreshing);
          assert.notEqual(summaryIn(theirsToBe), kept, by);
        }
      }
    });
  }

  test('does not join the execution of an anonymous query, nor the other way round', async () => {
    const held = gate();
    telling.through(held.through);
    const question = { ...DELHI, variables: { code: 'IXC' } };
    const all = [{}, ...signedIn.map(([, headers]) => headers), {}].map((headers) => telling.post(question, headers));
    await eventually(() => held.held() === 3);
    held.open();
    const told = (await Promise.all(all)).map((reply) => summaryIn(reply)!.split(' ')[0]);
    assert.deepEqual(told, ['visitor', account, account, 'visitor']);
    telling.through((call) => call);
  });
});
