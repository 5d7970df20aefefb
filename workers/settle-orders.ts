// Advances orders on events of the stock and payment subgraphs: held, refused, released, captured, failed, refunded.
import type { Bus } from '../infra/messaging/bus.ts';
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
import { consume, type EventOf } from './engine/consume.ts';

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

/** Orders are independent: events of different orders in a batch are handled in parallel. */
const BATCH = { max: 20, linger: 0 };

/** The decision of the order's rules on the event. */
function settle(order: Order, { type, data }: Heard, now: Date): OrderDecision {
  switch (type) {
    case 'stock.held':
      return confirmHold(order);
    case 'stock.refused':
      return reject(order, data);
    case 'stock.released':
      return released(order);
    case 'stock.returned':
      return seatsReturned(order);
    case 'payment.captured':
      return capture(order, data, now);
    case 'payment.failed':
      return paymentFailed(order, data);
    case 'payment.refunded':
      return paidBack(order, data);
  }
}

/** Starts the worker and returns its stop function. */
export const startSettleOrders = ({ bus, orders, log }: { bus: Bus; orders: Orders; log: Log }) =>
  consume({
    bus,
    log,
    name: NAME,
    on: HEARD,
    batch: BATCH,
    async handle(events) {
      const ofEach = Map.groupBy(events, ({ data }) => data.orderId).values();
      const taken = await Promise.allSettled(
        Array.from(ofEach, async (some) => {
          for (const event of some) await ofEvent(event, () => takeUp(event, { orders, log }));
        }),
      );
      const failed = taken.find((each) => each.status === 'rejected');
      if (failed) throw failed.reason; // all of them come again; the inbox skips those already applied
    },
  });

/** Applies one event. A refusal is a valid outcome: late and repeated events change nothing. */
export async function takeUp(event: Heard, { orders, log }: { orders: Orders; log: Log }): Promise<void> {
  const { orderId } = event.data;
  const answer = await orders.change(orderId, (order, now) => settle(order, event, now), { consumer: NAME, event });
  const about = { service: NAME, order: orderId, event: event.type };
  if (answer === null) log.warn('event refers to an unknown order', about);
  else if (isRefused(answer)) log.debug('event changed nothing', { ...about, because: answer.because });
}
