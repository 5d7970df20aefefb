// Lets the seats follow their orders: held when an order is placed, released when it closes, sold when it is paid.
import type { Bus } from '../infra/messaging/bus.ts';
import type { Clock } from '../infra/process/clock.ts';
import type { Log } from '../infra/logging/log.ts';
import { type Holds, orderNews } from '../subgraphs/stock/store/hold-store.ts';
import { consume } from './engine/consume.ts';

const NAME = 'hold-stock';

/** Orders that wait together share a transaction: it costs by its commit, and a departure that all want is written once. */
const BATCH = { max: 50, linger: 0 };

/** Starts the worker; the result stops it. */
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
        log[expected.has(refused) ? 'debug' : 'warn']('seats stay as they are', {
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

/** Refusals that are part of the trade. Of the others somebody should hear: what was asked does not fit the hold. */
const expected: ReadonlySet<string> = new Set(['SOLD_OUT', 'RELEASED_BEFORE', 'ALREADY_RELEASED', 'RETURNED_BEFORE']);
