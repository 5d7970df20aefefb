// Introspection as tools use it: every query that the specification allows is answered, alone and beside data.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  type GraphQLObjectType,
  type IntrospectionQuery,
  isObjectType,
  __Schema,
  __Type,
} from 'graphql';
import { openWorld, type World } from '../kit/world.ts';

let world: World;
before(async () => void (world = await openWorld()));
after(() => world[Symbol.asyncDispose]());

const AIRPORT = 'airport(code: "DEL") { name }';
const airport = { name: 'Indira Gandhi International Airport' };

async function answer(query: string, variables: object = {}) {
  const { status, data, errors } = await world.graph(query, variables);
  assert.deepEqual([status, errors], [200, undefined], query);
  return data;
}

/** All fields of an introspection type, nested to this depth. */
function everything(type: GraphQLObjectType, levels: number): string {
  const fields = Object.values(type.getFields()).flatMap(({ name, args, type: of }) => {
    const inner = getNamedType(of);
    if (isObjectType(inner) && !levels) return [];
    const all = args.some((each) => each.name === 'includeDeprecated') ? '(includeDeprecated: true)' : '';
    return `${name}${all} ${isObjectType(inner) ? everything(inner, levels - 1) : ''}`;
  });
  return `{ __typename ${fields.join(' ')} }`;
}

describe('introspection', () => {
  test('answers the query that tools send, with every option, and clients can build the schema from it', async () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    const schema = buildClientSchema((await answer(query)) as unknown as IntrospectionQuery);
    assert.ok(schema.getQueryType()?.getFields()['shopping']);
    const fares = schema.getType('FareOffer') as GraphQLObjectType;
    assert.ok(!fares.getFields()['departureId'], 'fields hidden from clients are absent');
  });

  test('answers every field that graphql-js knows of every introspection type', async () => {
    await answer(`{ __schema ${everything(__Schema, 1)} }`);
    await answer(`{ __type(name: "ShoppingInput") ${everything(__Type, 2)} }`);
  });

  test('is answered beside data, in the order of the document, and the data is fetched', async () => {
    const data = await answer(
      `query Mixed($name: String!, $no: Boolean!) { a: ${AIRPORT} t: __type(name: $name) { ...T } ...Q b: __typename
        none: __type(name: "Nothing") { name } left: __type(name: "Query") @skip(if: $no) { name } }
       fragment Q on Query { ... on Query { i: __schema { queryType { name } } } c: ${AIRPORT} }
       fragment T on __Type { name isOneOf inputFields { name } }`,
      { name: 'TravellerCount', no: true },
    );
    assert.deepEqual(Object.entries(data), [
      ['a', airport],
      ['t', { name: 'TravellerCount', isOneOf: false, inputFields: [{ name: 'type' }, { name: 'count' }] }],
      ['i', { queryType: { name: 'Query' } }],
      ['c', airport],
      ['b', 'Query'],
      ['none', null],
    ]);
  });

  test('is still answered when the data beside it fails', async () => {
    const { status, data, errors } = await world.graph('{ me { id } __type(name: "Query") { name } }');
    assert.deepEqual([status, data], [200, { me: null, __type: { name: 'Query' } }]);
    assert.deepEqual(
      errors?.map(({ extensions }) => extensions['code']),
      ['UNAUTHENTICATED'],
    );
  });
});
