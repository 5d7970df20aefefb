// Cancellation: free before payment; after ticketing by the conditions of each traveller's fare, quoted first.
import { present } from '../../../schema/values/present.ts';
import { closing } from './settling.ts';
import {
  itemOf,
  type OrderDecision,
  type Item,
  may,
  type Order,
  partId,
  type Refund,
  type OrderRefusal,
  take,
  type Traveller,
} from './order.ts';
import { refusal } from './refusal.ts';
import { HOUR } from '../../../schema/terms/durations.ts';
import { companionNeeded } from '../../../schema/terms/fare-words.ts';

/** What a cancellation costs; minor units of the order's currency. */
export interface Quote {
  travellers: readonly { id: string; price: number; fee: number; refund: number }[];
  fee: number;
  refund: number;
  /** When the quote expires, in milliseconds since 1970; null if it does not expire. */
  validUntil: number | null;
}

/** The fee kept from one traveller's price: its share in per cent, rounded down to the minor unit in the traveller's favour. */
export const feeOf = (price: number, percent: number): number => Math.floor((price * Math.min(percent, 100)) / 100);

/** Until when a traveller of the item may be cancelled; null where the fare is not refundable. */
function refundableUntil({ offer: { conditions, slices } }: Item): number | null {
  if (!conditions.refundable) return null;
  return Date.parse(slices[0].departure) - (conditions.refundableUntilHours ?? 0) * HOUR;
}

const notNow = (status: Order['status']): string =>
  status === 'PENDING' || status === 'PAID'
    ? `An order that is ${status} cannot be cancelled yet; its status changes in a moment, try again then.`
    : `An order that is ${status} cannot be cancelled.`;

/** What it costs to cancel these travellers, or all remaining ones if `chosen` is null; or why they cannot be cancelled. */
export function quote(order: Order, chosen: readonly string[] | null, now: Date): Quote | OrderRefusal {
  if (!may(order, 'CANCELLED'))
    return order.status === 'CLOSING' || order.status === 'CLOSED' || order.cancellations.length
      ? refusal('ALREADY_CANCELLED')
      : refusal('NOT_POSSIBLE_NOW', notNow(order.status));
  const travellers = travellersOf(order, chosen);
  if ('refused' in travellers) return travellers;
  if (order.status !== 'TICKETED') return before(order, travellers);
  const left = order.travellers.filter((each) => each.cancellation === null && !travellers.includes(each));
  const lonely = order.items.find(({ id }) => !mayTravel(left.filter(({ item }) => item === id)));
  if (lonely) return refusal('COMPANION_NEEDED');
  return after(order, travellers, now);
}

function travellersOf(order: Order, chosen: readonly string[] | null): Traveller[] | OrderRefusal {
  if (chosen === null) return order.travellers.filter(({ cancellation }) => cancellation === null);
  if (!chosen.length) return refusal('TRAVELLER_NOT_FOUND', 'Name at least one traveller, or leave them out for all.');
  const found = order.travellers.filter(({ id }) => chosen.includes(id));
  if (found.length !== new Set(chosen).size) return refusal('TRAVELLER_NOT_FOUND');
  return found.some(({ cancellation }) => cancellation !== null) ? refusal('ALREADY_CANCELLED') : found;
}

/** An unpaid order is cancelled free of charge, and only as a whole. */
function before(order: Order, travellers: readonly Traveller[]): Quote | OrderRefusal {
  if (travellers.length < order.travellers.length) {
    return refusal('NOT_POSSIBLE_NOW', 'An unpaid order can only be cancelled as a whole: leave the travellers out.');
  }
  return {
    travellers: travellers.map(({ id, price }) => ({ id, price, fee: 0, refund: 0 })),
    fee: 0,
    refund: 0,
    validUntil: order.payBy,
  };
}

function after(order: Order, travellers: readonly Traveller[], now: Date): Quote | OrderRefusal {
  const ends = travellers.map((each) => refundableUntil(itemOf(order, each)));
  if (ends.includes(null)) return refusal('NOT_REFUNDABLE');
  const validUntil = Math.min(...(ends as number[]));
  if (now.getTime() >= validUntil) return refusal('TOO_LATE');
  const each = travellers.map((traveller) => {
    const { id, price } = traveller;
    const fee = feeOf(price, itemOf(order, traveller).offer.conditions.refundFeePercent ?? 0);
    return { id, price, fee, refund: price - fee };
  });
  const sum = (of: 'fee' | 'refund') => each.reduce((total, traveller) => total + traveller[of], 0);
  return { travellers: each, fee: sum('fee'), refund: sum('refund'), validUntil };
}

/** Whether these travellers may travel by themselves, or none is left. */
function mayTravel(travellers: readonly Traveller[]): boolean {
  const party = { ADULT: 0, CHILD: 0, INFANT: 0 };
  for (const { type } of travellers) party[type]++;
  return !travellers.length || companionNeeded(party) === null;
}

/**
 * Cancels these travellers, or all remaining ones if `chosen` is null. `expectedRefund`, in minor units, is the refund
 * that the caller was quoted: a different one is refused.
 */
export function cancel(
  order: Order,
  chosen: readonly string[] | null,
  expectedRefund: number | null,
  now: Date,
): OrderDecision {
  const quoted = quote(order, chosen, now);
  if ('refused' in quoted) return quoted;
  if (expectedRefund !== null && expectedRefund !== quoted.refund) return refusal('QUOTE_CHANGED');
  if (order.status !== 'TICKETED') return closing(order, 'CANCELLED');
  const id = partId('can', order, order.cancellations.length + 1);
  const { fee, refund } = quoted;
  const gone = new Set(quoted.travellers.map((each) => each.id));
  const travellers = order.travellers.map((each) => (gone.has(each.id) ? { ...each, cancellation: id } : each));
  const isLast = travellers.every(({ cancellation }) => cancellation !== null);
  return take(order, isLast ? 'CANCELLED' : 'PARTLY_CANCELLED', {
    change: {
      travellers,
      cancellations: [...order.cancellations, { id, fee, refund, at: now.getTime(), ticketsTakenBackAt: null }],
      refunds: refund ? [...order.refunds, waiting(order, id, refund)] : order.refunds,
      ticketingDueAt: now.getTime(),
      ticketingTries: 0,
    },
    events: [{ type: 'order.tickets-cancelled', data: { orderId: order.id, cancellationId: id } }],
  });
}

/** The refund of a cancellation, due once the issuer has voided the tickets. */
const waiting = (order: Order, cancellation: string, amount: number): Refund => ({
  id: partId('rfd', order, order.refunds.length + 1),
  paymentId: present(order.paymentId, 'A ticketed order has no payment.'),
  amount,
  currency: order.currency,
  because: 'CANCELLED',
  cancellation,
  state: 'WAITING',
});
