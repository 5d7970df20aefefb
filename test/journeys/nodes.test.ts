// Global ids: `node` and `nodes` find any object keyed by its id, once its subgraph has confirmed access for this
// caller.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildSchema, type GraphQLInterfaceType } from 'graphql';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { subgraphSdls } from '../../schema/composition/checkout.ts';
import { ASKED_BY } from '../../schema/wire/explaining.ts';
import { nodeFaults } from '../../schema/composition/nodes.ts';
import { demoGuides } from '../../subgraphs/travel/demo/demo.ts';
import { adult, contact, PLACE, type Placed } from '../kit/ordering.ts';
import { signedUp } from '../kit/person.ts';
import { aFare, openWorld, type World } from '../kit/world.ts';

type Person = Awaited<ReturnType<typeof signedUp>>;
interface Found {
  __typename: string;
  id: string;
}

const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }';
const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';

const away = new Set<string>();
const calls: string[] = [];
const between =
  (name: string, call: Call): Call =>
  (request) => {
    calls.push(name);
    return away.has(name) ? Promise.reject(new Error('away')) : call(request);
  };

let world: World;
let asha: Person;
let ben: Person;
/** An object of each type. */
let ids: Record<string, string>;

before(async () => {
  world = await openWorld({ between });
  await world.file([aFare()]);
  const { travel } = await world.stores.travel();
  await travel.file(demoGuides(world.clock.now()));
  [asha, ben] = [await signedUp(world), await signedUp(world, 'ben@example.com')];
  ids = await everyId();
});
after(() => world[Symbol.asyncDispose]());

/** An object of every type, Asha's own or public. */
async function everyId(): Promise<Record<string, string>> {
  const { data, errors } = await asha.ask<{
    shopping: {
      price: { offer: { id: string; offerToken: string } };
      travel: { sights: List; stays: { edges: { node: { id: string; reviews: List } }[] } };
    };
  }>(`{ shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) {
    price { offer { id offerToken } }
    travel { sights(first: 1) { edges { node { id } } }
      stays(first: 1) { edges { node { id reviews(first: 1) { edges { node { id } } } } } } } } }`);
  assert.equal(errors, undefined);
  const { price, travel } = data.shopping;
  const { offerToken: token } = price.offer;
  const input = { offers: [{ token, travellers: [adult] }], contact, idempotencyKey: 'nodes-1' };
  const order = (await asha.ask<{ placeOrder: Placed }>(PLACE, { input })).data.placeOrder.id;
  const made = await asha.ask<{
    cart: { items: { id: string }[] };
    saved: { id: string };
    paid: { id: string };
  }>(
    `mutation ($token: String!) {
      cart: addToCart(token: $token) { ... on Cart { items { id } } }
      saved: addSavedTraveller(input: { name: "Kabir Rao", birthDate: "2019-06-02" }) { ... on SavedTraveller { id } }
      paid: topUp(amount: "10.00", currency: "INR", idempotencyKey: "nodes-1") { ... on Payment { id } } }`,
    { token },
  );
  assert.equal(made.errors, undefined);
  const [stay] = travel.stays.edges;
  return {
    Account: asha.id,
    CartItem: made.data.cart.items[0]!.id,
    FareOffer: price.offer.id,
    Order: order,
    Payment: made.data.paid.id,
    Review: stay!.node.reviews.edges[0]!.node.id,
    SavedTraveller: made.data.saved.id,
    Sight: travel.sights.edges[0]!.node.id,
    Stay: stay!.node.id,
  };
}
interface List {
  edges: { node: { id: string } }[];
}

const OWNED = ['Account', 'CartItem', 'Order', 'Payment', 'SavedTraveller'];

