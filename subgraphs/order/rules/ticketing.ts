// How an order reacts to the ticket issuer: tickets issued, issuing failed, or tickets voided.
import {
  itemOf,
  type OrderDecision,
  type Item,
  type Order,
  partId,
  type Ticket,
  take,
  type Traveller,
} from './order.ts';
import { refusal } from './refusal.ts';
import { refundDue, refunded, refundOf } from './settling.ts';

/** A ticket from the issuer, with the secret for the address of its document. */
export type Issued = Pick<Ticket, 'traveller' | 'number' | 'token'>;

/** Every traveller has a ticket. Throws an Error if a ticket is missing: the issuer's answer is then incomplete. */
export function ticketed(order: Order, issued: readonly Issued[], now: Date): OrderDecision {
  const byTraveller = new Map(issued.map((ticket) => [ticket.traveller, ticket]));
  const tickets = order.travellers.flatMap(({ id }, i): Ticket[] => {
    const ticket = byTraveller.get(id);
    return ticket ? [{ ...ticket, id: partId('tkt', order, i + 1), issuedAt: now.getTime(), cancelledAt: null }] : [];
  });
  if (issued.length !== order.travellers.length || tickets.length !== order.travellers.length) {
    throw new Error(
      `${order.id}: ${issued.length} tickets are not one for each of ${order.travellers.length} travellers`,
    );
  }
  return take(order, 'TICKETED', {
    change: { tickets, ticketingDueAt: null },
    events: [{ type: 'order.ticketed', data: { orderId: order.id } }],
  });
}

/** Schedules the next call to the issuer; refused if the order needs none. */
export const askIssuerAgain = (order: Order, at: Date): OrderDecision =>
  order.ticketingDueAt === null
    ? refusal('NOT_POSSIBLE_NOW', 'The order does not wait for the ticket issuer.')
    : {
        next: { ...order, ticketingDueAt: at.getTime(), ticketingTries: order.ticketingTries + 1 },
        events: [],
        timeline: null,
      };

/** Issuing failed for good, and the issuer has confirmed that it will issue nothing: money and seats go back in full. */
export function giveUpTicketing(order: Order, because: string): OrderDecision {
  const { paymentId, amount, currency } = order;
  if (paymentId === null) return take(order, 'TICKETING_FAILED', { because });
  const refund = refundOf(order, { paymentId, amount, currency }, 'TICKETING_FAILED');
  return take(order, 'TICKETING_FAILED', {
    because,
    change: { refunds: [...order.refunds, refund], ticketingDueAt: null },
    events: [refundDue(order, refund), ...seatsGivenBack(order, refund.id, order.travellers)],
  });
}

/** The issuer has voided the tickets of a cancellation: only now do money and seats go back. */
export function ticketsTakenBack(order: Order, cancellationId: string, now: Date): OrderDecision {
  const at = now.getTime();
  const found = order.cancellations.find(({ id }) => id === cancellationId);
  if (found?.ticketsTakenBackAt !== null) {
    return refusal('NOT_POSSIBLE_NOW', `No cancellation ${cancellationId} waits for the ticket issuer.`);
  }
  const gone = order.travellers.filter(({ cancellation }) => cancellation === cancellationId);
  const cancellations = order.cancellations.map((each) =>
    each === found ? { ...each, ticketsTakenBackAt: at } : each,
  );
  const isDue = ({ cancellation }: { cancellation: string | null }) => cancellation === cancellationId;
  const refunds = order.refunds.map((each) => (isDue(each) ? { ...each, state: 'DUE' as const } : each));
  const change = {
    cancellations,
    refunds,
    tickets: order.tickets.map((each) =>
      gone.some(({ id }) => id === each.traveller) ? { ...each, cancelledAt: at } : each,
    ),
    ticketingDueAt: cancellations.some(({ ticketsTakenBackAt }) => ticketsTakenBackAt === null) ? at : null,
    ticketingTries: 0,
  };
  const events = [
    ...refunds.filter(isDue).map((refund) => refundDue(order, refund)),
    ...seatsGivenBack(order, cancellationId, gone),
  ];
  const taken = take(order, 'TICKETS_TAKEN_BACK', { change, events });
  if ('refused' in taken) return taken;
  // if the fee is the whole price, no refund is due and the order can end at once
  const ended = refunded(taken.next);
  return ended && 'next' in ended ? { ...ended, events: [...events, ...ended.events] } : taken;
}

/** How many seats the travellers take, by departure; an infant takes none. */
export function seatsOf(items: readonly Item[], travellers: readonly Pick<Traveller, 'item' | 'type'>[]) {
  const counts = new Map<string, number>();
  for (const traveller of travellers) {
    if (traveller.type === 'INFANT') continue;
    const { departureId } = itemOf({ items }, traveller).offer;
    counts.set(departureId, (counts.get(departureId) ?? 0) + 1);
  }
  return [...counts].map(([departureId, seats]) => ({ departureId, seats }));
}

function seatsGivenBack(order: Order, returnId: string, travellers: readonly Traveller[]) {
  const seats = seatsOf(order.items, travellers);
  return seats.length
    ? [{ type: 'order.seats-given-back' as const, data: { orderId: order.id, returnId, seats } }]
    : [];
}
