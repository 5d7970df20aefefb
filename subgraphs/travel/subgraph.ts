// The travel subgraph.
import type { Subgraph } from '../runtime/serve.ts';
import { readSdl } from '../runtime/serve.ts';
import { context, resolvers } from './graph/resolvers.ts';
import type { Travel } from './store/store.ts';

/** Creates the travel subgraph. `now` decides which departure dates are past. */
export const createTravelSubgraph = (travel: Travel, now: () => Date): Subgraph => ({
  name: 'travel',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  context: () => context(travel, now()),
});
