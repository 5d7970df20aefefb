// The payment room, assembled.
import { readSdl, type Subgraph } from '../runtime/serve.ts';
import { resolvers } from './graph/resolvers.ts';
import type { Context } from './graph/context.ts';

/** The payment room as a subgraph. */
export const createPaymentSubgraph = (parts: Omit<Context, 'identity'>): Subgraph => ({
  name: 'payment',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  context: (identity): Context => ({ ...parts, identity }),
});
