// Has paid orders ticketed, and cancelled tickets taken back: at once when it hears of it, else when the order's row is due again.
import { randomBytes } from 'node:crypto';
import type { Bus } from '../infra/messaging/bus.ts';
import type { Log } from '../infra/logging/log.ts';
import type { TicketIssuer } from '../infra/partners/ticket-issuer.ts';
import { isGivenUp, stopTrying, takeTickets, toIssue, tryLater } from '../subgraphs/order/rules/issuing.ts';
import type { Order } from '../subgraphs/order/rules/order.ts';
import type { Cause, Orders } from '../subgraphs/order/store/store.ts';
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
 * Starts the worker; the result stops it. The issuer is always asked before the order is changed, and always by calls
 * that may be made again: whoever dies in between leaves a row that is due, and the next one gets the same tickets.
 */
export async function startIssueTickets({ bus, log: logOfSystem, orders, issuer }: IssueTickets) {
  const log = logOfSystem.child({ service: NAME });

  /** Brings an order as far as the issuer lets it. A fault of the issuer's makes it due again, later. */
  async function attend(id: string, cause: Cause): Promise<void> {
    const order = await orders.toTicket(id);
    if (!order) return; // who asked a moment ago may have put it off
    try {
      if (order.status !== 'PAID') await takeBack(order, cause);
      else if (isGivenUp(order)) await giveUp(order, cause);
      else await issue(order, cause);
    } catch (error) {
      const tried = await orders.change(id, (current, now) => tryLater(current, order, now), { by: NAME });
      const fields = { order: id, tries: order.ticketingTries + 1, error };
      if (tried && 'id' in tried && isGivenUp(tried))
        log.error('the issuer is asked no more: the order is refunded', fields);
      else log.warn('the ticket issuer did not do it and will be asked again', fields);
    }
  }

  async function issue(order: Order, cause: Cause): Promise<void> {
    const what = toIssue(order);
    const answer = what ? await issuer.issue(what) : { refused: 'TRAVELLER_FORGOTTEN' };
    if ('refused' in answer) {
      log.warn('there will be no tickets', { order: order.id, because: answer.refused });
      await orders.change(order.id, stopTrying, { by: NAME });
      return attend(order.id, cause);
    }
    const tickets = answer.tickets.map(({ traveller, number }) => ({ traveller, number, token: secret() }));
    await orders.change(order.id, (current, now) => takeTickets(current, tickets, now), cause);
  }

  /** First the issuer promises that there is no ticket and will be none; only then the money goes back. */
  async function giveUp({ id }: Order, cause: Cause): Promise<void> {
    await issuer.void(id, null);
    await orders.change(id, (current) => giveUpTicketing(current, 'NOT_ISSUED'), cause);
  }

  async function takeBack(order: Order, cause: Cause): Promise<void> {
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
    // the order itself says what is still to be done, whatever is heard again or late
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

/** Nobody guesses where a ticket's documents are. */
const secret = (): string => randomBytes(24).toString('base64url');
