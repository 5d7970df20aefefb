// Issues tickets for paid orders and voids cancelled ones: on the order's event, and again when its row is due.
import { randomBytes } from 'node:crypto';
import type { Bus } from '../infra/messaging/bus.ts';
import type { Log } from '../infra/logging/log.ts';
import type { TicketIssuer } from '../infra/partners/ticket-issuer.ts';
import { isGivenUp, stopTrying, takeTickets, toIssue, tryLater } from '../subgraphs/order/rules/issuing.ts';
import type { Order } from '../subgraphs/order/rules/order.ts';
import type { OrderChangeCause, Orders } from '../subgraphs/order/store/store.ts';
import { giveUpTicketing, ticketsTakenBack } from '../subgraphs/order/rules/ticketing.ts';
import { traceIdOf } from '../schema/wire/traceparent.ts';
import { consume } from './engine/consume.ts';
import { pollDue } from './engine/poll-due.ts';

const NAME = 'issue-tickets';
const EVERY = 200; // ms
const AT_ONCE = 20; // orders

export interface IssueTickets {
  bus: Bus;
  log: Log;
  orders: Orders;
  issuer: TicketIssuer;
}

/**
 * Starts the worker and returns its stop function. It calls the issuer before it changes the order, and only with calls
 * that are safe to repeat: after a crash in between, the row is still due and the retry gets the same tickets.
 */
export async function startIssueTickets({ bus, log: logOfSystem, orders, issuer }: IssueTickets) {
  const log = logOfSystem.child({ service: NAME });

  /** Takes an order as far as the issuer allows. After a fault of the issuer the order is due again later. */
  async function attend(id: string, cause: OrderChangeCause): Promise<void> {
    const order = await orders.toTicket(id);
    if (!order) return; // another attempt may have postponed it
    try {
      if (order.status !== 'PAID') await takeBack(order, cause);
      else if (isGivenUp(order)) await giveUp(order, cause);
      else await issue(order, cause);
    } catch (error) {
      const tried = await orders.change(id, (current, now) => tryLater(current, order, now), { by: NAME });
      const fields = { order: id, tries: order.ticketingTries + 1, error };
      if (tried && 'id' in tried && isGivenUp(tried))
        log.error('ticket issuing given up; the order will be refunded', fields);
      else log.warn('ticket issuing failed; will retry', fields);
    }
  }

  async function issue(order: Order, cause: OrderChangeCause): Promise<void> {
    const what = toIssue(order);
    const answer = what ? await issuer.issue(what) : { refused: 'TRAVELLER_FORGOTTEN' };
    if ('refused' in answer) {
      log.warn('ticket issuing refused', { order: order.id, because: answer.refused });
      await orders.change(order.id, stopTrying, { by: NAME });
      return attend(order.id, cause);
    }
    const tickets = answer.tickets.map(({ traveller, number }) => ({ traveller, number, token: secret() }));
    await orders.change(order.id, (current, now) => takeTickets(current, tickets, now), cause);
  }

  /** The issuer first confirms that no ticket exists or will exist; only then is the money refunded. */
  async function giveUp({ id }: Order, cause: OrderChangeCause): Promise<void> {
    await issuer.void(id, null);
    await orders.change(id, (current) => giveUpTicketing(current, 'NOT_ISSUED'), cause);
  }

  async function takeBack(order: Order, cause: OrderChangeCause): Promise<void> {
    for (const { id, ticketsTakenBackAt } of order.cancellations) {
      if (ticketsTakenBackAt !== null) continue;
      const gone = order.travellers.filter(({ cancellation }) => cancellation === id);
      await issuer.void(
        order.id,
        gone.map((traveller) => traveller.id),
      );
      await orders.change(order.id, (current, now) => ticketsTakenBack(current, id, now), cause);
    }
  }

  const leave = await consume({
    bus,
    log: logOfSystem,
    name: NAME,
    on: ['order.paid', 'order.tickets-cancelled'],
    // the order's state decides what to do, so late and repeated events are harmless
    handle: async ([event]) => attend(event!.data.orderId, { by: NAME, traceId: traceIdOf(event!.traceparent) }),
  });
  const stop = await pollDue({
    log: logOfSystem,
    name: NAME,
    every: EVERY,
    due: () => orders.dueForTicketing(AT_ONCE),
    cause: orders.traceOf,
    handle: (id) => attend(id, { by: NAME }),
  });
  return async () => void (await Promise.all([leave(), stop()]));
}

/** The unguessable part of the address of a ticket's documents. */
const secret = (): string => randomBytes(24).toString('base64url');
