// The order's life: which step may follow which, as one table; what an order is made of; how a rule takes a step.
import type { EventType, Payload } from '../../../schema/events.ts';
import type { PromisedOffer } from '../../../schema/terms/offer-token.ts';
import type { TravellerType } from '../../../schema/terms/shopping.ts';
import type { OrderRefusalCode } from './refusal.ts';

export const statuses = [
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
export type OrderStatus = (typeof statuses)[number];

/** Where an order stays unless somebody asks for more: nothing is awaited there. */
export const ends: readonly OrderStatus[] = ['TICKETED', 'CLOSED', 'REJECTED', 'REFUNDED'];

/** What can happen to an order, in the words its timeline has. */
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

/** What changes no status: a payment that is not the one awaited goes back, money and seats arrive where they were due. */
const stays = <S extends OrderStatus>(status: S) =>
  ({ PAYMENT_SENT_BACK: status, PARTLY_REFUNDED: status, SEATS_RETURNED: status }) as const;

/** The state machine: status x step -> next status. What is not here is refused. */
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

/** Who an order tells of itself, and who travels on it; null once they are forgotten. */
export interface Contact {
  email: string;
  phone: string | null;
}
export interface Person {
  name: string;
  birthDate: string;
  document: { kind: 'PASSPORT' | 'IDENTITY_CARD'; number: string; country: string; expiresOn: string } | null;
}

/** One flight of an order, with the offer as it was promised: price, conditions and slices never change again. */
export interface Item {
  id: string;
  offer: PromisedOffer;
}

/** One person on one item, and so one ticket. `price` is in minor units. */
export interface Traveller {
  id: string;
  item: string;
  type: TravellerType;
  price: number;
  person: Person | null;
  /** The cancellation that took them off the order. */
  cancellation: string | null;
}

export interface Ticket {
  id: string;
  traveller: string;
  number: string;
  /** The secret in the address of its document. */
  token: string;
  issuedAt: number;
  /** When it was taken back at the issuer. */
  cancelledAt: number | null;
}

/** Travellers who were taken off a ticketed order. Money and seats go back once the issuer has taken the tickets back. */
export interface Cancellation {
  id: string;
  /** What the fares' conditions keep, and what goes back; minor units. */
  fee: number;
  refund: number;
  at: number;
  ticketsTakenBackAt: number | null;
}

/** Money that goes back. WAITING for the issuer, DUE by the payment room, PAID_BACK. */
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
  /** 1 when it was placed, one more with each change. */
  version: number;
  amount: number;
  currency: string;
  placedAt: number;
  /** Until when its seats must be held. */
  holdBy: number;
  payBy: number;
  /** The first departure of its items. */
  departsAt: number;
  contact: Contact | null;
  items: readonly Item[];
  travellers: readonly Traveller[];
  /** The payment that is kept or goes back; others never count. */
  paymentId: string | null;
  tickets: readonly Ticket[];
  cancellations: readonly Cancellation[];
  refunds: readonly Refund[];
  /** When the issuer is to be asked (again): to issue while PAID, to take back while a cancellation waits for it. */
  ticketingDueAt: number | null;
  ticketingTries: number;
}

/** An event that a change announces; the store adds who, when and which version. */
export type Announcement = {
  [T in EventType]: { type: T; data: Payload<T> };
}[EventType];

export interface Decided {
  next: Order;
  events: readonly Announcement[];
  /** The step and, where there is more to say, why: the entry of the timeline. Null leaves no entry. */
  timeline: { step: OrderStep; because: string | null } | null;
  /** The refund that the traveller is informed of by mail. */
  mailRefund?: string;
}

export interface Refused {
  refused: OrderRefusalCode;
  /** A sentence for the one who asked. */
  because: string;
}

export type Decision = Decided | Refused;

export const isRefused = <T extends object>(answer: T | Refused): answer is Refused => 'refused' in answer;

/** Whether the step may follow now, by the table. */
export const may = ({ status }: Pick<Order, 'status'>, step: OrderStep): boolean => life[status][step] !== undefined;

/** Every status that an order can come to from this one. */
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

/** Takes a step of the table with what else changes; refused where the table has no such arrow. */
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
): Decision {
  const status = life[order.status][step];
  if (!status) return { refused: 'NOT_POSSIBLE_NOW', because: `${step} cannot follow: the order is ${order.status}.` };
  return { next: { ...order, ...change, status }, events, timeline: { step, because } };
}

/** An id of a part of an order: as opaque and as sortable as the order's own, and the same whoever makes it. */
export const partId = (prefix: string, order: Pick<Order, 'id'>, n: number): string =>
  `${prefix}_${order.id.slice(order.id.indexOf('_') + 1)}_${n}`;
