// What @access in the SDLs of subgraphs compiles to, and what is refused.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { buildSchema, isObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessOf } from '../../schema/composition/access.ts';
import { subgraphSdls } from '../../schema/composition/checkout.ts';
import { withNodePart } from '../../schema/composition/composition.ts';
import { permissions } from '../../schema/permissions.ts';
import { roles } from '../../schema/wire/identity.ts';
import { covers, refusalFor } from '../../schema/wire/need.ts';
import type { Need } from '../../schema/wire/supergraph-artifact.ts';
import { signedInAs } from '../kit/signed.ts';

const compiled = (sdls: Readonly<Record<string, string>>) => {
  const { permissions: needs, faults } = accessOf(Object.entries(sdls).map(([name, sdl]) => ({ name, sdl })));
  const told = faults.map((each) => `${each.subgraph}:${each.line}:${each.column} ${each.coordinate}: ${each.message}`);
  return { needs, told };
};

describe('what the subgraphs say', () => {
  test('is inherited from the type, except where a field says it itself', () => {
    const { needs, told } = compiled({
      loyalty: `
        type Query { points: Points @access(to: "account") }
        type Points @access(roles: ["OPERATOR"]) { total: Int note: String @access(to: "anyone") }
        extend type Points { later: Int }`,
    });
    assert.deepEqual(told, []);
    assert.deepEqual(needs, {
      'Points.later': { roles: ['OPERATOR'], scopes: [] },
      'Points.note': 'anyone',
      'Points.total': { roles: ['OPERATOR'], scopes: [] },
      'Query.points': 'account',
    });
  });

  for (const [what, first, second, expected] of [
    ['an account', 'to: "anyone"', 'to: "account"', 'account'],
    ['the owner', 'to: "owner"', 'to: "account"', 'owner'],
    ['a role', 'to: "account"', 'roles: ["ADMIN"]', { roles: ['ADMIN'], scopes: [] }],
    ['fewer roles', 'roles: ["ADMIN", "OPERATOR"]', 'roles: ["ADMIN"]', { roles: ['ADMIN'], scopes: [] }],
    ['more scopes', 'scopes: ["a"]', 'scopes: ["a", "b"]', { roles: [], scopes: ['a', 'b'] }],
    ['a scope more', 'roles: ["ADMIN"]', 'roles: ["ADMIN"], scopes: "a"', { roles: ['ADMIN'], scopes: ['a'] }],
  ] as const) {
    test(`of several subgraphs counts where it is strictest: ${what}`, () => {
      const sdl = (access: string) => `type Money @access(${access}) { amount: Int }`;
      for (const sdls of [
        { one: sdl(first), other: sdl(second) },
        { one: sdl(second), other: sdl(first) },
      ])
        assert.deepEqual(compiled(sdls), { needs: { 'Money.amount': expected }, told: [] });
    });
  }

  test('is a fault in each of them where none is the strictest', () => {
    for (const [first, second] of [
      ['roles: ["ADMIN"]', 'roles: ["OPERATOR"]'],
      ['roles: ["ADMIN"]', 'scopes: ["a"]'],
      ['to: "owner"', 'roles: ["ADMIN"]'],
    ] as const) {
      const { needs, told } = compiled({
        one: `type Money @access(${first}) { amount: Int }`,
        other: `type Money {\n  amount: Int @access(${second})\n}`,
        third: `type Money @access(to: "anyone") { amount: Int }`,
      });
      assert.deepEqual(needs, {});
      assert.equal(told.length, 2);
      assert.match(told[0]!, /^one:1:12 Money\.amount: @access\(.*\) here, and other says @access/);
      assert.match(told[1]!, /^other:2:15 Money\.amount: .* and one says .*None of them is the strictest/);
    }
  });

  test('counts for an external field only if it stands on the field itself', () => {
    const { needs, told } = compiled({
      order: `extend type Account @key(fields: "id") @access(roles: ["ADMIN"]) {
        id: ID! @external
        name: String @external @access(to: "account")
        orders: Int
      }`,
    });
    assert.deepEqual(told, []);
    assert.deepEqual(needs, { 'Account.name': 'account', 'Account.orders': { roles: ['ADMIN'], scopes: [] } });
  });

  test('of an interface is not asked for, and holds beside what its types say', () => {
    const { needs, told } = compiled({
      media: `
        interface Media { title: String }
        interface Priced @access(to: "account") { price: Int }
        type Book implements Media & Priced @access(roles: ["ADMIN"]) { title: String price: Int }`,
    });
    assert.deepEqual(told, []);
    const admin = { roles: ['ADMIN'], scopes: [] };
    assert.deepEqual(needs, { 'Book.price': admin, 'Book.title': admin, 'Priced.price': 'account' });
  });

  test('of an interface object counts for every type that implements the interface', () => {
    const { needs, told } = compiled({
      media: `
        interface Media @key(fields: "id") { id: ID! }
        type Book implements Media @key(fields: "id") @access(to: "anyone") { id: ID! }
        type Film implements Media @key(fields: "id") @access(to: "anyone") { id: ID! }`,
      rights: `type Media @interfaceObject @key(fields: "id") @access(scopes: ["rights"]) {
        id: ID! @access(to: "anyone")
        holder: String
      }`,
    });
    assert.deepEqual(told, []);
    const scoped = { roles: [], scopes: ['rights'] };
    assert.deepEqual([needs['Book.holder'], needs['Film.holder'], needs['Media.holder']], [scoped, scoped, scoped]);
    assert.equal(needs['Book.id'], 'anyone');
  });
});

