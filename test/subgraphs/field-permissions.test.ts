// Every subgraph answers the gateway only, and every field only the callers that its @access allows.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { parse } from 'graphql';
import { readConfig } from '../../infra/system/config/config.ts';
import { openLog } from '../../infra/logging/log.ts';
import { subgraphKeysLine } from '../../infra/system/commands/subgraph-keys.ts';
import { anonymous, type Identity } from '../../schema/wire/identity.ts';
import { IDENTITY_HEADER, keysFor, readIdentity } from '../../schema/wire/internal-identity.ts';
import { namedKey, type SigningKeys } from '../../schema/wire/signing-key.ts';
import { complete } from '../../schema/composition/shared.ts';
import { guard } from '../../subgraphs/runtime/field-permissions.ts';
import { serve } from '../../subgraphs/runtime/serve.ts';
import { graphqlRequest, keeping, signed, signedInAs, withIdentity } from '../kit/signed.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);
const masters: SigningKeys = [namedKey('one', Buffer.alloc(32, 1))];
const keys = keysFor('fare', masters);
const who = signedInAs({ roles: ['FARE_MANAGER'] });
const request = withIdentity(graphqlRequest('{}'), who, 'fare', keys, NOW);
const header = request.headers[IDENTITY_HEADER]!;
const withHeaders = (headers: Record<string, string>) => ({ ...request, headers: { ...request.headers, ...headers } });
const withHeader = (value: string) => withHeaders({ [IDENTITY_HEADER]: value });

test('a subgraph reads the identity that the gateway has signed', () => {
  assert.deepEqual(readIdentity(request, 'fare', keys, NOW), who);
});

test('a signed identity is valid for one subgraph, body, key and minute only', () => {
  const other = keysFor('stock', masters);
  const refused: [string, ReturnType<typeof readIdentity>][] = [
    ['no header', readIdentity(graphqlRequest('{}'), 'fare', keys, NOW)],
    ['not a header', readIdentity(withHeader('a.b.c'), 'fare', keys, NOW)],
    ['another body', readIdentity({ ...request, body: '{ }' }, 'fare', keys, NOW)],
    ['an additional internal header', readIdentity(withHeaders({ 'x-fareloom-more': '1' }), 'fare', keys, NOW)],
    ['another subgraph, its keys', readIdentity(request, 'stock', other, NOW)],
    ['another subgraph, the same keys', readIdentity(request, 'stock', keys, NOW)],
    ['an unknown key', readIdentity(request, 'fare', keysFor('fare', [namedKey('two', Buffer.alloc(32, 9))]), NOW)],
    ['a tail', readIdentity(withHeader(`${header}.x`), 'fare', keys, NOW)],
    ['tampered', readIdentity(withHeader(header.replace('.e', '.f')), 'fare', keys, NOW)],
    ['too late', readIdentity(request, 'fare', keys, later(91))],
    ['too early', readIdentity(request, 'fare', keys, later(-31))],
  ];
  for (const [what, read] of refused) assert.equal(read, null, what);
});

test('an identity is accepted if clocks differ by up to 30 seconds', () => {
  for (const seconds of [-30, 30, 60, 89]) assert.ok(readIdentity(request, 'fare', keys, later(seconds)));
});

test('during key rotation the new key signs and the old one is still accepted', () => {
  const rotated = keysFor('fare', [namedKey('new', Buffer.alloc(32, 2)), ...masters]);
  assert.ok(readIdentity(request, 'fare', rotated, NOW), 'a header signed with the old key');
  const signedAgain = withIdentity(graphqlRequest('{}'), who, 'fare', rotated, NOW);
  assert.ok(readIdentity(signedAgain, 'fare', rotated, NOW));
  assert.equal(readIdentity(signedAgain, 'fare', keys, NOW), null);
});

test('a subgraph with its own keys, as the command prints them, needs no master key', () => {
  const secret = randomBytes(32).toString('base64');
  const [, value] = /^SUBGRAPH_KEYS=(\S+)\n$/.exec(subgraphKeysLine('fare', { INTERNAL_KEYS: secret }))!;
  const { SUBGRAPH_KEYS } = readConfig({ SUBGRAPH_KEYS: value });
  const fromGateway = keysFor('fare', readConfig({ INTERNAL_KEYS: secret }).INTERNAL_KEYS as unknown as SigningKeys);
  assert.deepEqual(SUBGRAPH_KEYS, fromGateway);
  assert.throws(() => subgraphKeysLine('fare', {}), /set INTERNAL_KEYS/i);
  assert.throws(
    () => subgraphKeysLine('fair', { INTERNAL_KEYS: secret }),
    /^Error: There is no subgraph fair; there are account, /,
  );
});

