// The payment subgraph, assembled.
import { handled } from '../runtime/routes.ts';
import { readSdl, type Subgraph } from '../runtime/serve.ts';
import { resolvers } from './graph/resolvers.ts';
import type { Context } from './graph/context.ts';
import { receiveWebhook } from './http/webhooks.ts';
import { routes } from './routes.ts';

/** The payment subgraph. */
export const createPaymentSubgraph = (parts: Omit<Context, 'identity'>): Subgraph => ({
  name: 'payment',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  routes: handled(routes, { webhook: receiveWebhook(parts) }),
  context: (identity): Context => ({ ...parts, identity }),
});
