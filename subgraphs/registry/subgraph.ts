// The registry: its manifest.
import { defineSubgraph } from '../runtime/definition.ts';
import { routes } from './routes.ts';
import { registrySettings } from './settings.ts';

export const registry = defineSubgraph({
  name: 'registry',
  owns: 'published subgraph schemas, and what gateways serve',
  dir: import.meta.dirname,
  port: 4008,
  timeout: 5000,
  uses: [],
  settings: registrySettings,
  derivesKeys: true,
  routes,
  server: {
    serves: 'registry of schemas',
    variable: 'REGISTRY_PORT',
    async open({ stores, platform: { log } }) {
      const { openApi } = await import('./http/api.ts');
      return openApi(stores, log);
    },
  },
  publishes: [],
  tables: async () => (await import('./store/tables.ts')).registryTables,
  stores: async (parts) => (await import('./store/stores.ts')).openRegistryStores(parts),
  async atStart({ stores: { releases }, platform: { sharesDatabases } }) {
    const { committedGraph } = await import('../../schema/composition/committed-graph.ts');
    await releases.publish(committedGraph(), { alone: !sharesDatabases });
  },
  async graph({ stores }) {
    const { resolvers } = await import('./graph/resolvers.ts');
    return { resolvers, context: (identity) => ({ ...stores, identity }) };
  },
  endWaits: ({ gateways }) => gateways.endPolls(),
  forget: ({ forget }) => forget(),
});
