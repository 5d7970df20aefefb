// The personal data that the order subgraph stores, exported for its owner.
import { money } from '../../../schema/terms/money.ts';
import type { Cart } from '../store/cart-store.ts';
import type { Order } from '../rules/order.ts';

const instant = (ms: number): string => new Date(ms).toISOString();

/** All of it as a JSON document, without the secrets in ticket addresses. Instants are in UTC. */
export function orderData(orders: readonly Order[], cart: Cart | null): string {
  const data = {
    orders: orders.map((order) => ({
      id: order.id,
      number: order.number,
      status: order.status,
      placedAt: instant(order.placedAt),
      total: money(order.amount, order.currency),
      contact: order.contact,
      flights: order.items.map(({ offer: { cabin, brand, slices } }) => ({ cabin, brand, slices })),
      travellers: order.travellers.map(({ id, type, person, price, cancellation }) => ({
        ...{ id, type, ...person, price: money(price, order.currency), isCancelled: cancellation !== null },
        tickets: order.tickets.filter(({ traveller }) => traveller === id).map(({ number }) => number),
      })),
      refunds: order.refunds.map(({ amount, currency, because, state }) => ({
        ...money(amount, currency),
        because,
        state,
      })),
    })),
    cart: (cart?.items ?? []).map(({ offer: { cabin, brand, slices }, travellers, addedAt }) => ({
      ...{ cabin, brand, slices, travellers, addedAt: instant(addedAt) },
    })),
  };
  return JSON.stringify(data, null, 2);
}
