// The payment subgraph, assembled.
import { readSdl, type Subgraph } from '../runtime/serve.ts';
import { resolvers } from './graph/resolvers.ts';
import type { Context } from './graph/context.ts';

/** The payment subgraph. */
export const createPaymentSubgraph = (parts: Omit<Context, 'identity'>): Subgraph => ({
  name: 'payment',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  context: (identity): Context => ({ ...parts, identity }),
});
