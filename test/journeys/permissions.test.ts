// The compiled permissions, checked for every kind of caller: root fields against the running gateway, all other fields
// against the subgraphs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  buildSchema,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { anonymous, type Identity, type Role, roles } from '../../schema/wire/identity.ts';
import { EXPLAIN_HEADER } from '../../schema/wire/explaining.ts';
import { IDENTITY_HEADER, signIdentity, keysFor } from '../../schema/wire/internal-identity.ts';
import { permissions } from '../../schema/permissions.ts';
import type { Need } from '../../schema/wire/supergraph-artifact.ts';
import { TIME_LEFT_HEADER } from '../../schema/wire/time-left.ts';
import { guard } from '../../subgraphs/runtime/field-permissions.ts';
import { readSdl } from '../../subgraphs/runtime/serve.ts';
import { openFurtherGateway, UNLIMITED } from '../kit/gateway.ts';
import { bearer } from '../kit/person.ts';
import { graphqlRequest, signedInAs } from '../kit/signed.ts';
import { openWorld, type World } from '../kit/world.ts';

const sdl = readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8');
const schema = buildSchema(sdl, { assumeValidSDL: true });

const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
  type
    ? Object.values(type.getFields()).map((field) => ({ type: type.name, name: `${type.name}.${field.name}`, field }))
    : [],
);

/** The fields of all other types. */
const nested = Object.values(schema.getTypeMap()).flatMap((type) =>
  isObjectType(type) && !type.name.startsWith('__') && !roots.some((root) => root.type === type.name)
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
  const { accounts } = await world.stores.account();
  for (const who of everybody) {
    if (who === 'anonymous') continue;
    const given: Role[] = who === 'stranger' ? ['TRAVELLER'] : [who];
    const opened = await accounts.open({ email: `${who}@example.com`, name: who, password: '', roles: given });
    account[who] = opened!.id;
  }
});
after(() => world[Symbol.asyncDispose]());

/** New for each request: some requests end the session. */
async function headersOf(who: string): Promise<Record<string, string>> {
  if (who === 'anonymous') return {};
  const { accounts, sessions, keys } = await world.stores.account();
  const { session } = (await sessions.begin((await accounts.byId(account[who]!))!))!;
  return bearer((await keys.sign({ account: account[who]!, session: session.id })).token);
}

/** The sentence in a field's description that states its permission; null when the field needs none. */
function needSentence(need: Need): string | null {
  if (need === 'anyone' || need === 'owner') return null;
  return need === 'account' ? 'Needs a signed-in account.' : `Needs the role ${need.roles.join(' or ')}.`;
}

function expected(need: Need, who: (typeof everybody)[number]): string | null {
  if (need === 'anyone' || need === 'owner') return null;
  if (who === 'anonymous') return 'UNAUTHENTICATED';
  if (need === 'account') return null;
  return need.roles.includes(who) ? null : 'FORBIDDEN';
}

