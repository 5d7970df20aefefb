// What must hold between rooms. Each has its own database, so that they are read one after the other, page by page.
import { areOrders, ordersAfter, seatedAfter } from '../../../subgraphs/order/store/checks-store.ts';
import { holdsAfter, holdStates, seatsOf } from '../../../subgraphs/stock/store/checks-store.ts';
import { type Check, pagedCheck } from '../../database/audit.ts';
import type { Database } from '../../database/database.ts';

type Order = Awaited<ReturnType<typeof ordersAfter>>[number];

/** The holds that an order may have; what is not here may have any, or none: its seats are on their way. */
const fitting: Partial<Record<Order['status'], readonly (string | undefined)[]>> = {
  AWAITING_PAYMENT: ['HELD'],
  PAID: ['HELD', 'CONFIRMED'],
  TICKETED: ['CONFIRMED', 'RETURNED'],
  CLOSED: ['RELEASED', 'TOMBSTONE'],
  REJECTED: [undefined, 'RELEASED', 'TOMBSTONE'],
  REFUNDED: [undefined, 'RELEASED', 'TOMBSTONE', 'RETURNED'],
};

/** Where as many seats are held or sold as there are travellers; elsewhere they are on their way. */
const seated: ReadonlySet<Order['status']> = new Set(['AWAITING_PAYMENT', 'PAID', 'TICKETED', 'REFUNDED']);

/** Whether the stock room and the order room tell the same story. */
export const holdsFitOrders = (stock: Database, order: Database): Check[] => [
  pagedCheck({
    name: 'orders and holds',
    sentence: 'An order that awaits payment holds its seats, a ticketed one has bought them, a closed one has none.',
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
    sentence:
      'An order has one seat for each who travels on it, infants apart, and none for those who do not any more.',
    read: (after, most) => seatedAfter(order, after, most),
    idOf: ({ id }) => id,
    async bad(page) {
      const taken = await seatsOf(
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
    sentence: 'No seat is held or sold for an order that is not there.',
    read: (after, most) => holdsAfter(stock, after, most),
    idOf: (id) => id,
    async bad(page) {
      const there = await areOrders(order, page);
      return page.filter((id) => !there.has(id));
    },
  }),
];
