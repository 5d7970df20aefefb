// Compiled plans: what a hostile client or a malformed reply could make of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { signedUp } from '../kit/person.ts';
import { aFare, openWorld } from '../kit/world.ts';

/** The reply of one subgraph, replaced while `body` is set. */
function replacing(service: string) {
  const state: { body?: (body: string) => string } = {};
  const between = (name: string, call: Call): Call =>
    name === service
      ? async (request) => {
          const reply = await call(request);
          return state.body ? { ...reply, body: state.body(String(reply.body)) } : reply;
        }
      : call;
  return { between, state };
}

test('null for a variable of @skip or @include is refused, as neither true nor false is meant', async () => {
  await using world = await openWorld();
  const query = 'query($no: Boolean = true) { airport(code: "DEL") @skip(if: $no) { city } __typename }';
  assert.deepEqual((await world.graph(query)).data, { __typename: 'Query' });
  const { status, errors } = await world.graph(query, { no: null });
  assert.deepEqual([status, errors?.map(({ extensions }) => extensions['code'])], [400, ['BAD_USER_INPUT']]);
});

test('a null with an error says nothing about whether the entity exists: what requires it has the error', async () => {
  const fare = replacing('fare');
  await using world = await openWorld(fare);
  await world.file([aFare()]);
  const asha = await signedUp(world);
  const found = await world.graph<{ shopping: { price: { offer: { offerToken: string } } } }>(
    '{ shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) { price { offer { offerToken } } } }',
  );
  const token = found.data.shopping.price.offer.offerToken;
  await asha.ask('mutation($token: String!) { addToCart(token: $token) { __typename } }', { token });
  fare.state.body = () =>
    '{"data":{"_entities":[null]},"errors":[{"message":"no database","path":["_entities",0],"extensions":{"http":{"status":418}}}]}';
  const { status, data, errors } = await asha.ask('{ cart { items { change } } }');
  assert.deepEqual([status, data], [200, { cart: { items: [{ change: null }] } }]);
  assert.deepEqual([...new Set(errors?.map(({ extensions }) => extensions['service']))], ['fare']);
});

test('a reply with malformed errors costs its own fields, and the other fields are returned', async () => {
  const travel = replacing('travel');
  await using world = await openWorld(travel);
  const asha = await signedUp(world);
  for (const error of ['{"message":"x","path":[{"toString":null}]}', '{"message":{"toString":null}}']) {
    travel.state.body = () => `{"data":{},"errors":[${error}]}`;
    const { status, data, errors } = await asha.ask('{ me { email } airport(code: "DEL") { city } }');
    assert.deepEqual([status, data], [200, { me: { email: asha.email }, airport: null }]);
    assert.deepEqual(
      errors?.map(({ path, extensions: { code, service } }) => [path, code, service]),
      [[['airport'], 'DOWNSTREAM_ERROR', 'travel']],
    );
  }
});