describe('every root field', () => {
  test('is in the compiled permissions, which name no unknown field', () => {
    assert.deepEqual(
      roots.map(({ name }) => name).filter((name) => !(name in permissions)),
      [],
    );
    const there = (name: string): boolean => {
      const [type, field] = name.split('.') as [string, string];
      const found = schema.getType(type);
      return isObjectType(found) && field in found.getFields();
    };
    assert.deepEqual(
      Object.keys(permissions).filter((name) => !there(name)),
      [],
    );
  });

  test('states in its description exactly the permission that it needs', () => {
    for (const { name, field } of roots) {
      const sentences = (field.description ?? '').match(
        /Needs (a signed-in account|the role [A-Z_]+( or [A-Z_]+)*)\./g,
      );
      const sentence = needSentence(permissions[name]!);
      assert.deepEqual(sentences ?? [], sentence ? [sentence] : [], name);
    }
  });

  for (const who of everybody) {
    test(`answers ${who} as its permission says`, async () => {
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

describe('every other field', () => {
  test('is in the compiled permissions', () => {
    assert.ok(nested.length > 100);
    assert.deepEqual(
      nested.map(({ name }) => name).filter((name) => permissions[name] === undefined),
      [],
    );
  });

  // the fields that lead to a field decide its callers: this finds a new public path to a restricted field
  test('is reached only through fields with at least the same permission', () => {
    const asMuch = (need: Need, wanted: Need): boolean =>
      wanted === 'anyone' || wanted === 'owner' || JSON.stringify(need) === JSON.stringify(wanted);
    for (const { name, field } of [...roots, ...nested]) {
      const type = getNamedType(field.type);
      if (!isCompositeType(type)) continue;
      // a refusal or a page is only as secret as its content: the members of a union are checked one by one
      for (const reached of isAbstractType(type) ? schema.getPossibleTypes(type) : [type]) {
        for (const need of needsIn(reached))
          assert.ok(asMuch(permissions[name]!, need), `${name} leads to ${reached.name}`);
      }
    }
  });

  test('is refused by its own subgraph without the permission', () => {
    const identityOf = (who: (typeof everybody)[number]): Identity =>
      who === 'anonymous'
        ? { ...anonymous('1'.repeat(32)), address: '192.0.2.1' }
        : signedInAs({ roles: who === 'stranger' ? ['TRAVELLER'] : [who] });
    const asked = new Set<string>();
    for (const subgraph of Object.keys(calls)) {
      const typeDefs = readSdl(join(import.meta.dirname, '../../subgraphs', subgraph));
      type Resolve = (...args: [object, object, { identity: Identity }, object]) => unknown;
      const guarded = guard(subgraph, typeDefs, {}) as Record<string, Record<string, Resolve>>;
      for (const { type, name, field } of nested) {
        if (!typeDefs.definitions.some((each) => 'name' in each && each.name?.value === type)) continue;
        const need = permissions[name]!;
        const resolve = guarded[type]?.[field.name];
        asked.add(name);
        assert.equal(resolve === undefined, need === 'anyone' || need === 'owner', name);
        for (const who of everybody) {
          const ask = () => resolve?.({}, {}, { identity: identityOf(who) }, { fieldName: field.name });
          const want = expected(need, who);
          if (want === null) assert.doesNotThrow(ask, `${name}, ${who}`);
          else assert.throws(ask, { extensions: { code: want } }, `${name}, ${who}`);
        }
      }
    }
    assert.equal(asked.size, nested.length, 'each field was checked');
  });

  test('that belongs to its owner shows nothing to another account', async () => {
    const { accounts, sessions } = await world.stores.account();
    const victim = (await accounts.open({ email: 'v1ctim@example.com', name: 'V1ctim', password: '', roles: roles }))!;
    const session = (await sessions.begin(victim))!.session.id;
    const saved = (await accounts.addTraveller(victim.id, {
      name: 'V1ctim Rao',
      birthDate: '1990-02-28',
      documentKind: 'PASSPORT',
      documentNumber: 'V1CTIM1',
      documentCountry: 'IN',
      documentExpiresOn: '2031-01-01',
    })) as { id: string };
    const owners = nested.filter(({ name }) => permissions[name] === 'owner');
    const gateway = await unlimited();
    const reached = new Set<string>();
    const selectionOf = (type: GraphQLNamedType, above: readonly string[] = []): string => {
      if (isAbstractType(type)) {
        const members = schema.getPossibleTypes(type).map((each) => `... on ${each.name} ${selectionOf(each, above)}`);
        return `{ __typename ${members.join(' ')} }`;
      }
      if (!isObjectType(type)) return '';
      const fields = Object.values(type.getFields()).filter(
        (field) =>
          !isHidden(field) && !field.args.some(isRequiredArgument) && !above.includes(`${type.name}.${field.name}`),
      );
      return `{ __typename ${fields
        .map((field) => {
          const name = `${type.name}.${field.name}`;
          reached.add(name);
          return `${type.name}_${field.name}: ${field.name} ${selectionOf(getNamedType(field.type), [...above, name])}`;
        })
        .join(' ')} }`;
    };
    for (const root of roots) {
      const type = getNamedType(root.field.type);
      if (!isCompositeType(type) || !leadsToOwned(type)) continue;
      for (const id of [victim.id, session, saved.id]) {
        const query = operation(root)
          .replace('{ __typename }', selectionOf(type))
          .replaceAll('id: "none"', `id: "${id}"`);
        for (const who of everybody) {
          const { body: text } = await gateway.inject({ method: 'POST', url: '/graphql', payload: { query }, headers: await headersOf(who) }); // prettier-ignore
          assert.doesNotMatch(text, /V1ctim|V1CTIM|v1ctim|GRAPHQL_VALIDATION_FAILED/, `${root.name}, ${who}`);
          assert.ok(![victim.id, session, saved.id].some((secret) => text.includes(secret)), `${root.name}, ${who}`);
        }
      }
    }
    assert.deepEqual(
      owners.map(({ name }) => name).filter((name) => !reached.has(name)),
      [],
      'each field was requested',
    );
    assert.equal((await accounts.byId(victim.id))?.name, 'V1ctim');
    assert.equal((await accounts.travellers(victim.id)).length, 1, 'nothing was changed');
    assert.equal((await sessions.of(victim.id)).length, 1);
    await gateway.close();
  });
});

/** A gateway with limits high enough to request everything at once: secrecy must not depend on limits. */
const unlimited = () => openFurtherGateway(world.wiring, calls, { limits: UNLIMITED });

/** Whether a field of this type can return a type that belongs to its owner. */
const leadsToOwned = (type: GraphQLNamedType): boolean =>
  (isAbstractType(type) ? schema.getPossibleTypes(type) : [type]).some((each) => needsIn(each).includes('owner'));

const needsIn = (type: GraphQLNamedType): Need[] =>
  nested.flatMap((each) => (each.type === type.name ? [permissions[each.name]!] : []));

describe('a direct call of a subgraph', () => {
  test('is 401 before its body is parsed, whatever it contains', async () => {
    assert.deepEqual(Object.keys(calls).sort(), [
      'account',
      'fare',
      'operations',
      'order',
      'payment',
      'registry',
      'stock',
      'travel',
    ]);
    const body = '{"query":"{ __typename }"}';
    for (const [name, call] of Object.entries(calls)) {
      const { internalKeys } = world.wiring;
      const other = Object.keys(calls).find((each) => each !== name)!;
      const now = world.clock.now();
      const signedFor = (of: string) =>
        signIdentity(signedInAs(), of, graphqlRequest(body), keysFor(of, internalKeys), now);
      const headers: Record<string, string>[] = [
        {},
        { authorization: 'Bearer x' },
        { [IDENTITY_HEADER]: '' },
        { [IDENTITY_HEADER]: 'a.b.c' },
        { [IDENTITY_HEADER]: signedFor(other) },
      ];
      for (const each of headers) {
        for (const text of [body, '{"query":"{ _service { sdl } }"}', 'rubbish', '']) {
          const answer = await call(graphqlRequest(text, each));
          assert.equal(answer.status, 401, `${name} ${text}`);
        }
      }
      const answer = await call(graphqlRequest(body, { [IDENTITY_HEADER]: signedFor(name) }));
      assert.equal(answer.status, 200, 'the gateway gets a response');
    }
  });
});

test("the gateway does not forward a client's own internal headers", async () => {
  const seen: Record<string, string>[] = [];
  await using own = await openWorld({
    between: (name, call) => (request) => {
      if (name === 'account') seen.push(request.headers); // the gateway polls the registry in its own name
      return call(request);
    },
  });
  const admin = signedInAs({ roles: [...roles] });
  const keys = keysFor('account', own.wiring.internalKeys);
  const forged = signIdentity(admin, 'account', graphqlRequest(''), keys, own.clock.now());
  const headers = {
    [IDENTITY_HEADER]: forged,
    'x-fareloom-refresh': 'ses_x.y',
    'x-fareloom-keep': '{}',
    [TIME_LEFT_HEADER]: '999999',
    [EXPLAIN_HEADER]: '1',
    traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    tracestate: 'x=1',
    baggage: 'x=1',
    'x-other': '1',
  };
  const { errors } = await own.graph('{ me { id } }', {}, headers);
  assert.equal(errors?.[0]?.extensions['code'], 'UNAUTHENTICATED');
  assert.equal(seen.length, 0, 'refused before a subgraph is called');
  await own.graph('mutation { signOut { __typename } }', {}, headers);
  assert.equal(seen.length, 1);
  const ours = ['content-type', 'traceparent', IDENTITY_HEADER, TIME_LEFT_HEADER]; // a trace's ids may be a client's
  assert.deepEqual(Object.keys(seen[0]!).sort(), ours);
  assert.notEqual(seen[0]![TIME_LEFT_HEADER], '999999');
  assert.notEqual(seen[0]![IDENTITY_HEADER], forged);
});

test('a refusal is read by the interface Refusal without the rights of other refusals', async () => {
  const { data, errors } = await world.graph<{ signIn: object }>(
    'mutation { signIn(input: { email: "no-account@example.com", password: "wrong" }) { ... on Refusal { message } } }',
  );
  assert.equal(errors, undefined);
  assert.ok('message' in data.signIn);
});
