// Orders for tests of rules, brought into every state by the rules themselves.
import { cancel } from '../../subgraphs/order/rules/cancellation.ts';
import { isRefused } from '../../schema/errors.ts';
import type { OrderDecision, Order, OrderStatus } from '../../subgraphs/order/rules/order.ts';
import { type OrderHistory, placeOrder, type Placing } from '../../subgraphs/order/rules/placing.ts';
import { capture, close, confirmHold, paidBack, reject, released } from '../../subgraphs/order/rules/settling.ts';
import { giveUpTicketing, ticketed, ticketsTakenBack } from '../../subgraphs/order/rules/ticketing.ts';
import type { WantedTraveller } from '../../subgraphs/order/rules/travellers.ts';
import { anOffer, adult, contact } from './ordering.ts';

export const NOW = new Date('2026-03-01T12:00:00Z');
export const LATER = new Date('2026-03-01T12:15:00Z');

/** The order after a decision. Throws if the decision is a refusal. */
export function after(decision: OrderDecision): Order {
  if (isRefused(decision)) throw new Error(`refused: ${decision.refused}, ${decision.because}`);
  return decision.next;
}

/** The history of an account and an address that have ordered nothing so far. */
export const noHistory: OrderHistory = {
  unpaid: { account: new Map(), address: new Map() },
  lapses: { account: 0, address: 0 },
  booked: [],
};

/** An order that was just placed, by default for one adult on one flight. */
export function aPlaced(offers = [{ offer: anOffer(), travellers: [adult as WantedTraveller] }]): Order {
  const placing = placeOrder({ offers, contact }, 'off', NOW);
  if (isRefused(placing)) throw new Error(placing.because);
  const placed = placing.decide({ id: 'ord_1', number: '000-000-000', account: 'acc_1' }, noHistory, NOW);
  if (isRefused(placed)) throw new Error(placed.because);
  return placed.next;
}

export const paymentOf = ({ amount, currency }: Order, paymentId = 'pay_1') => ({ paymentId, amount, currency });
export const issuedTo = (order: Order) =>
  order.travellers.map(({ id }, i) => ({
    traveller: id,
    number: `312-${order.id}-${i}`.slice(-32),
    token: `token-${id}`,
  }));

/** An order in each state, by the shortest path to it. */
export function inEveryState(placed: Order = aPlaced()): Record<OrderStatus, Order> {
  const held = after(confirmHold(placed));
  const paid = after(capture(held, paymentOf(held), NOW));
  const closing = after(close(held, LATER));
  const refunding = after(giveUpTicketing(paid, 'NO_ANSWER'));
  return {
    PENDING: placed,
    AWAITING_PAYMENT: held,
    PAID: paid,
    TICKETED: after(ticketed(paid, issuedTo(paid), NOW)),
    CLOSING: closing,
    CLOSED: after(released(closing)),
    REJECTED: after(reject(placed, { because: 'SOLD_OUT' })),
    REFUNDING: refunding,
    REFUNDED: after(paidBack(refunding, { refundId: refunding.refunds[0]!.id })),
  };
}

/** A ticketed order whose tickets were all cancelled and voided. */
export function cancelledWhole(placed: Order = aPlaced()): Order {
  const cancelled = after(cancel(inEveryState(placed).TICKETED, null, null, NOW));
  return after(ticketsTakenBack(cancelled, cancelled.cancellations[0]!.id, NOW));
}

/** The input that places an order of one adult: for tests with a store and without a subgraph. */
export function aPlacing(offer = anOffer()): Placing {
  const placing = placeOrder({ offers: [{ offer, travellers: [adult as WantedTraveller] }], contact }, 'off', NOW);
  if (isRefused(placing)) throw new Error(placing.because);
  return placing;
}
