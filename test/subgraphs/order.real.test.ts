// Race conditions of the order subgraph on a database server, where writers really run concurrently.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { mysql } from '../../infra/database/database.mysql.ts';
import { fromStart } from '../../schema/terms/connection.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { isRefused } from '../../schema/errors.ts';
import type { Order } from '../../subgraphs/order/rules/order.ts';
import { cancel } from '../../subgraphs/order/rules/cancellation.ts';
import { capture, close, confirmHold } from '../../subgraphs/order/rules/settling.ts';
import { ticketed } from '../../subgraphs/order/rules/ticketing.ts';
import { issuedTo, paymentOf } from '../kit/an-order.ts';
import { adult, contact, PLACE, type Placed } from '../kit/ordering.ts';
import { asha, ben, openOrderSubgraph, type OrderSubgraph } from '../kit/order-subgraph.ts';
import { signedInAs } from '../kit/signed.ts';

const services = await openServices(['mariadb']);
after(() => services[Symbol.asyncDispose]());

let places = 0;
const openSubgraph = (scheme: string) => {
  const url = new URL(services.mariadb.url.replace('mariadb:', `${scheme}:`));
  url.pathname = `/orders_${places++}`;
  return openOrderSubgraph({ adapter: mysql(url.href, 'order', 'now'), workers: false });
};

const ADD = `mutation ($cart: ID, $token: String!, $travellers: [OrderTravellerInput!]) {
  addToCart(cart: $cart, token: $token, travellers: $travellers) { ... on Cart { id } ... on OrderRefusal { code } } }`;

const visitor = signedInAs({ account: null, roles: [] });

/** The ids of `count` orders that wait for payment. */
async function waitingOrders(subgraph: OrderSubgraph, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const { id } = await subgraph.ordered();
    await subgraph.orders.change(id, confirmHold, { by: 'test' });
    ids.push(id);
  }
  return ids;
}

