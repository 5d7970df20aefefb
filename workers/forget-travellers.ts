// Forgets who travelled, once their account is deleted: its orders stay, without a name.
import type { Bus } from '../infra/bus.ts';
import type { Clock } from '../infra/clock.ts';
import type { Log } from '../infra/log.ts';
import type { Orders } from '../subgraphs/order/store.ts';
import { consume } from './consume.ts';

const NAME = 'forget-travellers';

/** Starts the worker; the result stops it. */
export const startForgetTravellers = ({ bus, orders, now, log }: { bus: Bus; orders: Orders; now: Clock; log: Log }) =>
  consume({
    bus,
    log,
    name: NAME,
    on: ['account.deleted'],
    async handle(events) {
      for (const event of events) await orders.forget(event.data.accountId, { consumer: NAME, event, now: now() });
    },
  });
