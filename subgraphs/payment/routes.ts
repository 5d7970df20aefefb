// The routes of the payment subgraph: where the payment provider sends its webhooks.
import type { SubgraphRoutes } from '../../schema/wire/route.ts';

export const routes = {
  /** Authenticated by its signature over the body as it was sent, not by cookies, tokens or a CSRF header. */
  webhook: {
    method: 'POST',
    path: '/webhooks/payments',
    largestBody: 1_048_576, // the expected webhooks have a few hundred
    public: {
      requestHeaders: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
      responseHeaders: ['content-type'],
      fixedHeaders: {},
      cost: 100, // a provider may send 200 a second indefinitely
      shedAt: 2, // payment results are still accepted while searches are shed
      unavailable: { message: 'Webhooks cannot be stored now: send it again in a moment.' },
    },
  },
} as const satisfies SubgraphRoutes;
