// Administrators grant and revoke roles over the graph; the last administrator keeps the role.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isRefused } from '../../schema/errors.ts';
import type { Role } from '../../schema/wire/identity.ts';
import { PASSWORD, signedUp } from '../kit/person.ts';
import { openWorld, type World } from '../kit/world.ts';

let world: World;
let root: Awaited<ReturnType<typeof signedUp>>;
before(async () => {
  world = await openWorld();
  root = await signedUp(world, 'root@example.com', 'ADMIN');
});
after(() => world[Symbol.asyncDispose]());

interface Result {
  result: { __typename: string; id?: string; roles?: Role[]; code?: string };
}
const change = async (field: 'grantRole' | 'revokeRole', email: string, role: string, by = root) => {
  const query = `mutation($email: String!, $role: Role!) { result: ${field}(email: $email, role: $role) {
    __typename ... on AccountRoles { id roles } ... on AccountRefusal { code } } }`;
  const { data, errors } = await by.ask<Result>(query, { email, role });
  return errors?.[0]?.extensions['code'] ?? data.result.code ?? data.result.roles;
};

test('a role that an administrator grants or revokes takes effect within five seconds', async () => {
  const asha = await signedUp(world, 'asha@example.com');
  const fare = async () => (await asha.ask('{ fare(id: "none") { id } }')).errors?.[0]?.extensions['code'];
  assert.equal(await fare(), 'FORBIDDEN');
  assert.deepEqual(await change('grantRole', ' Asha@Example.com', 'FARE_MANAGER'), ['TRAVELLER', 'FARE_MANAGER']);
  assert.deepEqual(await change('grantRole', asha.email, 'FARE_MANAGER'), ['TRAVELLER', 'FARE_MANAGER'], 'once more');
  world.clock.advance(5000);
  assert.equal(await fare(), undefined);
  assert.deepEqual(await change('revokeRole', asha.email, 'FARE_MANAGER'), ['TRAVELLER']);
  world.clock.advance(5000);
  assert.equal(await fare(), 'FORBIDDEN');
});

test('an account is found by its email, with its roles and no other personal data', async () => {
  const find = (email: string) => root.ask<{ account: unknown }>(`{ account(email: "${email}") { id email roles } }`);
  assert.deepEqual((await find('ROOT@example.com')).data.account, {
    id: root.id,
    email: root.email,
    roles: ['TRAVELLER', 'ADMIN'],
  });
  for (const nobody of ['nobody@example.com', 'no email', '']) assert.equal((await find(nobody)).data.account, null);
});

test('roles that cannot be granted or revoked are refused', async () => {
  assert.equal(await change('grantRole', 'nobody@example.com', 'OPERATOR'), 'ACCOUNT_NOT_FOUND');
  assert.equal(await change('revokeRole', 'nobody@example.com', 'OPERATOR'), 'ACCOUNT_NOT_FOUND');
  assert.equal(await change('revokeRole', root.email, 'TRAVELLER'), 'BAD_USER_INPUT');
});

test('a role of an account that was deleted in the meantime can be neither granted nor revoked', async () => {
  const { accounts } = await world.stores.account();
  assert.equal(await accounts.grant('acc_gone', 'ADMIN'), false);
  assert.equal(await accounts.revoke('acc_gone', 'ADMIN'), false);
});

test('the last administrator keeps the role, even if two revoke it from each other at the same time', async () => {
  assert.equal(await change('revokeRole', root.email, 'ADMIN'), 'LAST_ADMIN');
  const second = await signedUp(world, 'second@example.com', 'ADMIN');
  world.clock.advance(5000);
  const { accounts } = await world.stores.account();
  const both = await Promise.all([root, second].map(({ id }) => accounts.revoke(id, 'ADMIN')));
  assert.deepEqual(both.map((each) => (isRefused(each) ? each.refused : String(each))).sort(), ['LAST_ADMIN', 'true']);
});

test('the last administrator cannot delete its own account before another account is an administrator', async () => {
  await using own = await openWorld();
  const only = await signedUp(own, 'only@example.com', 'ADMIN');
  const remove = async () => {
    const query = `mutation { result: deleteAccount(password: "${PASSWORD}") { __typename ... on AccountRefusal { code } } }`;
    return (await only.ask<{ result: { __typename: string; code?: string } }>(query)).data.result;
  };
  assert.equal((await remove()).code, 'LAST_ADMIN');
  await signedUp(own, 'next@example.com', 'ADMIN');
  assert.equal((await remove()).__typename, 'AccountDeleted');
});
