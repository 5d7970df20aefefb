// Pays back what orders say is due: at once when it hears of it, else when its row is due again. It never gives up.
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

/** Starts the worker; the result stops it. */
export async function startRefundPayments({ bus, log, refunds, provider }: RefundPayments) {
  const tryOne = (id: string): Promise<void> =>
    payBackDue(id, { refunds, provider }).catch(async (error: unknown) => {
      const { failures = 0 } = (await refunds.byId(id)) ?? {};
      const fields = { service: NAME, refund: id, failures, error };
      if (failures >= MANY_TRIES) log.error('a refund fails again and again: somebody has to look', fields);
      else log.warn('a refund failed and will be tried again', fields);
    });

  const leave = await consume({
    bus,
    log,
    name: NAME,
    on: ['order.refund-due'],
    async handle([event]) {
      const refund = await refunds.owe(NAME, event!);
      if (refund?.status === 'REFUSED')
        log.error('a refund cannot be due of its payment: somebody has to look', {
          ...{ service: NAME, refund: refund.id, payment: refund.payment, because: refund.refusal },
        });
      if (refund?.status === 'DUE') await tryOne(refund.id);
    },
  });
  const stop = await pollDue({ log, name: NAME, every: EVERY, due: () => refunds.due(AT_ONCE), handle: tryOne });
  return async () => void (await Promise.all([leave(), stop()]));
}
