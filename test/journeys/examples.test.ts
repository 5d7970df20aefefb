// The explorer's example operations: each has an answer in the demo's data, as it stands or with a token in its place.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { examples } from '../../gateway/examples.ts';
import { demoAccounts } from '../../subgraphs/account/demo.ts';
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

for (const { name, query, variables, headers = '{}' } of examples(new Date(NOON))) {
  test(`${name} has an answer`, async () => {
    const sent = headers.replace('ACCESS_TOKEN', await token());
    const { data, errors, text } = await world.graph(
      query,
      JSON.parse(variables) as object,
      JSON.parse(sent) as Record<string, string>,
    );
    assert.equal(errors, undefined, text);
    assert.ok(Object.values(data)[0], text);
    assert.doesNotMatch(text, /"edges":\[\]|AccountRefusal/);
  });
}

test('an example that needs somebody says so until the token is in place', async () => {
  for (const { query, variables, headers } of examples(new Date(NOON)).filter((each) => each.headers)) {
    const sent = JSON.parse(headers!) as Record<string, string>;
    assert.equal((await world.graph(query, JSON.parse(variables) as object, sent)).status, 401);
  }
});
