// Refunds what orders owe: on the order's event, and again when the refund's row is due. It never gives up.
import type { Bus } from '../infra/messaging/bus.ts';
import type { Log } from '../infra/logging/log.ts';
import type { PaymentProvider } from '../infra/partners/payment-provider.ts';
import { payBackDue } from '../subgraphs/payment/store/collecting.ts';
import type { Refunds } from '../subgraphs/payment/store/refund-store.ts';
import { MANY_TRIES } from '../subgraphs/payment/rules/refund.ts';
import { consume } from './engine/consume.ts';
import { pollDue } from './engine/poll-due.ts';

const NAME = 'refund-payments';
const EVERY = 200; // ms
const AT_ONCE = 50; // refunds

export interface RefundPayments {
  bus: Bus;
  log: Log;
  refunds: Refunds;
  provider: PaymentProvider;
}

/** Starts the worker and returns its stop function. */
export async function startRefundPayments({ bus, log, refunds, provider }: RefundPayments) {
  const tryOne = (id: string): Promise<void> =>
    payBackDue(id, { refunds, provider }).catch(async (error: unknown) => {
      const { failures = 0 } = (await refunds.byId(id)) ?? {};
      const fields = { service: NAME, refund: id, failures, error };
      if (failures >= MANY_TRIES) log.error('refund keeps failing; needs an operator; will retry', fields);
      else log.warn('refund failed; will retry', fields);
    });

  const leave = await consume({
    bus,
    log,
    name: NAME,
    on: ['order.refund-due'],
    async handle([event]) {
      const refund = await refunds.owe(NAME, event!);
      if (refund?.status === 'REFUSED')
        log.error('refund does not fit its payment; needs an operator', {
          ...{ service: NAME, refund: refund.id, payment: refund.payment, because: refund.refusal },
        });
      if (refund?.status === 'DUE') await tryOne(refund.id);
    },
  });
  const stop = await pollDue({ log, name: NAME, every: EVERY, due: () => refunds.due(AT_ONCE), handle: tryOne });
  return async () => void (await Promise.all([leave(), stop()]));
}
