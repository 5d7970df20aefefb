// A client may choose any response name, also the names of fields that the gateway itself requests from the subgraphs.
import { Supergraph } from '@apollo/federation-internals';
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { documents, underClients, withHarmlessAliases } from '../made-up/documents.ts';
import { adult, contact, PLACE, type Placed } from '../kit/ordering.ts';
import { signedUp } from '../kit/person.ts';
import { aFare, openWorld, type World } from '../kit/world.ts';

const RUNS = Number(process.env['RUNS'] ?? 60); // random documents
const SHOPPING = 'shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" })';

type Ask = (query: string, variables?: object) => Promise<{ data: unknown; errors?: unknown[] }>;

/** Asserts that a document gets the same response as with unique aliases, and returns the response. */
async function assertAnswered(ask: Ask, query: string, variables: object = {}): Promise<unknown> {
  const { text, clients } = withHarmlessAliases(query);
  const [{ data, errors }, harmless] = [await ask(query, variables), await ask(text, variables)];
  assert.equal(JSON.stringify(data, null, 1), JSON.stringify(underClients(harmless.data, clients), null, 1), query);
  assert.deepEqual(errors?.length, harmless.errors?.length, query);
  return data;
}

describe('whatever alias a client chooses, it gets the field that it requested', () => {
  let world: World;
  let asha: Awaited<ReturnType<typeof signedUp>>;
  let offerToken: string;
  let orderId: string;
  let number: string;
  let cartId: string;

  before(async () => {
    world = await openWorld();
    await world.file([aFare()]);
    asha = await signedUp(world);
    const offers = await world.graph<{ shopping: { price: { offer: { offerToken: string } } } }>(
      `{ ${SHOPPING} { price { offer { offerToken } } } }`,
    );
    ({ offerToken } = offers.data.shopping.price.offer);
    const input = { offers: [{ token: offerToken, travellers: [adult] }], contact, idempotencyKey: 'a' };
    const placed = await asha.ask<{ placeOrder: Placed }>(PLACE, { input });
    ({ id: orderId, number } = placed.data.placeOrder);
    const cart = await world.graph<{ addToCart: { id: string } }>(
      'mutation($token: String!) { addToCart(token: $token) { ... on Cart { id } } }',
      { token: offerToken },
    );
    cartId = cart.data.addToCart.id;
  });
  after(() => world[Symbol.asyncDispose]());

  test('an order’s number as id', async () => {
    const query = 'query($id: ID!) { order(id: $id) { id: number payments { id } } }';
    assert.deepEqual(await assertAnswered(asha.ask, query, { id: orderId }), { order: { id: number, payments: [] } });
  });

  test('an account’s email as id', async () => {
    const data = await assertAnswered(asha.ask, '{ me { id: email wallets { currency } } }');
    assert.deepEqual(data, { me: { id: asha.email, wallets: [] } });
  });

  test('a city as code', async () => {
    const query = `{ ${SHOPPING} { offers(first: 1) { edges { node { slices {
      destination { code: city guide { airport { code } } } } } } } } }`;
    const [city] = JSON.stringify(await assertAnswered(world.graph, query)).match(/"destination":\{"code":"[^"]*"/)!;
    assert.equal(city, '"destination":{"code":"Bengaluru"');
  });

  for (const name of ['departureId', 'id', '__typename', '__proto__', 'constructor', 'seats', 'alias1_id']) {
    test(`an offer’s brand as ${name}, beside the seats that are left`, async () => {
      const query = `{ ${SHOPPING} { offers(first: 1) { edges { node { ${name}: brand seatsLeft } } } } }`;
      const text = JSON.stringify(await assertAnswered(world.graph, query));
      assert.equal(text, `{"shopping":{"offers":{"edges":[{"node":{"${name}":"STANDARD","seatsLeft":9}}]}}}`);
    });
  }

  test('a cart’s items, and the offer fields that each requires', async () => {
    for (const item of [
      'offer: id change',
      'change offer: isExpired',
      'change offer { total: id }',
      'offer { total: brand amount: cabin id: seatsLeft } change id: change',
      'change offer { total { amount: currency currency: amount } }',
    ]) {
      const query = `query($id: ID) { cart(id: $id) { id: __typename items { ${item} } } }`;
      assert.match(JSON.stringify(await assertAnswered(world.graph, query, { id: cartId })), /"SAME"/);
    }
  });

  test('in fragments, on a union, of the root, and beside variables', async () => {
    const query = `query($id: ID!, $representations: Boolean = true, $no: Boolean = false) {
      order: __typename
      __typename: order(id: $id) { ...A ... on Order { id: number payments @skip(if: $no) { id: status } } }
    }
    fragment A on Order { id: number payments @include(if: $representations) { order { id: number payments { status: id } } } }`;
    const data = await assertAnswered(asha.ask, query, { id: orderId });
    assert.deepEqual(data, { order: 'Query', __typename: { id: number, payments: [] } });
    const mutation = `mutation($orderId: ID!) { startPayment(orderId: $orderId, method: WALLET, idempotencyKey: "x") {
      id: __typename ... on PaymentRefusal { order: code } } }`;
    assert.match(JSON.stringify(await assertAnswered(asha.ask, mutation, { orderId })), /"id":"PaymentRefusal"/);
  });

  test('in introspection', async () => {
    const query =
      '{ __typename: __type(name: "Order") { id: name key: fields(includeDeprecated: true) { id: name } } }';
    assert.match(JSON.stringify(await assertAnswered(world.graph, query)), /"id":"Order"/);
  });

  test('any names in any document', async (t) => {
    const seed = Number(process.env['TEST_SEED'] ?? randomInt(2 ** 31));
    t.diagnostic(`TEST_SEED=${seed}`);
    const sdl = readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8');
    const schema = Supergraph.build(sdl).apiSchema().toGraphQLJSSchema();
    const values = {
      input: ['{ origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }'],
      code: ['"DEL"', '"BLR"'],
      search: ['"del"'],
      first: ['1', '2'],
      id: [`"${orderId}"`, `"${cartId}"`],
    };
    const roots = ['shopping', 'airport', 'airports', 'me', 'order', 'cart'];
    const asked = fc.asyncProperty(documents(schema, { values, roots, depth: 7 }), async (document) => {
      await assertAnswered(asha.ask, document);
    });
    await fc.assert(asked, { seed, numRuns: RUNS, endOnFailure: true });
  });
});

describe('when a service fails', () => {
  test('each field that is null has an error with its path, in the client’s names', async () => {
    await using world = await openWorld({
      between: (name, call) => (name === 'stock' ? () => Promise.reject(new Error('gone')) : call),
    });
    await world.file([aFare()]);
    for (const [fields, name] of [
      ['id: seatsLeft departureId: brand', 'id'],
      ['departureId: seatsLeft seatsLeft: brand', 'departureId'],
      ['seatsLeft departureId: brand', 'seatsLeft'],
    ]) {
      const { errors } = await world.graph(
        `{ code: ${SHOPPING} { key: offers(first: 1) { id: edges { node { ${fields} } } } } }`,
      );
      assert.deepEqual(
        errors?.map(({ path, extensions: { service } }) => [path, service]),
        [[['code', 'key', 'id', 0, 'node', name], 'stock']],
      );
    }
  });
});

test('a shared or cached response has the client’s names', async () => {
  await using world = await openWorld({ env: { ANSWER_CACHE: 'on' } });
  await world.file([aFare()]);
  const query = `{ ${SHOPPING} { offers(first: 1) { edges { node { departureId: brand seatsLeft } } } } }`;
  const answers = [...(await Promise.all([world.graph(query), world.graph(query)])), await world.graph(query)];
  for (const { text } of answers) assert.match(text, /"node":\{"departureId":"STANDARD","seatsLeft":9\}/);
});
