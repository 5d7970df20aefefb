// The fare subgraph: its manifest.
import { defineSubgraph } from '../runtime/definition.ts';
import { fareSettings } from './settings.ts';

export const fare = defineSubgraph({
  name: 'fare',
  owns: 'fares, prices, offers and the price calendar',
  dir: import.meta.dirname,
  port: 4001,
  timeout: 5000,
  uses: ['cache', 'bus'],
  settings: fareSettings,
  publishes: ['fare.changed', 'fare.rebuild', 'departure.scheduled'],
  tables: async () => (await import('./store/tables.ts')).fareTables,
  stores: async (parts) => (await import('./store/stores.ts')).openFareStores(parts),
  async graph({ stores, platform: { now, offerKeys } }) {
    const { managerContext } = await import('./graph/administration-resolvers.ts');
    const { context, resolvers } = await import('./graph/resolvers.ts');
    const [signingKey] = offerKeys;
    return {
      resolvers,
      context: (identity) => context(stores.cache, signingKey, { ...managerContext(stores), now: now(), identity }),
    };
  },
  demo: async ({ stores, settings, platform }) =>
    (await import('./demo/file.ts')).fileDemoFares(stores.fares, settings.DEMO_SEED, platform),
});
