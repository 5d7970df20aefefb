// How long the issuer is asked for an order's tickets, and who wins when one try says yes while another gives up.
import type { Issue } from '../../../infra/partners/ticket-issuer.ts';
import type { Decision, Order } from './order.ts';
import { askIssuerAgain, type Issued, ticketed } from './ticketing.ts';

const SECOND = 1000;
const FIRST_PAUSE = 5 * SECOND;
const LONGEST_PAUSE = 60 * SECOND; // an issuer that is back is asked within it
/** How often the issuer is asked for an order's tickets. */
export const MOST_TRIES = 12; // nine minutes: travellers would rather have their money back than wait on

/** Whether the issuer is asked for tickets no more: what may have been issued is to be voided, then the money goes back. */
export const isGivenUp = (order: Order): boolean => order.status === 'PAID' && order.ticketingTries >= MOST_TRIES;

const outrun: Decision = { refused: 'NOT_POSSIBLE_NOW', because: 'Somebody else was faster.' };

/** The tickets are there; refused once they were given up, for they are being voided then. */
export const takeTickets = (order: Order, issued: readonly Issued[], now: Date): Decision =>
  isGivenUp(order) ? outrun : ticketed(order, issued, now);

/** The issuer did not say: ask later, each time a little later. Only the order as the try saw it, or two tries that fail together would count as two. */
export function tryLater(order: Order, seen: Pick<Order, 'version'>, now: Date): Decision {
  if (order.version !== seen.version) return outrun;
  const pause = Math.min(FIRST_PAUSE * 2 ** order.ticketingTries, LONGEST_PAUSE);
  const decision = askIssuerAgain(order, new Date(now.getTime() + pause));
  // given up: the voiding waits for nothing
  return 'next' in decision && isGivenUp(decision.next) && !isGivenUp(order) ? dueAt(decision, now) : decision;
}

/** The issuer will never issue these tickets. */
export function stopTrying(order: Order, now: Date): Decision {
  if (order.status !== 'PAID' || isGivenUp(order)) return outrun;
  const decision = askIssuerAgain(order, now);
  return 'next' in decision ? { ...decision, next: { ...decision.next, ticketingTries: MOST_TRIES } } : decision;
}

const dueAt = (decision: Extract<Decision, { next: Order }>, now: Date): Decision => ({
  ...decision,
  next: { ...decision.next, ticketingDueAt: now.getTime() },
});

/** What the issuer is asked for; null once a traveller is forgotten: nobody could say who travels. */
export const toIssue = (order: Order): Issue | null => {
  if (order.travellers.some(({ person }) => !person)) return null;
  return {
    order: order.id,
    travellers: order.travellers.map(({ id, item, person }) => ({
      id,
      name: person!.name,
      carrier: order.items.find((each) => each.id === item)!.offer.slices[0]!.carrier,
    })),
  };
};
