// Checks across subgraphs. Each subgraph has its own database, so the checks read one after the other, page by page.
import { areOrders, ordersAfter, seatedAfter } from '../../../subgraphs/order/store/checks-store.ts';
import { holdsAfter, holdStates, seatsByOrder } from '../../../subgraphs/stock/store/checks-store.ts';
import { type VerifyCheck, pagedCheck } from '../../database/audit.ts';
import type { Database } from '../../database/database.ts';

type Order = Awaited<ReturnType<typeof ordersAfter>>[number];

/** The hold states allowed for an order status; a status that is not listed is in transition and allows any or none. */
const fitting: Partial<Record<Order['status'], readonly (string | undefined)[]>> = {
  AWAITING_PAYMENT: ['HELD'],
  PAID: ['HELD', 'CONFIRMED'],
  TICKETED: ['CONFIRMED', 'RETURNED'],
  CLOSED: ['RELEASED', 'TOMBSTONE'],
  REJECTED: [undefined, 'RELEASED', 'TOMBSTONE'],
  REFUNDED: [undefined, 'RELEASED', 'TOMBSTONE', 'RETURNED'],
};

/** Statuses in which the seats held or sold equal the number of travellers; the others are in transition. */
const seated: ReadonlySet<Order['status']> = new Set(['AWAITING_PAYMENT', 'PAID', 'TICKETED', 'REFUNDED']);

/** Checks that the stock subgraph and the order subgraph agree. */
export const holdsFitOrders = (stock: Database, order: Database): VerifyCheck[] => [
  pagedCheck({
    name: 'orders and holds',
    sentence:
      'An order that awaits payment holds its seats, a ticketed order has bought them, a closed order has none.',
    read: (after, most) => ordersAfter(order, after, most),
    idOf: ({ id }) => id,
    async bad(page) {
      const states = await holdStates(
        stock,
        page.map(({ id }) => id),
      );
      return page.filter(({ id, status }) => fitting[status]?.includes(states.get(id)) === false).map(({ id }) => id);
    },
  }),
  pagedCheck({
    name: 'travellers and seats',
    sentence: 'An order has one seat for each active traveller, except infants, and none for cancelled travellers.',
    read: (after, most) => seatedAfter(order, after, most),
    idOf: ({ id }) => id,
    async bad(page) {
      const taken = await seatsByOrder(
        stock,
        page.map(({ id }) => id),
      );
      return page
        .filter(({ id, status, seats }) => seated.has(status) && seats !== (taken.get(id) ?? 0))
        .map(({ id }) => id);
    },
  }),
  pagedCheck({
    name: 'holds and orders',
    sentence: 'No seat is held or sold for an order that does not exist.',
    read: (after, most) => holdsAfter(stock, after, most),
    idOf: (id) => id,
    async bad(page) {
      const there = await areOrders(order, page);
      return page.filter((id) => !there.has(id));
    },
  }),
];
