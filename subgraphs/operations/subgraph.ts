// The operations subgraph: its manifest.
import { defineSubgraph } from '../runtime/definition.ts';

export const operations = defineSubgraph({
  name: 'operations',
  owns: 'dead letters, the list of processes, verification on demand',
  dir: import.meta.dirname,
  port: 4007,
  timeout: 10_000, // as long as a request may take: a verification reads every database
  uses: ['cache'],
  settings: {},
  publishes: [],
  tables: async () => (await import('./store/tables.ts')).operationsTables,
  stores: async (parts) => (await import('./store/stores.ts')).openOperationsStores(parts),
  async graph({ stores }) {
    const { resolvers } = await import('./graph/resolvers.ts');
    return { resolvers, context: (identity) => ({ ...stores, identity }) };
  },
  checks: async (db) => (await import('./store/checks-store.ts')).operationsChecks(db),
  async gauges({ db, platform: { metrics, now } }) {
    const { openDeadLetters } = await import('./store/dead-letter-store.ts');
    metrics.watchDeadLetters(openDeadLetters(db, now).waiting);
  },
  forget: ({ deadLetters }) => deadLetters.forgetSettled(),
});
