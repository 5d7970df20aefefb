// Every subgraph answers the gateway only, and every field only the callers that the permissions table allows.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { parse } from 'graphql';
import { readConfig } from '../../infra/system/config/config.ts';
import { openLog } from '../../infra/logging/log.ts';
import { subgraphKeysLine } from '../../infra/system/commands/subgraph-keys.ts';
import { IDENTITY_HEADER, keysFor, readIdentity } from '../../schema/wire/internal-identity.ts';
import { namedKey, type SigningKeys } from '../../schema/wire/signing-key.ts';
import { permit } from '../../schema/composition/permissions.ts';
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

const typeDefs = parse('type Query { airport(code: String!): String }');
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

test('a field missing from the permissions table keeps its subgraph from starting', () => {
  for (const [sdl, field] of [
    ['type Query { secrets: String }', 'Query.secrets'],
    ['type Query { airport: Secret } type Secret { text: String }', 'Secret.text'],
  ] as const) {
    assert.throws(() => guard(parse(sdl), {}), new RegExp(`${field} is not in schema/composition/permissions`));
  }
});

test('a field missing from the permissions table is refused to every caller', () => {
  assert.throws(() => permit(who, 'Query.none'), /not in schema\/composition\/permissions/);
});
