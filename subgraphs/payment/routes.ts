// The routes of the payment subgraph: where the payment provider sends its webhooks.
import type { HandledBy } from '../runtime/definition.ts';
import type { PaymentStores } from './store/stores.ts';

export const routes = [
  /** Authenticated by its signature over the body as it was sent, not by cookies, tokens or a CSRF header. */
  {
    method: 'POST',
    path: '/webhooks/payments',
    largestBody: 1_048_576, // the expected webhooks have a few hundred
    public: {
      requestHeaders: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
      responseHeaders: ['content-type'],
      fixedHeaders: {
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
      },
      cost: 100, // a provider may send 200 a second indefinitely
      shedAt: 2, // payment results are still accepted while searches are shed
      unavailable: { message: 'Webhooks cannot be stored now: send it again in a moment.' },
    },
    async handler({ stores: { payments }, platform: { now, log, paymentProvider } }) {
      const { receiveWebhook } = await import('./http/webhooks.ts');
      return receiveWebhook({ provider: await paymentProvider(), payments, now, log });
    },
  },
] as const satisfies HandledBy<PaymentStores>;
