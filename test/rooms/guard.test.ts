// Every subgraph answers the gateway only, and every field only who the permissions table lets have it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'graphql';
import { openLog } from '../../infra/log.ts';
import { anonymous } from '../../schema/identity.ts';
import { IDENTITY_HEADER, type Keys, keysFor, readIdentity, signIdentity } from '../../schema/internal-identity.ts';
import { needSentence, permissions, permit } from '../../schema/permissions.ts';
import { guard } from '../../subgraphs/guard.ts';
import { serve } from '../../subgraphs/serve.ts';
import { keeping, signed, somebody } from '../signed.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);
const masters: Keys = [{ id: 'one', secret: Buffer.alloc(32, 1) }];
const keys = keysFor('fare', masters);
const who = somebody({ roles: ['FARE_MANAGER'] });
const header = signIdentity(who, 'fare', '{}', keys, NOW);

test('a subgraph is told who asks', () => {
  assert.deepEqual(readIdentity(header, 'fare', '{}', keys, NOW), who);
});

test('an identity for one subgraph, body, key or minute is good for no other', () => {
  const other = keysFor('stock', masters);
  const refused: [string, ReturnType<typeof readIdentity>][] = [
    ['no header', readIdentity(undefined, 'fare', '{}', keys, NOW)],
    ['not a header', readIdentity('a.b.c', 'fare', '{}', keys, NOW)],
    ['another body', readIdentity(header, 'fare', '{ }', keys, NOW)],
    ['another subgraph, its keys', readIdentity(header, 'stock', '{}', other, NOW)],
    ['another subgraph, the same keys', readIdentity(header, 'stock', '{}', keys, NOW)],
    ['an unknown key', readIdentity(header, 'fare', '{}', keysFor('fare', [{ ...masters[0], id: 'two' }]), NOW)],
    ['a tail', readIdentity(`${header}.x`, 'fare', '{}', keys, NOW)],
    ['tampered', readIdentity(header.replace('.e', '.f'), 'fare', '{}', keys, NOW)],
    ['too late', readIdentity(header, 'fare', '{}', keys, later(91))],
    ['too early', readIdentity(header, 'fare', '{}', keys, later(-31))],
  ];
  for (const [what, read] of refused) assert.equal(read, null, what);
});

test('clocks may differ by 30 seconds', () => {
  for (const seconds of [-30, 30, 60, 89]) assert.ok(readIdentity(header, 'fare', '{}', keys, later(seconds)));
});

test('keys are rotated: the new one signs while the old one is still accepted', () => {
  const rotated = keysFor('fare', [{ id: 'new', secret: Buffer.alloc(32, 2) }, ...masters]);
  assert.ok(readIdentity(header, 'fare', '{}', rotated, NOW), 'the gateway is not told yet');
  assert.ok(readIdentity(signIdentity(who, 'fare', '{}', rotated, NOW), 'fare', '{}', rotated, NOW));
  assert.equal(readIdentity(signIdentity(who, 'fare', '{}', rotated, NOW), 'fare', '{}', keys, NOW), null);
});

const typeDefs = parse('type Query { airport(code: String!): String }');
const resolvers = { Query: { airport: () => 'Delhi' } };

test('without a signed identity nothing is answered, not even __typename, and the body is not parsed', async () => {
  const log = openLog({ level: 'nothing', json: false });
  const room = await serve(
    { name: 'travel', typeDefs, resolvers, context: () => ({}) },
    { ...keeping('travel', () => NOW), log },
  );
  for (const body of ['{"query":"{ __typename }"}', '{"query":"{ _service { sdl } }"}', 'rubbish', '']) {
    const answer = await room.handle({ body, headers: { 'content-type': 'application/json' } });
    assert.equal(answer.status, 401, body);
    assert.match(answer.body, /UNAUTHENTICATED/);
  }
  const request = signed('travel', { query: '{ airport(code: "DEL") }' }, { now: NOW });
  assert.match((await room.handle(request)).body, /Delhi/);
  const swapped = { ...request, body: request.body.replace('DEL', 'BOM') };
  assert.equal((await room.handle(swapped)).status, 401, 'a header that was taken from another request');
  assert.ok(request.headers[IDENTITY_HEADER]);
  await room.close();
});

test('a root field that the table does not name keeps its room from starting', () => {
  assert.throws(
    () => guard(parse('type Query { secrets: String }'), {}),
    /Query\.secrets is not in schema\/permissions/,
  );
});

test('who is not signed in, or has not the role, is refused; who has it is not', () => {
  const field = Object.keys(permissions).find((name) => permissions[name] === 'anyone')!;
  permit(anonymous('1'), field);
  assert.throws(() => permit(anonymous('1'), 'Query.none'), /not in schema\/permissions/);
  assert.equal(needSentence(['FARE_MANAGER', 'ADMIN']), 'Needs the role FARE_MANAGER or ADMIN.');
});
