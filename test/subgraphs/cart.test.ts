// Carts of the order subgraph alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asha, openOrderSubgraph } from '../kit/order-subgraph.ts';

test('a cart holds six offers: a seventh is refused and changes nothing, until one is removed', async () => {
  await using subgraph = await openOrderSubgraph({ workers: false });
  interface Cart {
    code?: string;
    items?: { id: string }[];
  }
  const result = '{ ... on Cart { items { id } } ... on OrderRefusal { code } }';
  const add = async () => {
    const query = `mutation ($token: String!) { addToCart(token: $token) ${result} }`;
    return (await subgraph.ask<{ addToCart: Cart }>(asha, query, { token: subgraph.tokenOf() })).data.addToCart;
  };
  const read = async () =>
    (await subgraph.ask<{ cart: Required<Cart> }>(asha, '{ cart { items { id } } }')).data.cart.items;
  for (let count = 1; count <= 6; count++) assert.equal((await add()).items?.length, count);
  const six = await read();
  assert.deepEqual(await add(), { code: 'CART_FULL' });
  assert.deepEqual(await read(), six);
  await subgraph.ask(asha, `mutation ($item: ID!) { removeFromCart(item: $item) ${result} }`, { item: six[0]!.id });
  assert.equal((await add()).items?.length, 6);
});
