// Refunds what orders owe: on the order's event, and again when the refund's row is due. It never gives up.
import { MANY_TRIES } from '../subgraphs/payment/rules/refund.ts';
import { payment } from '../subgraphs/payment/subgraph.ts';
import { defineWorker } from './engine/definition.ts';

const NAME = 'refund-payments';
const EVERY = 200; // ms
const AT_ONCE = 50; // refunds

export const refundPayments = defineWorker({
  name: NAME,
  port: 4109,
  does: 'refunds through the provider or into the wallet; retries until it succeeds',
  due: 'refunds that are due',
  subgraph: payment,
  uses: ['payment provider', 'bus'],
  publishes: true,
  on: ['order.refund-due'],
  async work({ stores: { refunds }, platform: { log, paymentProvider } }) {
    const { payBackDue } = await import('../subgraphs/payment/store/collecting.ts');
    const provider = await paymentProvider();
    const tryOne = (id: string): Promise<void> =>
      payBackDue(id, { refunds, provider }).catch(async (error: unknown) => {
        const { failures = 0 } = (await refunds.byId(id)) ?? {};
        const fields = { service: NAME, refund: id, failures, error };
        if (failures >= MANY_TRIES) log.error('refund keeps failing; needs an operator; will retry', fields);
        else log.warn('refund failed; will retry', fields);
      });
    return {
      async handle([event]) {
        const refund = await refunds.owe(NAME, event);
        if (refund?.status === 'REFUSED')
          log.error('refund does not fit its payment; needs an operator', {
            ...{ service: NAME, refund: refund.id, payment: refund.payment, because: refund.refusal },
          });
        if (refund?.status === 'DUE') await tryOne(refund.id);
      },
      due: { every: EVERY, due: () => refunds.due(AT_ONCE), handle: tryOne },
    };
  },
});
