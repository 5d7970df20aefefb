// The explorer's example operations: each has an answer in the demo's data, as it stands or with what an earlier answer gave.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { examples } from '../../gateway/examples.ts';
import { demoAccounts } from '../../subgraphs/account/demo.ts';
import { eventually } from '../eventually.ts';
import { signing } from '../somebody.ts';
import { NOON, openWorld, type World } from '../world.ts';

let world: World;
before(async () => (world = await openWorld({ env: { DEMO_DATA: 'on' } })));
after(() => world[Symbol.asyncDispose]());

/** A token of the demo's fare manager. */
async function token(): Promise<string> {
  const { accounts, passwords } = await world.rooms.account();
  const { email } = demoAccounts.find(({ roles }) => roles.includes('FARE_MANAGER'))!;
  await accounts.change((await accounts.byEmail(email))!.id, { password: await passwords.hash('printed') });
  return (await signing(world).in({ email, password: 'printed' })).tokens!.accessToken;
}

/** What of earlier answers goes into later examples, as their comments say. */
const taken: Record<string, string> = {};
const patterns = { OFFER_TOKEN: /"offerToken":"([^"]+)"/, ORDER_ID: /"id":"(ord_[^"]+)"/ };

function take(text: string): void {
  for (const [word, pattern] of Object.entries(patterns)) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) taken[word] = found;
  }
}

const filled = <T>(text: string): T =>
  JSON.parse(text.replaceAll(/[A-Z]+_[A-Z]+/g, (word) => taken[word] ?? word)) as T;

for (const { name, query, variables, headers = '{}' } of examples(new Date(NOON))) {
  test(`${name} has an answer`, async () => {
    taken['ACCESS_TOKEN'] = await token();
    // an order may be paid a moment after it was placed
    await eventually(async () => {
      const { data, errors, text } = await world.graph(query, filled(variables), filled(headers));
      assert.equal(errors, undefined, text);
      assert.ok(Object.values(data)[0], text);
      assert.doesNotMatch(text, /"edges":\[\]|"code":"[A-Z]+_/);
      take(text);
    });
  });
}

test('an example that needs somebody says so until the token is in place', async () => {
  for (const { query, variables, headers } of examples(new Date(NOON)).filter((each) =>
    each.headers?.includes('ACCESS_TOKEN'),
  )) {
    const sent = JSON.parse(headers!) as Record<string, string>;
    assert.equal((await world.graph(query, JSON.parse(variables) as object, sent)).status, 401);
  }
});
