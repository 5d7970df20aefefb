// The order subgraph, assembled.
import type { Clock } from '../../infra/process/clock.ts';
import type { SigningKey } from '../../schema/wire/signing-key.ts';
import { handled } from '../runtime/routes.ts';
import { readSdl, type Subgraph } from '../runtime/serve.ts';
import { context, resolvers } from './graph/resolvers.ts';
import type { OrderRoom } from './graph/context.ts';
import { showTicket } from './http/tickets.ts';
import { routes } from './routes.ts';
import type { Tickets } from './store/ticket-store.ts';

/** The stores and settings of the order subgraph. */
export type OrderStores = OrderRoom & { tickets: Tickets };

/** The order subgraph; it accepts offers signed with any of the keys. */
export const createOrderSubgraph = (stores: OrderStores, offerKeys: readonly SigningKey[], now: Clock): Subgraph => ({
  name: 'order',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  routes: handled(routes, { ticket: showTicket(stores.tickets) }),
  context: (identity) => context(stores, identity, offerKeys, now()),
});
