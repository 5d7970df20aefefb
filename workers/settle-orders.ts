// Advances orders on events of the stock and payment subgraphs: held, refused, released, captured, failed, refunded.
import type { Log } from '../infra/logging/log.ts';
import { ofEvent } from '../infra/tracing/trace.ts';
import { isRefused } from '../schema/errors.ts';
import type { OrderDecision, Order } from '../subgraphs/order/rules/order.ts';
import {
  capture,
  confirmHold,
  paidBack,
  paymentFailed,
  reject,
  released,
  seatsReturned,
} from '../subgraphs/order/rules/settling.ts';
import type { Orders } from '../subgraphs/order/store/store.ts';
import { order } from '../subgraphs/order/subgraph.ts';
import type { EventOf } from './engine/consume.ts';
import { defineWorker } from './engine/definition.ts';

const NAME = 'settle-orders';
const HEARD = [
  'stock.held',
  'stock.refused',
  'stock.released',
  'stock.returned',
  'payment.captured',
  'payment.failed',
  'payment.refunded',
] as const;
type Heard = EventOf<(typeof HEARD)[number]>;

/** The decision of the order's rules on the event. */
function settle(current: Order, { type, data }: Heard, now: Date): OrderDecision {
  switch (type) {
    case 'stock.held':
      return confirmHold(current);
    case 'stock.refused':
      return reject(current, data);
    case 'stock.released':
      return released(current);
    case 'stock.returned':
      return seatsReturned(current);
    case 'payment.captured':
      return capture(current, data, now);
    case 'payment.failed':
      return paymentFailed(current, data);
    case 'payment.refunded':
      return paidBack(current, data);
  }
}

export const settleOrders = defineWorker({
  name: NAME,
  port: 4105,
  does: 'takes the order to its next state',
  subgraph: order,
  uses: ['bus'],
  publishes: true,
  on: HEARD,
  batch: { max: 20, linger: 0 }, // orders are independent: events of different orders in a batch are handled in parallel
  work: ({ stores: { orders }, platform: { log } }) => ({
    async handle(events) {
      const ofEach = Map.groupBy(events, ({ data }) => data.orderId).values();
      const taken = await Promise.allSettled(
        Array.from(ofEach, async (some) => {
          for (const event of some) await ofEvent(event, () => applyEvent(event, { orders, log }));
        }),
      );
      const failed = taken.find((each) => each.status === 'rejected');
      if (failed) throw failed.reason; // all of them come again; the inbox skips those already applied
    },
  }),
});

/** Applies one event. A refusal is a valid outcome: late and repeated events change nothing. */
async function applyEvent(event: Heard, { orders, log }: { orders: Orders; log: Log }): Promise<void> {
  const { orderId } = event.data;
  const answer = await orders.change(orderId, (current, now) => settle(current, event, now), { consumer: NAME, event });
  const about = { service: NAME, order: orderId, event: event.type };
  if (answer === null) log.warn('event refers to an unknown order', about);
  else if (isRefused(answer)) log.debug('event changed nothing', { ...about, because: answer.because });
}
