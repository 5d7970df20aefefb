// How long ticket issuing is retried, and which result wins when one try succeeds while another gives up.
import type { Issue } from '../../../infra/partners/ticket-issuer.ts';
import { itemOf, type Order, type OrderDecision } from './order.ts';
import { refusal } from './refusal.ts';
import { askIssuerAgain, type Issued, ticketed } from './ticketing.ts';
import { doubledPause } from '../../../schema/terms/back-off.ts';
import { MINUTE, SECOND } from '../../../schema/terms/durations.ts';

const FIRST_PAUSE = 5 * SECOND;
const LONGEST_PAUSE = MINUTE; // after an outage the issuer is called again within this time
/** How often ticket issuing is tried for an order. */
export const MOST_TRIES = 12; // nine minutes: after that, travellers would rather have their money back

/** Whether issuing is given up: any ticket that may exist is then voided, and after that the money is refunded. */
export const isGivenUp = (order: Order): boolean => order.status === 'PAID' && order.ticketingTries >= MOST_TRIES;

const outrun: OrderDecision = refusal('NOT_POSSIBLE_NOW', 'Another process has changed this order meanwhile.');

/** The tickets are issued. OrderRefusal once issuing was given up, because the tickets are then being voided. */
export const takeTickets = (order: Order, issued: readonly Issued[], now: Date): OrderDecision =>
  isGivenUp(order) ? outrun : ticketed(order, issued, now);

/**
 * The issuer gave no result: retry later, with growing pauses. `seen` is the order as the failed try read it: if it has
 * changed since, the failure is not counted, so that two tries that fail together count once.
 */
export function tryLater(order: Order, seen: Pick<Order, 'version'>, now: Date): OrderDecision {
  if (order.version !== seen.version) return outrun;
  const pause = doubledPause(FIRST_PAUSE, order.ticketingTries, LONGEST_PAUSE);
  const decision = askIssuerAgain(order, new Date(now.getTime() + pause));
  // given up: voiding starts at once
  return 'next' in decision && isGivenUp(decision.next) && !isGivenUp(order) ? dueAt(decision, now) : decision;
}

/** The issuer will never issue these tickets. */
export function stopTrying(order: Order, now: Date): OrderDecision {
  if (order.status !== 'PAID' || isGivenUp(order)) return outrun;
  const decision = askIssuerAgain(order, now);
  return 'next' in decision ? { ...decision, next: { ...decision.next, ticketingTries: MOST_TRIES } } : decision;
}

const dueAt = (decision: Extract<OrderDecision, { next: Order }>, now: Date): OrderDecision => ({
  ...decision,
  next: { ...decision.next, ticketingDueAt: now.getTime() },
});

/** The request to the issuer; null once a traveller's personal data is deleted, because a ticket needs a name. */
export const toIssue = (order: Order): Issue | null => {
  const travellers = order.travellers.flatMap((traveller) => {
    const { id, person } = traveller;
    return person ? [{ id, name: person.name, carrier: itemOf(order, traveller).offer.slices[0].carrier }] : [];
  });
  return travellers.length === order.travellers.length ? { order: order.id, travellers } : null;
};
