// The payment provider: how the system reaches it, and the demo's.
import type { PartnerDefinition } from './definition.ts';
import type { DemoProvider } from './payment-provider/server.ts';
import type { PaymentProvider, PaymentStatement } from './payment-provider.ts';

interface Secrets {
  PAYMENT_PROVIDER_KEY: string;
  /** In base64: the first signs, all are accepted. */
  PAYMENT_WEBHOOK_SECRET: readonly [string, ...string[]];
}

export const paymentProvider = {
  name: 'payment-provider',
  port: 4201,
  variable: 'PAYMENT_PROVIDER_URL',
  secrets: {
    PAYMENT_PROVIDER_KEY: (kept) => kept('provider-key').toString('base64url'),
    PAYMENT_WEBHOOK_SECRET: (kept) => [kept('webhook-secret').toString('base64')],
  },
  calls: ['createIntent', 'intent', 'cancelIntent', 'refund'],
  connect: async (url, { PAYMENT_PROVIDER_KEY: apiKey, PAYMENT_WEBHOOK_SECRET: webhookSecrets }) =>
    (await import('./payment-provider.http.ts')).httpProvider({ url, apiKey, webhookSecrets }),
  async demo(parts, { PAYMENT_PROVIDER_KEY: apiKey, PAYMENT_WEBHOOK_SECRET: [webhookSecret] }) {
    const { createPaymentProvider } = await import('./payment-provider/server.ts');
    return createPaymentProvider({ ...parts, apiKey, webhookSecret });
  },
  statementIn: async (file) => (await import('./payment-provider/statement.ts')).paymentStatementIn(file),
} as const satisfies PartnerDefinition<Secrets, PaymentProvider, PaymentStatement, DemoProvider>;
