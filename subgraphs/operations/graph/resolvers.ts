// Resolvers of the operations subgraph.
import { deadLetterResolvers } from './dead-letter-resolvers.ts';
import type { Resolvers } from './schema.generated.ts';

export const resolvers: Resolvers = {
  ...deadLetterResolvers,
};
