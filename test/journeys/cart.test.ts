// Carts through the gateway: filled without an account, claimed at sign-in, re-priced when read, ordered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adult, contact } from '../kit/ordering.ts';
import { signedUp } from '../kit/person.ts';
import { aFare, openWorld, type World } from '../kit/world.ts';
import { eventually } from '../kit/eventually.ts';

const MINUTE = 60_000;
const CART = `id items { id change isExpired priceWhenAdded { amount } offer { total { amount } offerToken } travellers { name } }`;
const RESULT = `{ __typename ... on Cart { ${CART} } ... on OrderRefusal { code } }`;

interface Cart {
  __typename: string;
  code?: string;
  id: string;
  items: {
    id: string;
    change: string | null;
    isExpired: boolean;
    priceWhenAdded: { amount: string };
    offer: { total: { amount: string }; offerToken: string } | null;
    travellers: { name: string }[] | null;
  }[];
}
type Headers = Record<string, string>;

const carts = (world: World, headers: Headers = {}) => {
  async function ask<T>(query: string, variables: object): Promise<T> {
    const { data, errors } = await world.graph<{ result: T }>(query, variables, headers);
    assert.equal(errors, undefined);
    return data.result;
  }
  return {
    read: (id: string | null = null) =>
      ask<Cart | null>(`query ($id: ID) { result: cart(id: $id) { ${CART} } }`, { id }),
    add: (variables: object) =>
      ask<Cart>(`mutation ($cart: ID, $token: String!, $travellers: [OrderTravellerInput!]) {
        result: addToCart(cart: $cart, token: $token, travellers: $travellers) ${RESULT} }`, variables), // prettier-ignore
    change: (variables: object) =>
      ask<Cart>(`mutation ($cart: ID, $item: ID!, $token: String, $travellers: [OrderTravellerInput!]) {
        result: changeCartItem(cart: $cart, item: $item, token: $token, travellers: $travellers) ${RESULT} }`, variables), // prettier-ignore
    remove: (variables: object) =>
      ask<Cart>(`mutation ($cart: ID, $item: ID!) { result: removeFromCart(cart: $cart, item: $item) ${RESULT} }`, variables), // prettier-ignore
    claim: (cart: string) => ask<Cart>(`mutation ($cart: ID!) { result: claimCart(cart: $cart) ${RESULT} }`, { cart }),
    checkout: (idempotencyKey: string, cart: string | null = null) =>
      ask<{ __typename: string; id?: string; code?: string; offers?: number[] }>(
        `mutation ($input: CheckoutInput!) { result: checkout(input: $input) { __typename
          ... on Order { id } ... on OrderRefusal { code offers } } }`,
        { input: { cart, contact, idempotencyKey } },
      ),
  };
};

async function offerToken(world: World): Promise<string> {
  let token: string | undefined;
  await eventually(async () => {
    const { data } = await world.graph<{ shopping: { price: { offer: { offerToken: string } } | null } }>(
      '{ shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) { price { offer { offerToken } } } }',
    );
    token = data.shopping.price?.offer.offerToken;
    return token !== undefined;
  });
  return token!;
}

test('a cart filled without an account is claimed at sign-in, has travellers, and is ordered once', async () => {
  await using world = await openWorld();
  await world.file([aFare()]);
  const token = await offerToken(world);
  const visitor = carts(world);
  const made = await visitor.add({ token });
  const second = await visitor.add({ cart: made.id, token });
  assert.equal(second.items.length, 2);
  const [keep, drop] = second.items;
  assert.equal((await visitor.remove({ cart: made.id, item: drop!.id })).items.length, 1);

  const asha = await signedUp(world);
  const mine = carts(world, asha.headers);
  const ben = carts(world, (await signedUp(world, 'ben@example.com')).headers);
  const claimed = await mine.claim(made.id);
  assert.deepEqual([claimed.items.map(({ id }) => id), claimed.id === made.id], [[keep!.id], false]);
  assert.equal(await visitor.read(made.id), null, 'the anonymous cart is gone');
  assert.equal(await visitor.read(claimed.id), null, 'only its account can read it');
  assert.equal((await ben.claim(claimed.id)).code, 'CART_NOT_FOUND');
  assert.equal((await ben.change({ item: keep!.id, travellers: [adult] })).code, 'CART_NOT_FOUND');
  assert.equal((await mine.claim(made.id)).items.length, 1, 'claiming it again changes nothing');

  assert.equal((await mine.checkout('a')).code, 'TRAVELLERS_MISSING');
  await mine.change({ item: keep!.id, travellers: [adult] });
  const [order, again] = [await mine.checkout('a'), await mine.checkout('a')];
  assert.ok(order.id);
  assert.equal(again.id, order.id);
  assert.deepEqual((await mine.read())!.items, []);
  assert.equal((await mine.checkout('b')).code, 'CART_EMPTY');
  const { data } = await asha.ask<{ me: { orders: { edges: { node: { id: string } }[] } } }>(
    '{ me { orders { edges { node { id } } } } }',
  );
  assert.deepEqual(data.me.orders.edges.map(({ node }) => node.id), [order.id]); // prettier-ignore
});

