// Captures and refunds at the provider: calls run between two transactions, never inside one.
// Any step may be lost or repeated: the provider deduplicates by our keys, and the rows say what is due.
import type { PaymentProvider } from '../../../infra/partners/payment-provider.ts';
import type { Platform } from '../../../infra/process/platform.ts';
import { TOP_UP } from '../rules/description.ts';
import type { Refunds } from './refund-store.ts';
import type { Payments } from './store.ts';
import type { PaymentRow } from './tables.ts';
import { listedPause } from '../../../schema/terms/back-off.ts';
import { MINUTE } from '../../../schema/terms/durations.ts';

export interface Collecting {
  payments: Payments;
  provider: PaymentProvider;
  /** The address the payer returns to, and the address that receives the provider's webhooks. */
  addresses: { returnUrl: string; webhookUrl: string };
}

/** The payments and the provider of this process. */
export const collectingWith = async (
  { payments }: { payments: Payments },
  { paymentProvider, paymentAddresses }: Pick<Platform, 'paymentProvider' | 'paymentAddresses'>,
): Promise<Collecting> => ({ payments, provider: await paymentProvider(), addresses: paymentAddresses });

/** The pauses between two questions about a waiting payment, in ms; the last one repeats. */
const PAUSES = [1, 2, 4, 8, 15].map((minutes) => minutes * MINUTE);

/** Opens a payment at the provider, or finds it there. Rejects if the provider does not answer: retry then. */
export async function openIntent(payment: PaymentRow, { payments, provider, addresses }: Collecting) {
  const { id, amount, currency, order } = payment;
  const description = order ? ((await payments.payableOf(payment))?.description ?? null) : TOP_UP;
  try {
    const wanted = { key: id, reference: id, amount, currency, description, ...addresses };
    const intent = await provider.createIntent(wanted);
    return await payments.opened(id, intent);
  } catch (error) {
    const refusal = provider.refusalIn(error);
    if (refusal === null) throw error;
    return payments.refuse(id, refusal);
  }
}

/**
 * Asks the provider about a waiting payment, or cancels the payment there if it is no longer needed. This makes up for
 * lost webhooks and for a crash between the provider's answer and our commit. Rejects if the provider does not answer.
 */
export async function askAbout(id: string, collecting: Collecting): Promise<void> {
  const { payments, provider } = collecting;
  const turn = await payments.takeTurn(id, pauseAfter);
  if (!turn) return;
  const payment = !turn.payment.intent ? await openIntent(turn.payment, collecting) : turn.payment;
  if (!payment.intent) return; // the provider refused to open it
  const intent = await (turn.isWanted ? provider.intent(payment.intent) : provider.cancelIntent(payment.intent));
  if (intent) await payments.hear(id, intent);
}

const pauseAfter = (asked: number): number => listedPause(PAUSES, asked);

/**
 * Pays a due refund: at the provider, with the refund's id as the idempotency key, or into the wallet. Rejects if the
 * provider fails: the refund is then due again.
 */
export async function payBackDue(
  id: string,
  { refunds, provider }: Pick<Collecting, 'provider'> & { refunds: Refunds },
): Promise<void> {
  const turn = await refunds.takeTurn(id);
  if (!turn) return;
  const { refund, payment } = turn;
  const { amount, currency } = refund;
  const atProvider =
    payment.method === 'CARD' ? await provider.refund({ key: id, intent: payment.intent!, amount, currency }) : null;
  await refunds.paidBack(id, atProvider);
}
