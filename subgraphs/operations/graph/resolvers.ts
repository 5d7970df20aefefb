// Resolvers of the operations subgraph; all of them are for operators.
import { deadLetterResolvers } from './dead-letter-resolvers.ts';
import { processResolvers } from './process-resolvers.ts';
import type { Resolvers } from './schema.generated.ts';
import { verificationResolvers } from './verification-resolvers.ts';

export const resolvers: Resolvers = {
  ...deadLetterResolvers,
  ...processResolvers,
  ...verificationResolvers,
  Query: { ...deadLetterResolvers.Query, ...processResolvers.Query, ...verificationResolvers.Query },
};
