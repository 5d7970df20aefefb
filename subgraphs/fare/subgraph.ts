// The fare subgraph, assembled.
import type { Clock } from '../../infra/process/clock.ts';
import type { SigningKey } from '../../schema/wire/signing-key.ts';
import { readSdl, type Subgraph } from '../runtime/serve.ts';
import { managerContext } from './graph/administration-resolvers.ts';
import type { Administration } from './store/administration-store.ts';
import type { FareCache } from './store/fare-cache.ts';
import { context, resolvers } from './graph/resolvers.ts';
import type { Fares } from './store/store.ts';

/** What the fare subgraph depends on. */
export interface FareRoom {
  fares: Fares;
  cache: FareCache;
  administration: Administration;
}

/** Creates the fare subgraph. It signs offer tokens with the key. */
export const createFareSubgraph = (room: FareRoom, key: SigningKey, now: Clock): Subgraph => ({
  name: 'fare',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  context: (identity) => context(room.cache, key, { ...managerContext(room), now: now(), identity }),
});
