// The payment subgraph: its manifest.
import { defineSubgraph } from '../runtime/definition.ts';
import { routes } from './routes.ts';

export const payment = defineSubgraph({
  name: 'payment',
  owns: 'payments, refunds and wallets',
  dir: import.meta.dirname,
  port: 4006,
  timeout: 5000,
  uses: ['payment provider', 'bus'],
  settings: {},
  routes,
  publishes: ['payment.captured', 'payment.failed', 'payment.refunded'],
  tables: async () => (await import('./store/tables.ts')).paymentTables,
  stores: async (parts) => (await import('./store/stores.ts')).openPaymentStores(parts),
  async graph({ stores, platform }) {
    const { collectingWith } = await import('./store/collecting.ts');
    const { resolvers } = await import('./graph/resolvers.ts');
    const parts = { ...stores, ...(await collectingWith(stores, platform)), now: platform.now, log: platform.log };
    return { resolvers, context: (identity) => ({ ...parts, identity }) };
  },
  checks: async (db, now) => (await import('./store/checks-store.ts')).paymentChecks(db, now),
});
