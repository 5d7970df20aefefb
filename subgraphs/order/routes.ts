// The routes of the order subgraph: ticket documents, whose address alone grants access.
import type { HandledBy } from '../runtime/definition.ts';
import type { OrderStores } from './store/stores.ts';

export const routes = [
  /** `/tickets/TOKEN` is a page, `/tickets/TOKEN.pdf` a PDF. */
  {
    method: 'GET',
    path: '/tickets/:address',
    largestBody: 0,
    public: {
      requestHeaders: [],
      responseHeaders: ['content-type'],
      // no cache may keep a ticket; its page may use its own style and nothing else, and no other page may frame it
      fixedHeaders: {
        'cache-control': 'private, no-store',
        'content-security-policy':
          "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex',
        'referrer-policy': 'no-referrer',
      },
      cost: 1000, // rendering a PDF takes about a quarter of the time of the largest page of a search
      shedAt: 1,
      unavailable: { message: 'Tickets cannot be shown now: try again in a moment.', retryAfter: 5 },
    },
    handler: async ({ stores }) => (await import('./http/tickets.ts')).showTicket(stores.tickets),
  },
] as const satisfies HandledBy<OrderStores>;
