// The personal data that the payment subgraph stores, exported for its owner.
import { money } from '../../../schema/terms/money.ts';
import { inCapturedCurrency } from '../rules/payment.ts';
import type { LedgerEntryRow, PaymentRow, WalletRow } from '../store/tables.ts';

const instant = (ms: number | null | undefined): string | null => (ms == null ? null : new Date(ms).toISOString());

/** All of it as a JSON document, without the URL of the provider's page, which allows paying. Instants are in UTC. */
export function paymentData(
  payments: readonly PaymentRow[],
  wallets: readonly { wallet: WalletRow; entries: readonly LedgerEntryRow[] }[],
): string {
  const data = {
    payments: payments.map((payment) => ({
      id: payment.id,
      order: payment.order ?? null,
      method: payment.method,
      status: payment.status,
      amount: money(payment.amount, payment.currency),
      captured: inCapturedCurrency(payment, payment.captured),
      refunded: inCapturedCurrency(payment, payment.refunded),
      startedAt: instant(payment.startedAt),
      decidedAt: instant(payment.decidedAt),
    })),
    wallets: wallets.map(({ wallet: { balance, currency }, entries }) => ({
      balance: money(balance, currency),
      entries: entries.map(({ movement, amount, payment, at }) => ({
        kind: movement,
        ...money(amount, currency),
        payment,
        at: instant(at),
      })),
    })),
  };
  return JSON.stringify(data, null, 2);
}
