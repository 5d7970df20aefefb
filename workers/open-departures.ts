// Opens departures for sale in the stock subgraph when the fare subgraph has scheduled them.
import type { Bus } from '../infra/messaging/bus.ts';
import type { Clock } from '../infra/process/clock.ts';
import type { Log } from '../infra/logging/log.ts';
import type { Stock } from '../subgraphs/stock/store/store.ts';
import { consume } from './engine/consume.ts';

const NAME = 'open-departures';
const AT_ONCE = 5; // events of up to 500 departures each, in one insert; SQLite allows 32,766 parameters

/** Starts the worker and returns its stop function. A departure that is scheduled again keeps the first capacity filed for it. */
export function startOpenDepartures({ bus, stock, now, log }: { bus: Bus; stock: Stock; now: Clock; log: Log }) {
  return consume({
    bus,
    log,
    name: NAME,
    on: ['departure.scheduled'],
    batch: { max: AT_ONCE, linger: 0 },
    handle: (events) => stock.open(NAME, events, now()),
  });
}
