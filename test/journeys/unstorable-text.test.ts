// Text that no database can store is refused wherever it appears, before the gateway calls a subgraph.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  getNamedType,
  type GraphQLInputType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import type { Log } from '../../infra/logging/log.ts';
import { signedUp } from '../kit/person.ts';
import { graphqlRequest, withIdentity } from '../kit/signed.ts';
import { openWorld, type World } from '../kit/world.ts';

const BAD = ['\u0000', 'a\u0000b', '\ud800', 'x\udc00y'];
const supergraph = readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8');
const schema = buildSchema(supergraph, { assumeValidSDL: true });

let world: World;
const calls: Record<string, Call> = {};
let asked = 0;
const lines: string[] = [];
before(async () => {
  const error = (message: string, fields: object = {}) => void lines.push(message + JSON.stringify(fields));
  const log: Log = { debug: () => undefined, info: () => undefined, warn: error, error, child: () => log };
  world = await openWorld({
    log,
    between: (name, call) => {
      calls[name] = call;
      return (request) => (asked++, call(request));
    },
  });
});
after(() => world[Symbol.asyncDispose]());

/** Every path to a String or an ID inside a type, with a value that has `text` at that path. */
function* values(type: GraphQLInputType, text: string, depth = 0): Generator {
  if (isNonNullType(type)) yield* values(type.ofType, text, depth);
  else if (isListType(type)) for (const value of values(type.ofType, text, depth)) yield [value];
  else if (isInputObjectType(type) && depth < 4) {
    const fields = Object.values(type.getFields());
    const usual = Object.fromEntries(
      fields.filter((field) => isNonNullType(field.type)).map((field) => [field.name, plain(field.type)]),
    );
    for (const field of fields) {
      for (const value of values(field.type, text, depth + 1)) yield { ...usual, [field.name]: value };
    }
  } else if ('name' in type && (type.name === 'String' || type.name === 'ID')) yield text;
}

function plain(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return plain(type.ofType);
  if (isListType(type)) return [plain(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(fields.map((field) => [field.name, plain(field.type)]));
  }
  return (
    { Int: 1, Boolean: true, AirportCode: 'DEL', Date: '2026-03-24', Decimal: '1.00', CurrencyCode: 'INR' }[
      type.name
    ] ?? 'x'
  );
}

test('in every string argument of every root field it is BAD_USER_INPUT that names the argument, and no subgraph is called', async () => {
  const asha = await signedUp(world, 'text@example.com', 'FARE_MANAGER', 'ADMIN');
  world.clock.advance(5000);
  await asha.ask('{ me { id } }');
  let tried = 0;
  for (const root of [schema.getQueryType()!, schema.getMutationType()!]) {
    for (const field of Object.values(root.getFields())) {
      if (field.astNode!.directives!.some(({ name }) => name.value === 'inaccessible')) continue;
      for (const argument of field.args) {
        for (const value of values(argument.type, BAD[tried % BAD.length]!)) {
          tried++;
          const selection = isCompositeType(getNamedType(field.type)) ? '{ __typename }' : '';
          const others = field.args
            .filter((each) => each !== argument && isNonNullType(each.type))
            .map((each) => ({ name: each.name, type: each.type, value: plain(each.type) }));
          const given = [{ name: argument.name, type: argument.type, value }, ...others];
          const query = `${root.name.toLowerCase()} Q(${given.map((each) => `$${each.name}: ${String(each.type)}`).join(', ')}) {
            ${field.name}(${given.map((each) => `${each.name}: $${each.name}`).join(', ')}) ${selection} }`;
          const before = asked;
          const { status, errors, text } = await asha.ask(
            query,
            Object.fromEntries(given.map((each) => [each.name, each.value])),
          );
          assert.equal(status, 400, `${query} ${text}`);
          assert.equal(errors?.[0]?.extensions['code'], 'BAD_USER_INPUT', text);
          assert.equal(String(errors[0].extensions['argument']).split(/[.[]/)[0], argument.name, text);
          assert.equal(asked, before, 'no subgraph was called');
        }
      }
    }
  }
  assert.ok(tried > 20, `${tried} paths were found`);
});

test('its position is named: in a literal, in a list, in a part of an object', async () => {
  const asha = await signedUp(world, 'named@example.com');
  const add = (input: string) => `mutation { addSavedTraveller(input: ${input}) { __typename } }`;
  const cases: [string, object, string][] = [
    ['{ airports(search: "a\\u0000") { __typename } }', {}, 'search'],
    ['query($s: String) { airports(search: $s) { __typename } }', { s: '\ud83d' }, 'search'],
    [add('{ name: "\\u0000", birthDate: "2000-01-01" }'), {}, 'input.name'],
    [
      'mutation($i: SavedTravellerInput!) { addSavedTraveller(input: $i) { __typename } }',
      {
        i: {
          name: 'A',
          birthDate: '2000-01-01',
          document: { kind: 'PASSPORT', number: '\u0000', country: 'IN', expiresOn: '2030-01-01' },
        },
      },
      'input.document.number',
    ],
  ];
  for (const [query, variables, argument] of cases) {
    const { errors } = await asha.ask(query, variables);
    assert.deepEqual(
      errors?.map(({ extensions: { code, faults } }) => ({ code, faults })),
      [
        {
          code: 'BAD_USER_INPUT',
          faults: [{ argument, message: 'String cannot hold the character U+0000 or half of a surrogate pair.' }],
        },
      ],
    );
  }
  assert.equal((await asha.ask('{ airports(search: "\\u{1F600}") { __typename } }')).errors, undefined, 'a whole pair');
});

test('a subgraph called past the gateway refuses it, too, and nothing of it is logged', async () => {
  const ask = async (name: string, request: object) => {
    const visitor = anonymous('1'.repeat(32), '192.0.2.1');
    const keys = world.wiring.subgraphKeys(name);
    const asked = graphqlRequest(JSON.stringify(request));
    return String((await calls[name]!(withIdentity(asked, visitor, name, keys, world.clock.now()))).body);
  };
  const query = 'query($t: String) { airports(search: $t) { __typename } }';
  assert.match(await ask('travel', { query, variables: { t: '\u0000' } }), /BAD_USER_INPUT/);
  assert.match(await ask('travel', { query: '{ airports(search: "\\u0000") { __typename } }' }), /cannot hold/);
  assert.deepEqual(lines, []);
});

test('variables nested deeper than the call stack are answered', async () => {
  const deep = `${'['.repeat(45_000)}${']'.repeat(45_000)}`;
  const payload = `{"query":"query($s: String) { airports(search: $s) { __typename } }","variables":{"s":${deep}}}`;
  const response = await world.gateway.inject({
    method: 'POST',
    url: '/graphql',
    payload,
    headers: { 'content-type': 'application/json' },
  });
  assert.ok(response.statusCode === 400, response.body.slice(0, 200));
});
