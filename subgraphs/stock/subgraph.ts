// The stock subgraph: its manifest.
import { defineSubgraph } from '../runtime/definition.ts';
import { stockSettings } from './settings.ts';

export const stock = defineSubgraph({
  name: 'stock',
  owns: 'departures, seats, holds and the seat ledger',
  dir: import.meta.dirname,
  port: 4003,
  timeout: 2000, // a shopper can do without the seats left
  uses: ['bus'],
  settings: stockSettings,
  publishes: [
    'stock.held',
    'stock.refused',
    'stock.released',
    'stock.returned',
    'stock.low',
    'stock.sold-out',
    'stock.back-on-sale',
  ],
  tables: async () => (await import('./store/tables.ts')).stockTables,
  stores: async (parts) => (await import('./store/stores.ts')).openStockStores(parts),
  async graph({ stores: { stock: seats, departures }, platform: { now } }) {
    const { operatorContext } = await import('./graph/operator-resolvers.ts');
    const { context, resolvers } = await import('./graph/resolvers.ts');
    return {
      resolvers,
      context: (identity) => context(seats, operatorContext(departures, identity, now())),
    };
  },
  checks: async (db) => (await import('./store/checks-store.ts')).stockChecks(db),
  async gauges({ db, platform: { metrics, now } }) {
    const { seatSums } = await import('./store/sums-store.ts');
    metrics.watchSeats(() => seatSums(db, now()));
  },
});
