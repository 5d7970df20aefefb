// The operators' part of the graph for the processes of the system.
import type { Resolvers } from './schema.generated.ts';

export const processResolvers = {
  Query: {
    processes: (_, __, { processes }) => processes.list(),
  },

  Process: {
    lastHeartbeatAt: ({ lastHeartbeatAt }) => lastHeartbeatAt.toISOString(),
  },
} satisfies Resolvers;
