// Records what orders owe, cancels payments that no order needs any more, and deletes the keys of deleted accounts.
import { payment } from '../subgraphs/payment/subgraph.ts';
import { defineWorker } from './engine/definition.ts';

const NAME = 'follow-orders';

/** The worker poll-payments retries failed cancellations. */
export const followOrders = defineWorker({
  name: NAME,
  port: 4108,
  does: 'knows what each order owes; cancels payments that no order needs; deletes the idempotency keys of deleted accounts',
  subgraph: payment,
  uses: ['payment provider', 'bus'],
  publishes: true,
  on: ['order.placed', 'order.awaiting-payment', 'order.paid', 'order.closing', 'order.rejected', 'account.deleted'],
  async work({ stores, platform }) {
    const { payments } = stores;
    const { askAbout, collectingWith } = await import('../subgraphs/payment/store/collecting.ts');
    const collecting = await collectingWith(stores, platform);
    return {
      async handle([event]) {
        if (event.type === 'account.deleted') return payments.forgetKeys(event.data.accountId);
        for (const id of await payments.follow(NAME, event)) {
          await askAbout(id, collecting).catch((error: unknown) =>
            platform.log.warn('cancelling an unneeded payment failed; will retry', {
              service: NAME,
              payment: id,
              error,
            }),
          );
        }
      },
    };
  },
});
