// Looks tickets up by the secret in the address of their documents.
import type { Database } from '../../../infra/database/database.ts';
import type { Order, Ticket as OrderTicket } from '../rules/order.ts';
import { ordersOf } from './rows.ts';
import { OrderHead, TicketEntity } from './tables.ts';

export interface Tickets {
  /** The ticket with this secret, and its order; null if there is none. */
  byToken(token: string): Promise<{ ticket: OrderTicket; order: Order } | null>;
}

export const openTickets = (db: Database): Tickets => ({
  async byToken(token) {
    const em = db.read();
    const row = await em.findOne(TicketEntity, { token });
    const head = row && (await em.findOne(OrderHead, { id: row.orderId }, { disableIdentityMap: true }));
    const [order] = head ? await ordersOf(em, [head]) : [];
    const ticket = order?.tickets.find((each) => each.token === token);
    return order && ticket ? { order, ticket } : null;
  },
});
