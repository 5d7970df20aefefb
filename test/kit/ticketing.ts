// Orders on their way to tickets: placed over GraphQL, held and paid by events of other subgraphs.
import assert from 'node:assert/strict';
import { event } from '../../schema/events.ts';
import { signOffer } from '../../schema/terms/offer-token.ts';
import type { Order } from '../../subgraphs/order/rules/order.ts';
import { capture, confirmHold } from '../../subgraphs/order/rules/settling.ts';
import { eventually } from './eventually.ts';
import { adult, anOffer, contact, family, forFamily, PLACE, type Placed } from './ordering.ts';
import { signedUp } from './person.ts';
import type { World } from './world.ts';

/** A traveller with an order that was just placed: for one adult called `name`, or with null for a family of three. */
export async function placedOrder(world: World, name: string | null = 'Asha Rao') {
  const who = await signedUp(world);
  const token = signOffer(anOffer(name === null ? forFamily : {}), world.wiring.offerKeys[0]);
  const travellers = name === null ? family : [{ ...adult, name }];
  const input = { offers: [{ token, travellers }], contact, idempotencyKey: 'one' };
  const { data } = await who.ask<{ placeOrder: Placed }>(PLACE, { input });
  const { orders } = await world.stores.order();
  return { id: data.placeOrder.id, who, orders };
}

/** The same with the order paid. */
export async function paidOrder(world: World, name: string | null = 'Asha Rao') {
  const { id, who } = await placedOrder(world, name);
  await pay(world, id);
  return { id, who };
}

/** Holds the seats, if they are not held yet, and delivers the payment. */
export async function pay(world: World, id: string): Promise<void> {
  const now = world.clock.now();
  const { orders } = await world.stores.order();
  const by = { by: 'test', now };
  await orders.change(id, confirmHold, by);
  const order = (await orders.byId(id))!;
  const payment = { paymentId: `pay_${id}`, amount: order.amount, currency: order.currency };
  const paid = await orders.change(id, (current) => capture(current, payment, now), by);
  assert.ok(paid && 'id' in paid, JSON.stringify(paid));
}

/** The order, once it has the status; the clock advances to the next due time. */
export const once = (world: World, id: string, status: Order['status']): Promise<Order> =>
  eventually(async () => {
    const order = await orderOf(world, id);
    if (order.status !== status) {
      world.clock.advance(Math.max(0, (order.ticketingDueAt ?? 0) - world.clock.now().getTime()));
      throw new Error(`${id} is ${order.status}: ${JSON.stringify(await world.issued())}`);
    }
    return order;
  });

/** The order, once it fulfils the condition. */
export const orderWhen = (world: World, id: string, isSo: (order: Order) => boolean): Promise<Order> =>
  eventually(async () => {
    const order = await orderOf(world, id);
    if (!isSo(order)) throw new Error(`${id} is ${JSON.stringify(order)}`);
    return order;
  });

export const orderOf = async (world: World, id: string): Promise<Order> =>
  (await (await world.stores.order()).orders.byId(id))!;

/** The travellers to whom the issuer issued tickets, by its own log; repeated for each ticket. */
export const issuedTo = async (world: World): Promise<string[]> =>
  (await world.issued()).flatMap((entry) => (entry.did === 'ISSUED' ? entry.traveller : [])).sort();

/** Delivers the same event several times, as a broker may. */
export async function again(world: World, type: 'order.paid', id: string, times: number): Promise<void> {
  const about = { source: '/order', subject: id, sequence: 3, now: world.clock.now() };
  const one = event(type, about, { orderId: id, paymentId: `pay_${id}` });
  const message = { topic: 'orders', key: id, value: JSON.stringify(one), headers: {} };
  await world.wiring.bus.publish(Array.from({ length: times }, () => message));
}

/** Resolves when a worker has no messages left. */
export const caughtUp = (world: World, worker: string): Promise<unknown> =>
  eventually(async () => (await world.wiring.bus.backlog(worker)) === 0);
