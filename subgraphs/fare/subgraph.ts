// The fare room, assembled.
import type { Clock } from '../../infra/clock.ts';
import type { SigningKey } from '../../schema/offer-token.ts';
import { readSdl, type Subgraph } from '../serve.ts';
import type { FareCache } from './fare-cache.ts';
import { context, resolvers } from './resolvers.ts';

/** The fare room as a subgraph; it signs offers with the key. */
export const createFareSubgraph = (fares: FareCache, key: SigningKey, now: Clock): Subgraph => ({
  name: 'fare',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  context: () => context(fares, key, now()),
});
