// Moves seats with their orders: holds them when an order is placed, releases them when it closes, sells them when it is paid.
import type { Bus } from '../infra/messaging/bus.ts';
import type { Clock } from '../infra/process/clock.ts';
import type { Log } from '../infra/logging/log.ts';
import { type Holds, orderNews } from '../subgraphs/stock/store/hold-store.ts';
import { consume } from './engine/consume.ts';

const NAME = 'hold-stock';

/** Waiting orders share a transaction: its cost is the commit, and a popular departure is written once. */
const BATCH = { max: 50, linger: 0 };

/** Starts the worker and returns its stop function. */
export function startHoldStock({ bus, holds, now, log }: { bus: Bus; holds: Holds; now: Clock; log: Log }) {
  return consume({
    bus,
    log,
    name: NAME,
    on: orderNews,
    batch: BATCH,
    async handle(events) {
      for (const { event, refused } of await holds.follow(NAME, events, now())) {
        if (refused === null) continue;
        const { id, type, data } = event;
        log[expected.has(refused) ? 'debug' : 'warn']('seat change refused', {
          service: NAME,
          event: id,
          type,
          order: data.orderId,
          refused,
        });
      }
    },
  });
}

/** Refusals of normal operation. Any other is logged as a warning: the order's event does not fit the hold. */
const expected: ReadonlySet<string> = new Set(['SOLD_OUT', 'RELEASED_BEFORE', 'ALREADY_RELEASED', 'RETURNED_BEFORE']);
