// The explorer's example operations: each returns demo data, unchanged or with values from an earlier response.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { examples } from '../../gateway/routes/examples.ts';
import type { Role } from '../../schema/wire/identity.ts';
import { demoAccounts } from '../../subgraphs/account/demo/demo.ts';
import { eventually } from '../kit/eventually.ts';
import { type Answer, NOON, openWorld, type World } from '../kit/world.ts';

let world: World;
before(async () => (world = await openWorld({ env: { DEMO_DATA: 'on' } })));
after(() => world[Symbol.asyncDispose]());

/** The cookies of the browser that runs the examples, as it sends them. */
let session = '';

/** Runs an operation as the explorer does. */
async function run(query: string, variables: object, headers: Record<string, string> = {}) {
  const response = await world.gateway.inject({
    ...{ method: 'POST', url: '/graphql', payload: { query, variables } },
    headers: { 'apollo-require-preflight': '1', ...(session && { cookie: session }), ...headers },
  });
  const kept = response.cookies.map(({ name, value }) => `${name}=${value}`);
  if (kept.length) session = kept.join('; ');
  return { ...response.json<Pick<Answer, 'data' | 'errors'>>(), text: response.body };
}

/** The examples that need a role. */
const roleOf: Readonly<Record<string, Role>> = {
  Fares: 'FARE_MANAGER',
  Verification: 'OPERATOR',
  Processes: 'OPERATOR',
  SupergraphVersions: 'OPERATOR',
};

/** Signs the browser in as the demo's account with this role, by the example SignIn. */
async function signInAs(role: Role): Promise<void> {
  const { accounts, passwords } = await world.stores.account();
  const { email } = demoAccounts.find(({ roles }) => roles.includes(role))!;
  await accounts.change((await accounts.byEmail(email))!.id, { password: await passwords.hash('printed') });
  const { query } = examples(new Date(NOON)).find(({ name }) => name === 'SignIn')!;
  await run(query, { input: { email, password: 'printed', session: 'COOKIE' } });
}

/** Values from earlier responses for later examples, as their comments describe. */
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
  test(`${name} returns data`, async () => {
    const role = roleOf[name];
    if (role) await signInAs(role);
    // an order can be paid only a moment after it was placed
    await eventually(async () => {
      const { data, errors, text } = await run(query, filled(variables), filled(headers));
      assert.equal(errors, undefined, text);
      assert.ok(Object.values(data)[0], text);
      assert.doesNotMatch(text, /"edges":\[\]|"code":"[A-Z]+_/);
      take(text);
    });
  });
}

test('an example that needs an account says so until SignUp or SignIn ran', async () => {
  const signedIn = ['Me', 'PlaceOrder', 'StartPayment', ...Object.keys(roleOf)];
  for (const { query, variables } of examples(new Date(NOON)).filter(({ name }) => signedIn.includes(name))) {
    const { errors } = await world.graph(query, JSON.parse(variables) as object);
    assert.equal(errors?.[0]?.extensions['code'], 'UNAUTHENTICATED');
  }
});

test('no comment of an example is wider than the 50 characters that the explorer shows', () => {
  const comments = examples(new Date(NOON)).flatMap(({ query }) => query.split('\n').filter((line) => /^#/.test(line)));
  assert.ok(comments.length > 20);
  assert.deepEqual(
    comments.filter((line) => line.length > 50),
    [],
  );
});
