// The order subgraph: its manifest.
import { defineSubgraph } from '../runtime/definition.ts';
import { routes } from './routes.ts';
import { orderSettings } from './settings.ts';

export const order = defineSubgraph({
  name: 'order',
  owns: 'orders, carts, tickets and their mails',
  dir: import.meta.dirname,
  port: 4005,
  timeout: 5000,
  uses: ['bus'],
  settings: orderSettings,
  routes,
  publishes: [
    'order.placed',
    'order.awaiting-payment',
    'order.rejected',
    'order.paid',
    'order.ticketed',
    'order.closing',
    'order.closed',
    'order.tickets-cancelled',
    'order.refund-due',
    'order.seats-given-back',
    'order.refunded',
  ],
  tables: async () => (await import('./store/tables.ts')).orderTables,
  stores: async (parts) => (await import('./store/stores.ts')).openOrderStores(parts),
  async graph({ stores, settings: { UNPAID_SEATS: seatCaps }, platform: { now, offerKeys, publicUrl } }) {
    const { context, resolvers } = await import('./graph/resolvers.ts');
    return {
      resolvers,
      context: (identity) => context({ ...stores, publicUrl, seatCaps }, identity, offerKeys, now()),
    };
  },
  forget: ({ orders }) => orders.forgetTakers(),
  checks: async (db, now) => (await import('./store/checks-store.ts')).orderChecks(db, now),
  async gauges({ db, platform: { metrics } }) {
    const { ends } = await import('./rules/order.ts');
    const { orderStandings } = await import('./store/standing-store.ts');
    metrics.watchOrders(() => orderStandings(db), ends);
  },
});
