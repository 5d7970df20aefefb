// The order's life cycle: the state machine as one table, the parts of an order, and how a rule takes a step.
import type { Decision, Refusal } from '../../../schema/errors.ts';
import { present } from '../../../schema/values/present.ts';
import type { EventType, Payload } from '../../../schema/events.ts';
import type { PromisedOffer } from '../../../schema/terms/offer-token.ts';
import type { TravellerType } from '../../../schema/terms/fare-words.ts';
import { type OrderRefusalCode, refusal } from './refusal.ts';

export const orderStatuses = [
  'PENDING',
  'AWAITING_PAYMENT',
  'PAID',
  'TICKETED',
  'CLOSING',
  'CLOSED',
  'REJECTED',
  'REFUNDING',
  'REFUNDED',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** The final statuses: nothing is pending, and an order leaves them only on request or on an unexpected payment. */
export const ends: readonly OrderStatus[] = ['TICKETED', 'CLOSED', 'REJECTED', 'REFUNDED'];

/** The steps an order can take, as its timeline names them. */
export const steps = [
  'PLACED',
  'SEATS_HELD',
  'SEATS_REFUSED',
  'HOLD_OVERDUE',
  'PAYMENT_FAILED',
  'PAID',
  'PAYMENT_OVERDUE',
  'PAID_TOO_LATE',
  'PAYMENT_SENT_BACK',
  'SEATS_RELEASED',
  'TICKETED',
  'TICKETING_FAILED',
  'CANCELLED',
  'PARTLY_CANCELLED',
  'TICKETS_TAKEN_BACK',
  'SEATS_RETURNED',
  'PARTLY_REFUNDED',
  'REFUNDED',
] as const;
export type OrderStep = (typeof steps)[number];

/** Steps that change no status: an unexpected payment is sent back, a refund is paid, seats are returned. */
const stays = <S extends OrderStatus>(status: S) =>
  ({ PAYMENT_SENT_BACK: status, PARTLY_REFUNDED: status, SEATS_RETURNED: status }) as const;

/** The state machine: status x step -> next status. A step that is not listed is refused. */
export const life: Readonly<Record<OrderStatus, Partial<Readonly<Record<OrderStep, OrderStatus>>>>> = {
  PENDING: {
    SEATS_HELD: 'AWAITING_PAYMENT',
    SEATS_REFUSED: 'REJECTED',
    HOLD_OVERDUE: 'REJECTED',
    ...stays('PENDING'),
  },
  AWAITING_PAYMENT: {
    PAYMENT_FAILED: 'AWAITING_PAYMENT',
    PAID: 'PAID',
    PAYMENT_OVERDUE: 'CLOSING',
    CANCELLED: 'CLOSING',
    ...stays('AWAITING_PAYMENT'),
  },
  PAID: { TICKETED: 'TICKETED', TICKETING_FAILED: 'REFUNDING', ...stays('PAID') },
  TICKETED: {
    CANCELLED: 'REFUNDING',
    PARTLY_CANCELLED: 'TICKETED',
    TICKETS_TAKEN_BACK: 'TICKETED',
    ...stays('TICKETED'),
  },
  CLOSING: { SEATS_RELEASED: 'CLOSED', PAID_TOO_LATE: 'REFUNDING', ...stays('CLOSING') },
  CLOSED: { PAID_TOO_LATE: 'REFUNDING', ...stays('CLOSED') },
  REJECTED: { PAID_TOO_LATE: 'REFUNDING', ...stays('REJECTED') },
  REFUNDING: { TICKETS_TAKEN_BACK: 'REFUNDING', REFUNDED: 'REFUNDED', ...stays('REFUNDING') },
  REFUNDED: stays('REFUNDED'),
};

/** The contact of an order, and a traveller's personal data; both become null once the account is deleted. */
export interface Contact {
  email: string;
  phone: string | null;
}
export interface Person {
  name: string;
  birthDate: string;
  document: { kind: 'PASSPORT' | 'IDENTITY_CARD'; number: string; country: string; expiresOn: string } | null;
}

/** One flight of an order with its promised offer: price, conditions and slices never change. */
export interface Item {
  id: string;
  offer: PromisedOffer;
}

/** One person on one item: one ticket. `price` is in minor units. */
export interface Traveller {
  id: string;
  item: string;
  type: TravellerType;
  price: number;
  person: Person | null;
  /** The id of the cancellation that removed this traveller; null while the traveller is on the order. */
  cancellation: string | null;
}

export interface Ticket {
  id: string;
  traveller: string;
  number: string;
  /** The secret in the address of its document. */
  token: string;
  issuedAt: number;
  /** When the issuer voided it. */
  cancelledAt: number | null;
}

/** A cancellation of travellers on a ticketed order. Money and seats go back once the issuer has voided the tickets. */
export interface Cancellation {
  id: string;
  /** The fee by the fares' conditions, and the amount paid back; minor units. */
  fee: number;
  refund: number;
  at: number;
  ticketsTakenBackAt: number | null;
}

/** Money to pay back: WAITING for the issuer, DUE from the payment subgraph, or PAID_BACK. */
export interface Refund {
  id: string;
  paymentId: string;
  amount: number;
  currency: string;
  because: string;
  cancellation: string | null;
  state: 'WAITING' | 'DUE' | 'PAID_BACK';
}

/** Instants are milliseconds since 1970, amounts minor units of `currency`. */
export interface Order {
  id: string;
  number: string;
  account: string;
  status: OrderStatus;
  /** 1 when placed; each change adds 1. */
  version: number;
  amount: number;
  currency: string;
  placedAt: number;
  /** The deadline for holding its seats. */
  holdBy: number;
  payBy: number;
  /** The first departure of its items. */
  departsAt: number;
  contact: Contact | null;
  items: readonly Item[];
  travellers: readonly Traveller[];
  /** The payment that pays the order, or that arrived too late and is refunded; no other payment is stored here. */
  paymentId: string | null;
  tickets: readonly Ticket[];
  cancellations: readonly Cancellation[];
  refunds: readonly Refund[];
  /** When to call the issuer next: to issue while PAID, to void while a cancellation waits for it. */
  ticketingDueAt: number | null;
  ticketingTries: number;
}

/** An event that a change announces; the store adds the source, the time and the version. */
export type Announcement = {
  [T in EventType]: { type: T; data: Payload<T> };
}[EventType];

export interface Decided {
  next: Order;
  events: readonly Announcement[];
  /** The timeline entry: the step and, if there is more to say, the reason. Null adds no entry. */
  timeline: { step: OrderStep; because: string | null } | null;
  /** The id of the refund to announce by mail. */
  mailRefund?: string;
}

export type OrderRefusal = Refusal<OrderRefusalCode>;
export type OrderDecision = Decision<Decided, OrderRefusalCode>;

/** The traveller of a ticket or of a quote. */
export const travellerIn = ({ travellers }: Pick<Order, 'travellers'>, id: string): Traveller =>
  present(
    travellers.find((each) => each.id === id),
    'The order names a traveller that it does not have.',
  );

/** The item that a traveller travels on. */
export const itemOf = ({ items }: Pick<Order, 'items'>, { item }: Pick<Traveller, 'item'>): Item =>
  present(
    items.find(({ id }) => id === item),
    'A traveller of the order has an item that the order does not have.',
  );

/** Whether the table allows the step in the current status. */
export const may = ({ status }: Pick<Order, 'status'>, step: OrderStep): boolean => life[status][step] !== undefined;

/** Every status that an order can reach from this one. */
export function following(status: OrderStatus): Set<OrderStatus> {
  const reached = new Set<OrderStatus>();
  const next = [status];
  for (const at of next) {
    for (const to of Object.values(life[at])) {
      if (!reached.has(to)) next.push(to);
      reached.add(to);
    }
  }
  return reached;
}

/** Takes a step together with the given changes; refused if the table does not allow it. */
export function take(
  order: Order,
  step: OrderStep,
  {
    change = {},
    events = [],
    because = null,
  }: Partial<Pick<Decided, 'events'>> & {
    change?: Partial<Order>;
    because?: string | null;
  } = {},
): OrderDecision {
  const status = life[order.status][step];
  if (!status) return refusal('NOT_POSSIBLE_NOW', `${step} cannot follow: the order is ${order.status}.`);
  return { next: { ...order, ...change, status }, events, timeline: { step, because } };
}

/** The id of a part of an order: opaque and sortable like the order's own, and derived, so that every process computes the same. */
export const partId = (prefix: string, order: Pick<Order, 'id'>, n: number): string =>
  `${prefix}_${order.id.slice(order.id.indexOf('_') + 1)}_${n}`;