describe('node', () => {
  test('finds an object of every type that implements Node, with its type', async () => {
    const sdl = readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8');
    const schema = buildSchema(sdl, { assumeValidSDL: true });
    const types = schema.getPossibleTypes(schema.getType('Node') as GraphQLInterfaceType).map(({ name }) => name);
    assert.deepEqual(types.toSorted(), Object.keys(ids));
    for (const [type, id] of Object.entries(ids)) {
      const { data, errors } = await asha.ask(NODE, { id });
      assert.deepEqual([data, errors], [{ node: { __typename: type, id } }, undefined]);
    }
  });

  test('returns the fields of its type from all subgraphs', async () => {
    const { data, errors } = await asha.ask(
      `query ($order: ID!, $offer: ID!, $stay: ID!) {
        order: node(id: $order) { ... on Order { total { amount } payments { id } } }
        offer: node(id: $offer) { ... on FareOffer { total { amount } airports: slices { origin { code name } } } }
        stay: node(id: $stay) { ... on Stay { reviews(first: 1) { edges { node { id } } } } } }`,
      { order: ids['Order'], offer: ids['FareOffer'], stay: ids['Stay'] },
    );
    assert.equal(errors, undefined);
    assert.deepEqual(data, {
      order: { total: { amount: '3897.00' }, payments: [] },
      offer: {
        total: { amount: '3897.00' },
        airports: [{ origin: { code: 'DEL', name: 'Indira Gandhi International Airport' } }],
      },
      stay: { reviews: { edges: [{ node: { id: ids['Review'] } }] } },
    });
  });

  test('is null for an object of another account, whatever the selection', async () => {
    const whatever = [
      '__typename',
      'id',
      '... on Order { payments { id } status }',
      '... on Account { wallets { currency } orders { edges { cursor } } }',
    ];
    for (const type of OWNED) {
      for (const selection of whatever) {
        for (const headers of [ben.headers, {}]) {
          const query = `query ($id: ID!) { node(id: $id) { ${selection} } }`;
          const { data, errors } = await world.graph(query, { id: ids[type] }, headers);
          assert.deepEqual([data, errors], [{ node: null }, undefined], `${type} ${selection}`);
        }
      }
    }
  });

  test('is null for an unknown id, and calls no subgraph for an unknown prefix', async () => {
    for (const id of Object.values(ids)) {
      const unknown = `${id.slice(0, 5)}${'0'.repeat(25)}`;
      const { data, errors } = await asha.ask(NODE, { id: unknown });
      assert.deepEqual([data, errors], [{ node: null }, undefined], unknown);
    }
    calls.length = 0;
    for (const id of ['', '_', 'ord', 'ordx', 'nope_1', 'constructor_1', 'ORD_1', ' ord_1']) {
      const { data, errors } = await world.graph(NODE, { id });
      assert.deepEqual([data, errors], [{ node: null }, undefined], id);
    }
    assert.deepEqual(calls, []);
  });

  test('is never cached for others when it belongs to an account', async () => {
    const url = `/graphql?${new URLSearchParams({ query: `{ node(id: "${ids['Order']}") { id } }` })}`;
    const headers = { 'apollo-require-preflight': '1', ...asha.headers };
    const answer = await world.gateway.inject({ url, headers });
    assert.equal(answer.headers['cache-control'], 'private, no-store');
  });
});

describe('nodes', () => {
  test('returns each object at the position of its id, null for unknown ids, and calls each owner once', async () => {
    calls.length = 0;
    const { Order, Stay, Sight, Payment } = ids;
    const wanted = [Stay, 'nope_1', Order, Stay, 'ord_unknown', Sight, Payment];
    const { data, errors } = await asha.ask<{ nodes: (Found | null)[] }>(NODES, { ids: wanted });
    assert.equal(errors, undefined);
    assert.deepEqual(
      data.nodes.map((found) => found?.__typename ?? null),
      ['Stay', null, 'Order', 'Stay', null, 'Sight', 'Payment'],
    );
    assert.deepEqual(calls.filter((name) => name !== 'account').toSorted(), ['order', 'payment', 'travel']);
  });

  test('accepts a hundred ids and refuses more', async () => {
    const of = (count: number) => asha.ask(NODES, { ids: Array.from({ length: count }, () => ids['Stay']) });
    assert.equal((await of(100)).errors, undefined);
    const { data, errors } = await of(101);
    assert.deepEqual(data, { nodes: null });
    assert.deepEqual([errors?.[0]?.extensions['code'], errors?.[0]?.extensions['argument']], ['BAD_USER_INPUT', 'ids']);
  });

  test('costs in proportion to the number of ids', async () => {
    const cost = async (count: number) => {
      const variables = { ids: Array.from({ length: count }, () => ids['Stay']) };
      const { text } = await world.graph(NODES, variables, { ...asha.headers, [ASKED_BY]: '1' });
      const { extensions } = JSON.parse(text) as { extensions: { explain: { cost: { of: number } } } };
      return extensions.explain.cost.of;
    };
    assert.deepEqual([await cost(1), await cost(3)], [1, 3]);
  });

  test('loses only the objects of a subgraph that does not respond, and names that subgraph', async () => {
    away.add('order');
    const { data, errors } = await asha.ask<{ nodes: (Found | null)[]; node: Found | null }>(
      'query ($ids: [ID!]!, $id: ID!) { nodes(ids: $ids) { __typename } node(id: $id) { __typename } }',
      { ids: [ids['Stay'], ids['Order']], id: ids['CartItem'] },
    );
    away.delete('order');
    assert.deepEqual(data, { nodes: [{ __typename: 'Stay' }, null], node: null });
    assert.deepEqual(
      errors?.map(({ path, extensions: { code, service } }) => [path?.join('.'), code, service]).toSorted(),
      [
        ['node', 'DOWNSTREAM_ERROR', 'order'],
        ['nodes.1', 'DOWNSTREAM_ERROR', 'order'],
      ],
    );
  });
});

test('a type that is keyed by its id and has no known prefix does not compose', () => {
  const parts = subgraphSdls().map(({ name, sdl }) => ({
    name,
    sdl: name === 'fare' ? `${sdl}\ntype Voucher @key(fields: "id") { id: ID! }` : sdl,
  }));
  assert.deepEqual(nodeFaults(subgraphSdls()), []);
  assert.deepEqual(nodeFaults(parts), ['Voucher: name the prefix of its ids in schema/composition/nodes.ts.']);
});
