// The travel room, assembled.
import type { Subgraph } from '../runtime/serve.ts';
import { readSdl } from '../runtime/serve.ts';
import { context, resolvers } from './graph/resolvers.ts';
import type { Travel } from './store/store.ts';

/** The travel room as a subgraph. `now` tells which departure dates are past. */
export const createTravelSubgraph = (travel: Travel, now: () => Date): Subgraph => ({
  name: 'travel',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  context: () => context(travel, now()),
});