test('a cart that is read again has current prices; an expired item is ordered with its current token', async () => {
  await using world = await openWorld();
  const fare = aFare({ fareBasis: 'YFLEX' });
  await world.file([fare]);
  const visitor = carts(world);
  const added = await visitor.add({ token: await offerToken(world), travellers: [adult] });
  assert.deepEqual([added.items[0]!.change, added.items[0]!.isExpired], ['SAME', false]);
  world.clock.advance(21 * MINUTE);
  await world.file([{ ...fare, amount: 400_000 }]);
  await eventually(async () => (await visitor.read(added.id))!.items[0]!.change === 'DEARER');
  const [item] = (await visitor.read(added.id))!.items;
  assert.deepEqual(
    [item!.isExpired, item!.priceWhenAdded.amount, item!.offer!.total.amount],
    [true, '3897.00', '4000.00'],
  );
  const mine = carts(world, (await signedUp(world)).headers);
  assert.deepEqual(await mine.checkout('a', added.id), {
    __typename: 'OrderRefusal',
    code: 'OFFER_EXPIRED',
    offers: [0],
  });
  const renewed = await mine.change({ item: item!.id, token: item!.offer!.offerToken });
  assert.deepEqual([renewed.items[0]!.change, renewed.items[0]!.isExpired], ['SAME', false]);
  assert.ok((await mine.checkout('a', added.id)).id);
});

test('an item that is no longer on sale is GONE; a cart holds six offers; an invalid token is refused', async () => {
  await using world = await openWorld();
  await world.file([aFare()]);
  const token = await offerToken(world);
  const visitor = carts(world);
  const { id } = await visitor.add({ token });
  for (let n = 2; n <= 6; n++) assert.equal((await visitor.add({ cart: id, token })).items.length, n);
  assert.equal((await visitor.add({ cart: id, token })).code, 'CART_FULL');
  assert.equal((await visitor.add({ cart: 'crt_0', token })).code, 'CART_NOT_FOUND');
  const bad = await world.graph('mutation { addToCart(token: "x") { __typename } }');
  assert.equal(bad.errors?.[0]?.extensions['code'], 'BAD_USER_INPUT');
  world.clock.advance(24 * 24 * 60 * MINUTE); // departed
  const item = (await visitor.read(id))!.items[0]!;
  assert.deepEqual([item.change, item.offer, item.isExpired], ['GONE', null, true]);
});

test('an expired offer is refused as data, also in a cart', async () => {
  await using world = await openWorld();
  await world.file([aFare()]);
  const token = await offerToken(world);
  world.clock.advance(21 * MINUTE);
  const refused = await carts(world).add({ token });
  assert.equal(refused.code, 'OFFER_EXPIRED');
});

test('a signed-in client reads an anonymous cart until it is claimed; items that exceed one order stay in the cart', async () => {
  await using world = await openWorld();
  await world.file([aFare()]);
  const token = await offerToken(world);
  const visitor = carts(world);
  const mine = carts(world, (await signedUp(world)).headers);
  for (let n = 1; n <= 6; n++) await mine.add({ token, travellers: [adult] });
  const { id } = await visitor.add({ token });
  assert.deepEqual([(await mine.read())!.items.length, (await mine.read(id))!.items.length], [6, 1]);
  assert.equal((await mine.claim(id)).items.length, 7);
  assert.equal((await mine.read(id))!.items.length, 7);
  assert.equal((await mine.checkout('a')).code, 'CART_FULL');
  for (const item of (await mine.read())!.items.slice(0, 5)) await mine.remove({ item: item.id });
  assert.deepEqual(await mine.checkout('a'), { __typename: 'OrderRefusal', code: 'TRAVELLERS_MISSING', offers: [1] });
});
