// The operators' part of the graph for what was published and is served. It only reads: changes go through the
// registry's own port, as a supergraph that fails must be rolled back without itself.
import { connection, cursorOf, pageOf } from '../../../schema/terms/connection.ts';
import type { SupergraphSummary } from '../store/catalog.ts';
import type { Resolvers } from './schema.generated.ts';

const LIST = 'supergraph versions';
const MOST_VERSIONS = 100;

export const resolvers: Resolvers = {
  Query: {
    publishedSubgraphs: (_, __, { catalog }) => catalog.subgraphs(),
    publishedSubgraph: (_, { name }, { catalog }) => catalog.subgraph(name),
    async supergraphVersions(_, args, { catalog }) {
      const page = pageOf(LIST, [0], args);
      const found = await catalog.supergraphs(page);
      const cursor = ({ version }: SupergraphSummary) => cursorOf(LIST, [version]);
      return connection(found, page, cursor, () => catalog.countSupergraphs());
    },
    servingGateways: (_, __, { gateways }) => gateways.live(),
  },

  PublishedSubgraph: {
    urls: ({ urls }) => [...urls],
    createdAt: ({ createdAt }) => createdAt.toISOString(),
    versions: ({ name }, _, { catalog }) => catalog.versions(name, MOST_VERSIONS),
    async servedVersion({ name }, _, { catalog }) {
      const { served } = await catalog.head();
      return served?.members[name]?.version ?? null;
    },
  },

  SubgraphVersion: {
    publishedAt: ({ publishedAt }) => publishedAt.toISOString(),
    sdl: async ({ subgraph, version }, _, { catalog }) => (await catalog.version(subgraph, version))?.sdl ?? '',
  },

  SupergraphVersion: {
    servedAt: ({ servedAt }) => servedAt.toISOString(),
    members: ({ members }) => Object.entries(members).map(([subgraph, { version }]) => ({ subgraph, version })),
    async gatewayCount({ version }, _, { gateways }) {
      return (await gateways.live()).filter(({ supergraph }) => supergraph === version).length;
    },
  },

  ServingGateway: {
    id: ({ gateway }) => gateway,
    reportedAt: ({ reportedAt }) => reportedAt.toISOString(),
  },
};
