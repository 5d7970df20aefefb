// Records what orders owe, cancels payments that no order needs any more, and deletes the keys of deleted accounts.
import type { Bus } from '../infra/messaging/bus.ts';
import type { Log } from '../infra/logging/log.ts';
import { askAbout, type Collecting } from '../subgraphs/payment/store/collecting.ts';
import { consume } from './engine/consume.ts';

const NAME = 'follow-orders';

/** Starts the worker and returns its stop function. The worker poll-payments retries failed cancellations. */
export function startFollowOrders({ bus, log, collecting }: { bus: Bus; log: Log; collecting: Collecting }) {
  const { payments } = collecting;
  return consume({
    bus,
    log,
    name: NAME,
    on: ['order.placed', 'order.awaiting-payment', 'order.paid', 'order.closing', 'order.rejected', 'account.deleted'],
    async handle([event]) {
      if (event!.type === 'account.deleted') return payments.forgetKeys(event!.data.accountId);
      for (const id of await payments.follow(NAME, event!)) {
        await askAbout(id, collecting).catch((error: unknown) =>
          log.warn('cancelling an unneeded payment failed; will retry', { service: NAME, payment: id, error }),
        );
      }
    },
  });
}
