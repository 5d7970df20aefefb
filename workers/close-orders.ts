// Closes overdue orders: those whose seats were never held, and those that were never paid.
import { close } from '../subgraphs/order/rules/settling.ts';
import { order } from '../subgraphs/order/subgraph.ts';
import { defineWorker } from './engine/definition.ts';

const NAME = 'close-orders';
const LOOK_EVERY = 500; // ms; an order is to be closed at most five seconds late
const AT_A_TIME = 100; // orders

/** Several instances can run: the order's version lets one of them close it. */
export const closeOrders = defineWorker({
  name: NAME,
  port: 4106,
  does: 'rejects or closes them',
  due: 'orders whose hold or payment is overdue',
  subgraph: order,
  uses: ['bus'],
  publishes: true,
  work: ({ stores: { orders } }) => ({
    due: {
      every: LOOK_EVERY,
      due: () => orders.overdue(AT_A_TIME),
      cause: orders.traceOf,
      handle: (id) => orders.change(id, close, { by: NAME }),
    },
  }),
});