const typeDefs = parse(complete('type Query { airport(code: String!): String @access(to: "anyone") }'));
const resolvers = { Query: { airport: () => 'Delhi' } };

test('without a signed identity no query is answered, not even __typename, and the body is not parsed', async () => {
  const log = openLog({ level: 'nothing', json: false });
  const subgraph = await serve(
    { name: 'travel', typeDefs, resolvers, context: () => ({}) },
    { ...keeping('travel', () => NOW), log },
  );
  for (const body of ['{"query":"{ __typename }"}', '{"query":"{ _service { sdl } }"}', 'rubbish', '']) {
    const answer = await subgraph.handle(graphqlRequest(body));
    assert.equal(answer.status, 401, body);
    assert.match(String(answer.body), /UNAUTHENTICATED/);
  }
  const request = signed('travel', { query: '{ airport(code: "DEL") }' }, { now: NOW });
  assert.match(String((await subgraph.handle(request)).body), /Delhi/);
  const swapped = { ...request, body: request.body.replace('DEL', 'BOM') };
  assert.equal((await subgraph.handle(swapped)).status, 401, 'a header copied from another request');
  assert.ok(request.headers[IDENTITY_HEADER]);
  await subgraph.close();
});

test('a field without @access, or with a faulty one, keeps its subgraph from starting', () => {
  for (const [sdl, message] of [
    ['type Query { secrets: String }', /fare: Query\.secrets: name its callers: @access/],
    ['type Secret { text: String }', /fare: Secret\.text: name its callers: @access/],
    ['type Secret @access(to: "friends") { text: String }', /fare: Secret: @access\(to: "friends"\): it is "anyone"/],
    ['type Secret @access(roles: ["PILOT"]) { text: String }', /fare: Secret: no account has the role PILOT/],
  ] as const) {
    assert.throws(() => guard('fare', parse(sdl), {}), message);
  }
});

test('a subgraph refuses a field to a caller without its account, role or scopes, and answers all others', () => {
  const sdl = `
    interface Named @access(roles: ["ADMIN"]) { name: String }
    type Thing implements Named @access(to: "account") {
      name: String
      price: String @access(roles: ["FARE_MANAGER", "OPERATOR"])
      points: String @access(scopes: ["points:read", "profile"])
      both: String @access(roles: ["OPERATOR"], scopes: ["profile"])
      open: String @access(to: "anyone")
    }`;
  const guarded = guard('fare', parse(sdl), {}) as Record<string, Record<string, (...args: object[]) => unknown>>;
  assert.deepEqual(Object.keys(guarded), ['Thing'], 'an interface has no resolvers');
  const codeOf = (field: string, identity: Identity): unknown => {
    try {
      guarded['Thing']?.[field]?.({}, {}, { identity }, { fieldName: field });
      return null;
    } catch (error) {
      return (error as { extensions?: { code?: unknown } }).extensions?.code;
    }
  };
  const callers = [
    anonymous('1'.repeat(32), '192.0.2.1'),
    signedInAs(),
    signedInAs({ roles: ['TRAVELLER', 'OPERATOR'] }),
    signedInAs({ scopes: ['profile', 'points:read'] }),
    signedInAs({ roles: ['OPERATOR'], scopes: ['profile'] }),
  ];
  const told = Object.fromEntries(
    ['name', 'price', 'points', 'both', 'open'].map((field) => [field, callers.map((each) => codeOf(field, each))]),
  );
  const [no, none] = ['FORBIDDEN', 'UNAUTHENTICATED'];
  assert.deepEqual(told, {
    name: [none, null, null, null, null],
    price: [none, no, null, no, null],
    points: [none, no, no, null, no],
    both: [none, no, no, no, null],
    open: [null, null, null, null, null],
  });
});

test('an identity that a gateway of the last release signed has no scopes', () => {
  const { scopes: _, ...before } = who;
  const old = withIdentity(graphqlRequest('{}'), before as Identity, 'fare', keys, NOW);
  assert.deepEqual(readIdentity(old, 'fare', keys, NOW), { ...who, scopes: [] });
  const scoped = withIdentity(graphqlRequest('{}'), { ...who, scopes: ['profile'] }, 'fare', keys, NOW);
  assert.deepEqual(readIdentity(scoped, 'fare', keys, NOW)?.scopes, ['profile']);
});
