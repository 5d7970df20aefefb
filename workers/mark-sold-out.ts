// Passes sold-out and back-on-sale events on to the fare subgraph, so that it offers only what can be bought.
import type { Bus } from '../infra/messaging/bus.ts';
import type { Clock } from '../infra/process/clock.ts';
import type { Log } from '../infra/logging/log.ts';
import type { SoldOut } from '../subgraphs/fare/store/sold-out-store.ts';
import { consume } from './engine/consume.ts';

const NAME = 'mark-sold-out';
const BATCH = { max: 100, linger: 0 }; // a departure that changes several times in a batch is marked once

/** Starts the worker and returns its stop function. */
export const startMarkSoldOut = ({ bus, soldOut, now, log }: { bus: Bus; soldOut: SoldOut; now: Clock; log: Log }) =>
  consume({
    bus,
    log,
    name: NAME,
    on: ['stock.sold-out', 'stock.back-on-sale'],
    batch: BATCH,
    handle: (events) => soldOut.mark(NAME, events, now()),
  });
