// The stores of the order subgraph.
import type { StoreParts } from '../../runtime/definition.ts';
import { openCarts } from './cart-store.ts';
import { openMails } from './mail-store.ts';
import { openOrders } from './store.ts';
import { openTickets } from './ticket-store.ts';

export type OrderStores = ReturnType<typeof openOrderStores>;

export const openOrderStores = ({ db, platform: { offerKeys } }: StoreParts) => ({
  orders: openOrders(db, offerKeys),
  carts: openCarts(db),
  mails: openMails(db),
  tickets: openTickets(db),
});
