// Closes overdue orders: those whose seats were never held, and those that were never paid.
import type { Log } from '../infra/logging/log.ts';
import { close } from '../subgraphs/order/rules/settling.ts';
import type { Orders } from '../subgraphs/order/store/store.ts';
import { pollDue } from './engine/poll-due.ts';

const NAME = 'close-orders';
const LOOK_EVERY = 500; // ms; an order is to be closed at most five seconds late
const AT_A_TIME = 100; // orders

/** Starts the worker and returns its stop function. Several instances can run: the order's version lets one of them close it. */
export const startCloseOrders = ({ orders, log }: { orders: Orders; log: Log }) =>
  pollDue({
    log,
    name: NAME,
    every: LOOK_EVERY,
    due: () => orders.overdue(AT_A_TIME),
    cause: orders.traceOf,
    handle: (id) => orders.change(id, close, { by: NAME }),
  });
