// Removes the personal data of a deleted account: its orders stay without names and contact; all its mails are deleted.
import type { Bus } from '../infra/messaging/bus.ts';
import type { Log } from '../infra/logging/log.ts';
import type { Mail } from '../infra/partners/mail.ts';
import type { Orders } from '../subgraphs/order/store/store.ts';
import { consume } from './engine/consume.ts';

const NAME = 'forget-travellers';

export interface ForgetTravellers {
  bus: Bus;
  orders: Orders;
  mail: Pick<Mail, 'forget'>;
  log: Log;
}

/** Starts the worker and returns its stop function. After a crash before the mails are gone, the event comes again and removes them. */
export const startForgetTravellers = ({ bus, orders, mail, log }: ForgetTravellers) =>
  consume({
    bus,
    log,
    name: NAME,
    on: ['account.deleted'],
    async handle(events) {
      for (const event of events) {
        const forgotten = await orders.forget(event.data.accountId, { consumer: NAME, event });
        await mail.forget([event.data.accountId, ...forgotten]);
      }
    },
  });
