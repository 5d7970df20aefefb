// The stock subgraph: its manifest.
import { defineSubgraph } from '../runtime/definition.ts';
import { stockSettings } from './settings.ts';

export const stock = defineSubgraph({
  name: 'stock',
  owns: 'departures, seats, holds and the seat ledger; dead letters for operators',
  dir: import.meta.dirname,
  port: 4003,
  timeout: 2000, // a shopper can do without the seats left
  uses: ['bus'],
  settings: stockSettings,
  showsDeadLetters: true,
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
  async graph({ stores: { stock: seats, departures }, platform: { now, letters } }) {
    const { operatorContext } = await import('./graph/operator-resolvers.ts');
    const { context, resolvers } = await import('./graph/resolvers.ts');
    return {
      resolvers,
      context: (identity) => context(seats, letters, operatorContext(departures, identity, now())),
    };
  },
  checks: async (db) => (await import('./store/checks-store.ts')).stockChecks(db),
  async gauges({ db, platform: { metrics, now, letters } }) {
    const { seatSums } = await import('./store/sums-store.ts');
    metrics.watchSeats(() => seatSums(db, now()));
    metrics.watchLetters(letters);
  },
});
