// The stock room, assembled.
import type { Subgraph } from '../serve.ts';
import { readSdl } from '../serve.ts';
import { context, resolvers } from './resolvers.ts';
import type { Stock } from './store.ts';

/** The stock room as a subgraph. */
export const createStockSubgraph = (stock: Stock): Subgraph => ({
  name: 'stock',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  context: () => context(stock),
});
