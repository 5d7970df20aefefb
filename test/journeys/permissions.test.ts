// The permissions table against the running gateway: every root field, asked by everybody there can be.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  buildSchema,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import type { Call } from '../../gateway/upstream.ts';
import { type Role, roles } from '../../schema/identity.ts';
import { IDENTITY_HEADER, signIdentity, keysFor } from '../../schema/internal-identity.ts';
import { type Need, needSentence, permissions } from '../../schema/permissions.ts';
import { bearer } from '../somebody.ts';
import { somebody } from '../signed.ts';
import { openWorld, type World } from '../world.ts';

const sdl = readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8');
const schema = buildSchema(sdl, { assumeValidSDL: true });

const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
  type
    ? Object.values(type.getFields()).map((field) => ({ type: type.name, name: `${type.name}.${field.name}`, field }))
    : [],
);

const isHidden = ({ astNode }: GraphQLField<unknown, unknown>): boolean =>
  astNode?.directives?.some(({ name }) => name.value === 'inaccessible') ?? false;

const plain: Record<string, string> = {
  AirportCode: '"DEL"',
  CurrencyCode: '"INR"',
  Date: '"2026-03-24"',
  DateTime: '"2026-03-24T00:00:00Z"',
  Decimal: '"1.00"',
  Int: '1',
  Float: '1',
  Boolean: 'true',
  ID: '"none"',
  String: '"none"',
};

/** A value that the type accepts, as GraphQL text. */
function value(type: GraphQLInputType): string {
  if (isNonNullType(type)) return value(type.ofType);
  if (isListType(type)) return `[${value(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isRequiredInputField);
    return `{ ${fields.map((field) => `${field.name}: ${field.name === 'destination' ? '"BLR"' : value(field.type)}`).join(', ')} }`;
  }
  return plain[type.name] ?? assert.fail(`this test knows no value of ${type.name}`);
}

function operation({ type, field }: (typeof roots)[number]): string {
  const given = field.args.filter(isRequiredArgument).map((argument) => `${argument.name}: ${value(argument.type)}`);
  const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  return `${type.toLowerCase()} { ${field.name}${given.length ? `(${given.join(', ')})` : ''}${selection} }`;
}

let world: World;
const calls: Record<string, Call> = {};
const account: Record<string, string> = {};
const everybody: (Role | 'stranger' | 'anonymous')[] = ['anonymous', 'stranger', ...roles];

before(async () => {
  world = await openWorld({ between: (name, call) => (calls[name] = call) });
  const { accounts } = await world.rooms.account();
  for (const who of everybody) {
    if (who === 'anonymous') continue;
    const given: Role[] = who === 'stranger' ? ['TRAVELLER'] : [who];
    const opened = await accounts.open({ email: `${who}@example.com`, name: who, password: '', roles: given });
    account[who] = opened!.id;
  }
});
after(() => world[Symbol.asyncDispose]());

/** Fresh for each question: some of them end the session. */
async function headersOf(who: string): Promise<Record<string, string>> {
  if (who === 'anonymous') return {};
  const { accounts, sessions, keys } = await world.rooms.account();
  const now = world.clock.now();
  const { session } = (await sessions.begin((await accounts.byId(account[who]!))!, now))!;
  return bearer((await keys.sign({ account: account[who]!, session: session.id }, now)).token);
}

function expected(need: Need, who: (typeof everybody)[number]): string | null {
  if (need === 'anyone') return null;
  if (need === 'gateway') return 'GRAPHQL_VALIDATION_FAILED';
  if (who === 'anonymous') return 'UNAUTHENTICATED';
  if (need === 'account') return null;
  return who !== 'stranger' && need.includes(who) ? null : 'FORBIDDEN';
}

describe('every root field', () => {
  test('is in the permissions table, and the table names no field that there is not', () => {
    assert.deepEqual(
      roots.map(({ name }) => name).filter((name) => !(name in permissions)),
      [],
    );
    const there = (name: string): boolean => {
      const [type, field] = name.split('.') as [string, string];
      const found = schema.getType(type);
      return !!found && 'getFields' in found && field in found.getFields();
    };
    assert.deepEqual(
      Object.keys(permissions).filter((name) => !there(name)),
      [],
    );
  });

  test('says in its description what it needs, and nothing that it does not', () => {
    for (const { name, field } of roots) {
      const sentences = (field.description ?? '').match(
        /Needs (a signed-in account|the role [A-Z_]+( or [A-Z_]+)*)\./g,
      );
      const sentence = needSentence(permissions[name]!);
      assert.deepEqual(sentences ?? [], sentence ? [sentence] : [], name);
    }
  });

  test('that is for the gateway alone is not there for clients', () => {
    for (const { name, field } of roots) assert.equal(isHidden(field), permissions[name] === 'gateway', name);
  });

  for (const who of everybody) {
    test(`answers ${who} as the table says`, async () => {
      for (const root of roots) {
        const query = operation(root);
        const { errors } = await world.graph(query, {}, await headersOf(who));
        const code = errors?.[0]?.extensions['code'] ?? null;
        const want = expected(permissions[root.name]!, who);
        if (want !== null) assert.equal(code, want, query);
        else
          assert.ok(code !== 'UNAUTHENTICATED' && code !== 'FORBIDDEN' && code !== 'GRAPHQL_VALIDATION_FAILED', query);
      }
    });
  }
});

describe('a direct call of a subgraph', () => {
  test('is 401 before its body is parsed, whatever it brings', async () => {
    assert.deepEqual(Object.keys(calls).sort(), ['account', 'fare', 'stock', 'travel']);
    const body = '{"query":"{ __typename }"}';
    for (const [name, call] of Object.entries(calls)) {
      const { internalKeys } = world.wiring;
      const other = Object.keys(calls).find((each) => each !== name)!;
      const now = world.clock.now();
      const signedFor = (of: string) => signIdentity(somebody(), of, body, keysFor(of, internalKeys), now);
      const headers = [
        {},
        { authorization: 'Bearer x' },
        { [IDENTITY_HEADER]: '' },
        { [IDENTITY_HEADER]: 'a.b.c' },
        { [IDENTITY_HEADER]: signedFor(other) },
      ];
      for (const each of headers) {
        for (const text of [body, '{"query":"{ _service { sdl } }"}', 'rubbish', '']) {
          const answer = await call({ body: text, headers: { 'content-type': 'application/json', ...each } });
          assert.equal(answer.status, 401, `${name} ${text}`);
        }
      }
      const answer = await call({
        body,
        headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: signedFor(name) },
      });
      assert.equal(answer.status, 200, 'the gateway gets one');
    }
  });
});

test("a client's own internal headers go no further than the gateway", async () => {
  const seen: Record<string, string>[] = [];
  await using own = await openWorld({
    between: (_, call) => (request) => {
      seen.push(request.headers);
      return call(request);
    },
  });
  const admin = somebody({ roles: [...roles] });
  const forged = signIdentity(admin, 'account', '', keysFor('account', own.wiring.internalKeys), own.clock.now());
  const headers = {
    [IDENTITY_HEADER]: forged,
    'x-fareloom-refresh': 'ses_x.y',
    'x-fareloom-keep': '{}',
    'x-other': '1',
  };
  const { errors } = await own.graph('{ me { id } }', {}, headers);
  assert.equal(errors?.[0]?.extensions['code'], 'UNAUTHENTICATED');
  assert.equal(seen.length, 1);
  assert.deepEqual(Object.keys(seen[0]!).sort(), ['content-type', IDENTITY_HEADER]);
  assert.notEqual(seen[0]![IDENTITY_HEADER], forged);
});