test('what is missing or wrong is a fault at its line and column', () => {
  const faults: [sdl: string, fault: RegExp][] = [
    ['type Query {\n  secret: Int\n}', /^x:2:3 Query\.secret: name its callers: @access\(to: "anyone"\)/],
    ['type Secret { text: String }', /^x:1:15 Secret\.text: name its callers: .* or on Secret for all its fields\.$/],
    ['type Query @access(to: "anyone") { a: Int @access(to: "anyone") }', /^x:1:12 Query: each field of Query needs/],
    ['type Query { a: Int @access(to: "owner") }', /^x:1:21 Query\.a: a root field belongs to no account/],
    ['type A @access(to: "friend") { a: Int }', /^x:1:8 A: @access\(to: "friend"\): it is "anyone", "account" or "owner"/],
    ['type A @access { a: Int }', /^x:1:8 A: @access has either/],
    ['type A @access(to: "anyone", roles: ["ADMIN"]) { a: Int }', /^x:1:8 A: @access has either/],
    ['type A @access(roles: [], scopes: []) { a: Int }', /^x:1:8 A: @access has empty lists/],
    ['type A @access(roles: ["PILOT"]) { a: Int }', /^x:1:8 A: no account has the role PILOT: the roles are TRAVELLER,/],
    ['type A @access(scopes: ["a b"]) { a: Int }', /^x:1:8 A: "a b": a scope has 1 to 100 ASCII characters/],
  ]; // prettier-ignore
  for (const [sdl, fault] of faults) {
    const { told } = compiled({ x: sdl });
    assert.equal(told.length, 1, `${sdl}: ${told.join('; ')}`);
    assert.match(told[0]!, fault);
  }
});

test('the committed permissions name every field of every object type of the supergraph, and nothing else', () => {
  const sdl = readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8');
  const fields = Object.values(buildSchema(sdl, { assumeValidSDL: true }).getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__')
      ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
      : [],
  );
  assert.deepEqual(Object.keys(permissions), fields.toSorted());
  assert.deepEqual(accessOf(withNodePart(subgraphSdls())), { permissions, faults: [] });
});

test('a need that covers another refuses every caller whom the other refuses', () => {
  const some = (values: readonly string[]) => fc.subarray([...values]);
  const need: fc.Arbitrary<Need> = fc.oneof(
    fc.constantFrom('anyone' as const, 'account' as const),
    fc.record({ roles: some(roles), scopes: some(['a', 'b', 'c']) }),
  );
  const caller = fc.record({
    roles: some(roles),
    scopes: some(['a', 'b', 'c']),
    account: fc.constantFrom('acc_1', null),
  });
  fc.assert(
    fc.property(need, need, caller, (strict, other, { account, ...rights }) => {
      const who = signedInAs(
        account === null ? { account, roles: [], scopes: [] } : ({ account, ...rights } as object),
      );
      const passes = (each: Need) => refusalFor(who, 'x', each) === null;
      if (covers(strict, other) && passes(strict)) assert.ok(passes(other));
    }),
  );
});