for (const scheme of ['mariadb', 'mysql']) {
  describe(`on MariaDB by ${scheme}`, () => {
    test('fifty concurrent requests with one key place one order; with another input all but one of both are conflicts', async () => {
      await using subgraph = await openSubgraph(scheme);
      const input = subgraph.anInput();
      const place = (change = {}) =>
        subgraph.ask<{ placeOrder: Placed }>(asha, PLACE, { input: { ...input, ...change } });
      const answers = await Promise.all(Array.from({ length: 50 }, () => place()));
      assert.deepEqual(
        answers.flatMap(({ errors }) => errors ?? []),
        [],
      );
      assert.equal(new Set(answers.map(({ data }) => data.placeOrder.id)).size, 1);
      assert.equal((await subgraph.announced()).length, 1);
      const key = subgraph.anInput();
      const both = await Promise.all(
        Array.from({ length: 20 }, (_, n) => place({ ...key, contact: { email: `${n % 2}@example.com` } })),
      );
      const codes = both.map(({ errors }) => errors?.[0]?.extensions['code'] ?? 'PLACED');
      assert.deepEqual(codes.toSorted(), [
        ...Array<string>(10).fill('IDEMPOTENCY_CONFLICT'),
        ...Array<string>(10).fill('PLACED'),
      ]);
      assert.equal((await subgraph.announced()).length, 2);
    });

    test('concurrent requests create one cart for an account, and the cart is ordered once', async () => {
      await using subgraph = await openSubgraph(scheme);
      const token = subgraph.tokenOf();
      const made = await Promise.all(
        Array.from({ length: 6 }, () =>
          subgraph.ask<{ addToCart: { id: string } }>(asha, ADD, { token, travellers: [adult] }),
        ),
      );
      assert.equal(new Set(made.map(({ data }) => data.addToCart.id)).size, 1);
      const read = () => subgraph.ask<{ cart: { items: { id: string }[] } }>(asha, '{ cart { items { id } } }');
      const { items } = (await read()).data.cart;
      assert.equal(items.length, 6);
      const remove = 'mutation ($item: ID!) { removeFromCart(item: $item) { __typename } }';
      for (const { id } of items.slice(1)) await subgraph.ask(asha, remove, { item: id });
      const buy = `mutation ($input: CheckoutInput!) { checkout(input: $input) { __typename } }`;
      const bought = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          subgraph.ask<{ checkout: { __typename: string } | null }>(asha, buy, {
            input: { contact, idempotencyKey: `${n}` },
          }),
        ),
      );
      assert.equal(bought.filter(({ data }) => data?.checkout?.__typename === 'Order').length, 1);
      assert.equal((await subgraph.announced()).length, 1);
    });

    test('fifty concurrent checkouts with one key all return the same order', async () => {
      await using subgraph = await openSubgraph(scheme);
      await subgraph.ask(asha, ADD, { token: subgraph.tokenOf(), travellers: [adult] });
      const buy = `mutation ($input: CheckoutInput!) {
        checkout(input: $input) { ... on Order { id } ... on OrderRefusal { code } } }`;
      const answers = await Promise.all(
        Array.from({ length: 50 }, () =>
          subgraph.ask<{ checkout: { id?: string; code?: string } }>(asha, buy, {
            input: { contact, idempotencyKey: 'one' },
          }),
        ),
      );
      const [order] = (await subgraph.orders.list({}, 'NEWEST', fromStart(2))) as [Order, Order?];
      const said = answers.map(({ data, errors }) => errors?.[0]?.message ?? data.checkout.code ?? data.checkout.id);
      assert.deepEqual([...new Set(said)], [order.id]);
      assert.equal((await subgraph.announced()).length, 1);
    });

    test('an item added to an anonymous cart during a merge is either merged or refused', async () => {
      await using subgraph = await openSubgraph(scheme);
      type Answer = { result: { id: string; code?: string; items: { id: string }[] } };
      const token = subgraph.tokenOf();
      const add = (cart: string | null = null) =>
        subgraph.ask<{ addToCart: Answer['result'] }>(visitor, ADD, { token, cart });
      const claim = `mutation ($cart: ID!) { result: claimCart(cart: $cart) { ... on Cart { items { id } } ... on OrderRefusal { code } } }`;
      for (let round = 0; round < 3; round++) {
        const cart = (await add()).data.addToCart.id;
        const [added] = await Promise.all([
          Promise.all(Array.from({ length: 4 }, () => add(cart))),
          ...[asha, ben].map((who) => subgraph.ask<Answer>(who, claim, { cart })),
        ]);
        assert.ok(
          added.every(({ errors }) => !errors),
          JSON.stringify(added),
        );
        const taken = added.filter(({ data }) => !data.addToCart.code).length;
        const carts = await Promise.all(
          [asha, ben].map((who) => subgraph.ask<{ cart: Answer['result'] | null }>(who, '{ cart { items { id } } }')),
        );
        const items = carts.flatMap(({ data }) => data.cart?.items ?? []);
        assert.equal(items.length, 1 + taken);
        for (const { id } of items)
          for (const who of [asha, ben])
            await subgraph.ask(who, 'mutation ($item: ID!) { removeFromCart(item: $item) { __typename } }', {
              item: id,
            });
      }
    });

    test('if a payment and a close happen at the same instant, one of them wins and no money is lost', async () => {
      await using subgraph = await openSubgraph(scheme);
      const ids = await waitingOrders(subgraph, 12);
      subgraph.clock.advance(15 * 60_000);
      const pay = (id: string, n: number) =>
        subgraph.orders.change(id, (order, now) => capture(order, paymentOf(order, `pay_${n}`), now), { by: 'pay' });
      const shut = (id: string) => subgraph.orders.change(id, close, { by: 'close' });
      await Promise.all(ids.flatMap((id, n) => (n % 2 ? [pay(id, n), shut(id)] : [shut(id), pay(id, n)])));
      const won: Record<string, number> = {};
      for (const id of ids) {
        const { status, refunds, paymentId } = (await subgraph.orders.byId(id))!;
        won[status] = (won[status] ?? 0) + 1;
        assert.ok(status === 'PAID' ? !refunds.length : status === 'REFUNDING' && refunds.length === 1, status);
        assert.ok(paymentId);
        const steps = (await subgraph.steps(id)).slice(2);
        assert.deepEqual(steps, status === 'PAID' ? ['PAID'] : ['PAYMENT_OVERDUE', 'PAID_TOO_LATE']);
      }
      console.log(`# ${scheme}: outcomes of twelve orders, payment against close:`, won);
    });

    test('of many concurrent attempts to close an order, pay it or handle one event, exactly one succeeds', async () => {
      await using subgraph = await openSubgraph(scheme);
      const [overdue, paid, told] = (await waitingOrders(subgraph, 3)) as [string, string, string];
      const many = <T>(act: (n: number) => Promise<T>) => Promise.all(Array.from({ length: 10 }, (_, n) => act(n)));
      subgraph.clock.advance(15 * 60_000);
      await many(() => subgraph.orders.change(overdue, close, { by: 'close' }));
      assert.deepEqual(await subgraph.steps(overdue), ['PLACED', 'SEATS_HELD', 'PAYMENT_OVERDUE']);
      await many((n) =>
        subgraph.orders.change(paid, (order, now) => capture(order, paymentOf(order, `pay_${n}`), now), { by: 'pay' }),
      );
      const order = (await subgraph.orders.byId(paid))!;
      assert.deepEqual([order.status, order.refunds.length], ['PAID', 9], 'nine of ten payments are refunded');
      const event = subgraph.eventsOf(told).captured;
      await many(() =>
        subgraph.orders.change(told, (order, now) => capture(order, event.data, now), { consumer: 'c', event }),
      );
      assert.deepEqual(await subgraph.steps(told), ['PLACED', 'SEATS_HELD', 'PAID']);
      const announced = (await subgraph.announced()).filter(({ subject }) => subject === told);
      assert.deepEqual(
        announced.map(({ type }) => type),
        ['order.placed', 'order.awaiting-payment', 'order.paid'],
      );
    });

    test('a cancellation that races with ticketing is refused before it, and follows the fare conditions after it', async () => {
      await using subgraph = await openSubgraph(scheme);
      const ids = await waitingOrders(subgraph, 8);
      for (const id of ids) {
        await subgraph.orders.change(id, (order, now) => capture(order, paymentOf(order, `pay_${id}`), now), {
          by: 'pay',
        });
      }
      const issue = (id: string) =>
        subgraph.orders.change(id, (order, now) => ticketed(order, issuedTo(order), now), { by: 'issue' });
      const call = (id: string) =>
        subgraph.orders.change(id, (order, now) => cancel(order, null, null, now), { by: 'cancel' });
      const answers = await Promise.all(
        ids.map((id, n) => (n % 2 ? [issue(id), call(id)] : [call(id), issue(id)])).map((both) => Promise.all(both)),
      );
      for (const [n, id] of ids.entries()) {
        const { status, tickets, cancellations } = (await subgraph.orders.byId(id))!;
        const called = answers[n]![n % 2 ? 1 : 0]!;
        assert.equal(tickets.length, 1);
        assert.equal(status, isRefused(called) ? 'TICKETED' : 'REFUNDING');
        assert.equal(cancellations.length, isRefused(called) ? 0 : 1);
      }
    });
  });
}
