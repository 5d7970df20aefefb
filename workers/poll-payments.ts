// Asks the payment provider for the state of waiting payments: recovers lost webhooks, and answers that were never committed.
import { payment } from '../subgraphs/payment/subgraph.ts';
import { defineWorker } from './engine/definition.ts';

const EVERY = 200; // ms
const AT_ONCE = 50; // payments

export const pollPayments = defineWorker({
  name: 'poll-payments',
  port: 4112,
  does: 'asks the provider: finds lost webhooks, and replies that were never committed',
  due: 'payments without a verdict',
  subgraph: payment,
  uses: ['payment provider', 'bus'],
  publishes: true,
  async work({ stores, platform }) {
    const { askAbout, collectingWith } = await import('../subgraphs/payment/store/collecting.ts');
    const collecting = await collectingWith(stores, platform);
    return {
      due: {
        every: EVERY,
        due: () => collecting.payments.due(AT_ONCE),
        handle: (id) => askAbout(id, collecting),
      },
    };
  },
});
