// Issues tickets for paid orders and voids cancelled ones: on the order's event, and again when its row is due.
import { randomBytes } from 'node:crypto';
import { isGivenUp, stopTrying, takeTickets, toIssue, tryLater } from '../subgraphs/order/rules/ticketing-retries.ts';
import type { Order } from '../subgraphs/order/rules/order.ts';
import type { OrderChangeCause } from '../subgraphs/order/store/store.ts';
import { giveUpTicketing, ticketsTakenBack } from '../subgraphs/order/rules/ticketing.ts';
import { traceIdOf } from '../schema/wire/traceparent.ts';
import { order } from '../subgraphs/order/subgraph.ts';
import { defineWorker } from './engine/definition.ts';

const NAME = 'issue-tickets';
const EVERY = 200; // ms
const AT_ONCE = 20; // orders

/**
 * It calls the issuer before it changes the order, and only with calls that are safe to repeat: after a crash in between,
 * the row is still due and the retry gets the same tickets.
 */
export const issueTickets = defineWorker({
  name: NAME,
  port: 4107,
  does: 'has tickets issued, and voided after a cancellation',
  due: 'tickets that are due',
  subgraph: order,
  uses: ['ticket issuer', 'bus'],
  publishes: true,
  on: ['order.paid', 'order.tickets-cancelled'],
  async work({ stores: { orders }, platform }) {
    const issuer = await platform.ticketIssuer();
    const log = platform.log.child({ service: NAME });

    /** Takes an order as far as the issuer allows. After a fault of the issuer the order is due again later. */
    async function attend(id: string, cause: OrderChangeCause): Promise<void> {
      const seen = await orders.toTicket(id);
      if (!seen) return; // another attempt may have postponed it
      try {
        if (seen.status !== 'PAID') await takeBack(seen, cause);
        else if (isGivenUp(seen)) await giveUp(seen, cause);
        else await issue(seen, cause);
      } catch (error) {
        const tried = await orders.change(id, (current, now) => tryLater(current, seen, now), { by: NAME });
        const fields = { order: id, tries: seen.ticketingTries + 1, error };
        if (tried && 'id' in tried && isGivenUp(tried))
          log.error('ticket issuing given up; the order will be refunded', fields);
        else log.warn('ticket issuing failed; will retry', fields);
      }
    }

    async function issue(paid: Order, cause: OrderChangeCause): Promise<void> {
      const what = toIssue(paid);
      const answer = what ? await issuer.issue(what) : { refused: 'TRAVELLER_FORGOTTEN' };
      if ('refused' in answer) {
        log.warn('ticket issuing refused', { order: paid.id, because: answer.refused });
        await orders.change(paid.id, stopTrying, { by: NAME });
        return attend(paid.id, cause);
      }
      const tickets = answer.tickets.map(({ traveller, number }) => ({ traveller, number, token: secret() }));
      await orders.change(paid.id, (current, now) => takeTickets(current, tickets, now), cause);
    }

    /** The issuer first confirms that no ticket exists or will exist; only then is the money refunded. */
    async function giveUp({ id }: Order, cause: OrderChangeCause): Promise<void> {
      await issuer.void(id, null);
      await orders.change(id, (current) => giveUpTicketing(current, 'NOT_ISSUED'), cause);
    }

    async function takeBack(cancelled: Order, cause: OrderChangeCause): Promise<void> {
      for (const { id, ticketsTakenBackAt } of cancelled.cancellations) {
        if (ticketsTakenBackAt !== null) continue;
        const gone = cancelled.travellers.filter(({ cancellation }) => cancellation === id);
        await issuer.void(
          cancelled.id,
          gone.map((traveller) => traveller.id),
        );
        await orders.change(cancelled.id, (current, now) => ticketsTakenBack(current, id, now), cause);
      }
    }

    return {
      // the order's state decides what to do, so late and repeated events are harmless
      handle: async ([event]) => attend(event.data.orderId, { by: NAME, traceId: traceIdOf(event.traceparent) }),
      due: {
        every: EVERY,
        due: () => orders.dueForTicketing(AT_ONCE),
        cause: orders.traceOf,
        handle: (id) => attend(id, { by: NAME }),
      },
    };
  },
});

/** The unguessable part of the address of a ticket's documents. */
const secret = (): string => randomBytes(24).toString('base64url');
