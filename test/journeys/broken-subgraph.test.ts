// A subgraph with invalid answers: its part is null with one coded error, and the answers of others are complete.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { aFare, openWorld } from '../kit/world.ts';

const QUERY = `query($no: Boolean = false) {
  airport(code: "DEL") @skip(if: $no) { city }
  fares: __typename
}`;

const SHOPPING = `query($input: ShoppingInput!) {
  shopping(input: $input) { price { total { amount } } travel { summary } }
}`;
const variables = { input: { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' } };

const answering =
  (body: string): Call =>
  async () => ({ status: 200, body, headers: { 'content-type': 'application/json' } });

const broken: [string, Call][] = [
  [
    'throws at once',
    () => {
      throw new Error('no');
    },
  ],
  ['rejects', () => Promise.reject(new Error('no'))],
  ['answers no JSON', answering('<html>')],
  ['answers data without a field', answering('{"data":{}}')],
  ['answers no data and no errors', answering('{}')],
];

for (const [what, travel] of broken) {
  test(`a subgraph that ${what} is a DOWNSTREAM_ERROR`, async () => {
    await using world = await openWorld({ between: (name, call) => (name === 'travel' ? travel : call) });
    const { status, data, errors } = await world.graph('{ airport(code: "DEL") { city } __typename }');
    assert.deepEqual([status, data], [200, { airport: null, __typename: 'Query' }]);
    assert.deepEqual(
      errors?.map(({ extensions: { code, service } }) => [code, service]),
      [['DOWNSTREAM_ERROR', 'travel']],
    );
  });
}

test('a null part of one failed service does not remove the part of the other, in either order', async () => {
  const nothing = answering('{"data":{"shopping":null},"errors":[{"message":"no","path":["shopping"]}]}');
  for (const first of ['fare', 'travel']) {
    const said = Promise.withResolvers<void>();
    await using world = await openWorld({
      between: (name, call) => async (request) => {
        if (name === first) setImmediate(said.resolve);
        else await said.promise;
        return name === 'travel' ? nothing(request) : call(request);
      },
    });
    await world.file([aFare()]);
    const { data, errors } = await world.graph<{ shopping: object }>(SHOPPING, variables);
    assert.deepEqual(data.shopping, { price: { total: { amount: '3897.00' } }, travel: null }, `${first} first`);
    assert.deepEqual(
      errors?.map(({ extensions: { code, service } }) => [code, service]),
      [['DOWNSTREAM_ERROR', 'travel']],
    );
  }
});

test('null for a non-null field of the root is an error with its path, even if the subgraph gives no reason', async () => {
  const nothing = answering('{"data":{"addToCart":null}}');
  await using world = await openWorld({ between: (name, call) => (name === 'order' ? nothing : call) });
  const { errors } = await world.graph('mutation { addToCart(token: "x") { __typename } }');
  assert.deepEqual(
    errors?.map(({ path, extensions: { code, service } }) => [path, code, service]),
    [[['addToCart'], 'DOWNSTREAM_ERROR', 'order']],
  );
});

test('the same field under several aliases and in fragments is reported under the names of the client', async () => {
  await using world = await openWorld({ between: (name, call) => (name === 'travel' ? answering('{}') : call) });
  const { errors } = await world.graph(
    `{ a: airport(code: "DEL") { city } ...F } fragment F on Query { b: airport(code: "BLR") { city } }`,
  );
  assert.deepEqual(errors?.map(({ path }) => String(path)).sort(), ['a', 'b']);
});

test('a field that the client left out is not a failure', async () => {
  await using world = await openWorld();
  const { data, errors } = await world.graph(QUERY, { no: true });
  assert.deepEqual([data, errors], [{ fares: 'Query' }, undefined]);
});
