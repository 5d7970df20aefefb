// The travel subgraph: its manifest.
import { defineSubgraph } from '../runtime/definition.ts';

export const travel = defineSubgraph({
  name: 'travel',
  owns: 'airports, sights, stays and their reviews',
  dir: import.meta.dirname,
  port: 4002,
  timeout: 1000, // a shopper can do without the guide, and a search takes as long as the slowest subgraph
  uses: [],
  settings: {},
  onlyReads: true,
  publishes: [],
  tables: async () => (await import('./store/tables.ts')).travelTables,
  stores: async ({ db }) => ({ travel: (await import('./store/store.ts')).openTravel(db) }),
  async graph({ stores: { travel: guides }, platform: { now } }) {
    const { context, resolvers } = await import('./graph/resolvers.ts');
    return { resolvers, context: () => context(guides, now()) };
  },
  async demo({ stores: { travel: guides }, platform: { now } }) {
    if (await guides.isEmpty()) await guides.file((await import('./demo/demo.ts')).demoGuides(now()));
  },
});
