// One field fails: the response contains the results of the document's other fields.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { onSale } from '../kit/seats.ts';
import { signedUp } from '../kit/person.ts';
import { aFare, type Answer, openWorld } from '../kit/world.ts';

/** Errors by path, code and service. */
const told = ({ errors }: Answer<unknown>) =>
  errors?.map(({ path, extensions: { code, service } }) => [path?.join('.'), code, service]);

/** A subgraph that a test can make unavailable. */
function leaving(service: string) {
  const state = { isAway: false };
  const between = (name: string, call: Call): Call =>
    name === service ? (request) => (state.isAway ? Promise.reject(new Error('away')) : call(request)) : call;
  return { between, leave: () => void (state.isAway = true) };
}

test('of two mutations the second fails because its service is unavailable: the result of the first is returned', async () => {
  const payment = leaving('payment');
  await using world = await openWorld(payment);
  const asha = await signedUp(world);
  payment.leave();
  const answer = await asha.ask(`mutation {
    changeName(name: "Asha Devi Rao") { ... on Account { name } }
    topUp(amount: "10.00", currency: "INR", idempotencyKey: "k-1") { __typename } }`);
  assert.deepEqual([answer.status, answer.data], [200, { changeName: { name: 'Asha Devi Rao' }, topUp: null }]);
  assert.deepEqual(told(answer), [['topUp', 'DOWNSTREAM_ERROR', 'payment']]);
});

test('of two mutations of one service the second is refused: the result of the first is returned', async () => {
  await using world = await openWorld();
  const asha = await signedUp(world);
  const answer = await asha.ask(`mutation {
    changeName(name: "Asha Devi Rao") { ... on Account { name } }
    grantRole(email: "asha.rao@example.com", role: ADMIN) { __typename } }`);
  assert.deepEqual([answer.status, answer.data], [200, { changeName: { name: 'Asha Devi Rao' }, grantRole: null }]);
  assert.deepEqual(told(answer), [['grantRole', 'FORBIDDEN', undefined]]);
});

test('failing lists of orders and departures affect no other field of the query', async () => {
  for (const [service, field] of [
    ['order', 'orders'],
    ['stock', 'departures'],
  ] as const) {
    const list = leaving(service);
    await using world = await openWorld(list);
    const olga = await signedUp(world, 'olga@example.com', 'OPERATOR');
    list.leave();
    const answer = await olga.ask(`{ me { email } ${field} { edges { cursor } } }`);
    assert.deepEqual([answer.status, answer.data], [200, { me: { email: 'olga@example.com' }, [field]: null }]);
    assert.deepEqual(told(answer), [[field, 'DOWNSTREAM_ERROR', service]]);
  }
});

test('departures are listed with the names of their airports while the airport service is unavailable', async () => {
  const travel = leaving('travel');
  await using world = await openWorld(travel);
  const olga = await signedUp(world, 'olga@example.com', 'OPERATOR');
  await onSale((await world.stores.stock()).db, { dep_1: 9 });
  travel.leave();
  const { data, errors } = await olga.ask('{ departures { edges { node { origin { code city } total } } } }');
  assert.deepEqual(errors, undefined);
  assert.deepEqual(data, { departures: { edges: [{ node: { origin: { code: 'DEL', city: 'Delhi' }, total: 9 } }] } });
});

test('an object that is null because one of its fields failed has the error at the field, in the client’s names', async () => {
  const fare = leaving('fare');
  await using world = await openWorld(fare);
  await world.file([aFare()]);
  const asha = await signedUp(world);
  const found = await world.graph<{ shopping: { price: { offer: { offerToken: string } } } }>(
    '{ shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) { price { offer { offerToken } } } }',
  );
  const token = found.data.shopping.price.offer.offerToken;
  await asha.ask('mutation($token: String!) { addToCart(token: $token) { __typename } }', { token });
  fare.leave();
  for (const [asked, name, field] of [
    ['offer { brand }', 'offer', 'brand'],
    ['offer { id: brand }', 'offer', 'id'],
    ['id: offer { id: brand }', 'id', 'id'],
  ] as const) {
    const answer = await asha.ask(`{ me { email } cart { items { ${asked} } } }`);
    assert.deepEqual(answer.data, { me: { email: asha.email }, cart: { items: [{ [name]: null }] } });
    assert.deepEqual(told(answer), [[`cart.items.0.${name}.${field}`, 'DOWNSTREAM_ERROR', 'fare']]);
  }
});
