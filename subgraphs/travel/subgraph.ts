// The travel room, assembled.
import type { Subgraph } from '../serve.ts';
import { readSdl } from '../serve.ts';
import { context, resolvers } from './resolvers.ts';
import type { Travel } from './store.ts';

/** The travel room as a subgraph. `now` tells which departure dates are past. */
export const createTravelSubgraph = (travel: Travel, now: () => Date): Subgraph => ({
  name: 'travel',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  context: () => context(travel, now()),
});
