// The order subgraph's tables. Instants are milliseconds since 1970, amounts minor units of the order's currency.
import { join } from 'node:path';
import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { Tables } from '../../../infra/database/database.ts';
import type { PromisedOffer } from '../../../schema/terms/offer-token.ts';
import type { TravellerType } from '../../../schema/terms/fare-words.ts';
import type { MailKind } from '../rules/mail-kinds.ts';
import type { OrderStatus, OrderStep, Person, Refund } from '../rules/order.ts';
import type { WantedTraveller } from '../rules/travellers.ts';

/** An order; its parts are in the tables below, each with the order's id. */
export const OrderHead = defineEntity({
  name: 'OrderHead',
  tableName: 'order_head',
  properties: (p) => ({
    id: p.string().primary(),
    number: p.string(), // unique
    account: p.string(),
    status: p.string().$type<OrderStatus>(),
    version: p.integer(),
    amount: p.bigint('number'),
    currency: p.string(),
    placedAt: p.bigint('number'),
    holdBy: p.bigint('number'),
    payBy: p.bigint('number'),
    departsAt: p.bigint('number'),
    dueAt: p.bigint('number').nullable(), // when its hold or its payment is overdue, and close-orders has to handle it
    ticketingDueAt: p.bigint('number').nullable(), // when issue-tickets has to call the issuer
    ticketingTries: p.integer(),
    paymentId: p.string().nullable(),
    email: p.string().nullable(), // null once the account is deleted
    phone: p.string().nullable(),
  }),
});

/** One flight of an order, with its promised offer. */
export const OrderItem = defineEntity({
  name: 'OrderItem',
  tableName: 'order_item',
  properties: (p) => ({
    id: p.string().primary(),
    orderId: p.string(),
    position: p.integer(),
    offer: p.json<PromisedOffer>(),
    account: p.string().nullable(), // the order's, to find who is on a flight; null if the previous release wrote the row
    departureId: p.string().nullable(), // the offer's
  }),
});

/** One person on one item. */
export const OrderTraveller = defineEntity({
  name: 'OrderTraveller',
  tableName: 'order_traveller',
  properties: (p) => ({
    id: p.string().primary(),
    orderId: p.string(),
    position: p.integer(),
    item: p.string(),
    type: p.string().$type<TravellerType>(),
    price: p.bigint('number'),
    person: p.json<Person>().nullable(), // null once the account is deleted
    cancellation: p.string().nullable(),
  }),
});

/** A traveller's ticket: one at most. */
export const TicketEntity = defineEntity({
  name: 'Ticket',
  tableName: 'ticket',
  properties: (p) => ({
    id: p.string().primary(),
    orderId: p.string(),
    traveller: p.string(), // unique
    number: p.string(), // unique
    token: p.string(), // unique
    issuedAt: p.bigint('number'),
    cancelledAt: p.bigint('number').nullable(),
  }),
});

/** Travellers who were cancelled together on a ticketed order. */
export const CancellationEntity = defineEntity({
  name: 'Cancellation',
  tableName: 'cancellation',
  properties: (p) => ({
    id: p.string().primary(),
    orderId: p.string(),
    fee: p.bigint('number'),
    refund: p.bigint('number'),
    at: p.bigint('number'),
    ticketsTakenBackAt: p.bigint('number').nullable(),
  }),
});

/** Money of one payment to pay back. */
export const OrderRefund = defineEntity({
  name: 'OrderRefund',
  tableName: 'order_refund',
  properties: (p) => ({
    id: p.string().primary(),
    orderId: p.string(),
    paymentId: p.string(),
    amount: p.bigint('number'),
    currency: p.string(),
    because: p.string(),
    cancellation: p.string().nullable(),
    state: p.string().$type<Refund['state']>(),
  }),
});

/** The timeline: one entry for each change that took a step, under the version that the change created. */
export const TimelineEntry = defineEntity({
  name: 'TimelineEntry',
  tableName: 'timeline_entry',
  properties: (p) => ({
    orderId: p.string().primary(),
    version: p.integer().primary(),
    step: p.string().$type<OrderStep>(),
    status: p.string().$type<OrderStatus>(),
    cause: p.string(), // the event's type, or the person or process that did it
    event: p.string().nullable(), // the event's id; its inbox mark is in the same transaction
    because: p.string().nullable(),
    at: p.bigint('number'),
    traceId: p.string().nullable(),
    traceparent: p.string().nullable(), // the span of the step: workers that act on the order later continue from it
  }),
});

/** A request under an idempotency key, and the order it placed. */
export const IdempotencyKey = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_key',
  properties: (p) => ({
    account: p.string().primary(),
    operation: p.string().primary(),
    key: p.string().primary(),
    hash: p.string(), // of the canonical input
    orderId: p.string(),
    at: p.bigint('number'),
  }),
});

/** The seats of an unpaid order on one departure, with their taker; the rows are deleted when the order is paid or ends. */
export const UnpaidSeats = defineEntity({
  name: 'UnpaidSeats',
  tableName: 'unpaid_seats',
  properties: (p) => ({
    orderId: p.string().primary(),
    departureId: p.string().primary(),
    seats: p.integer(),
    account: p.string(),
    network: p.string().nullable(), // a keyed hash; null if no address was known
  }),
});

/** An order whose seats were held in vain, with their taker; kept for a day. */
export const LapsedHold = defineEntity({
  name: 'LapsedHold',
  tableName: 'lapsed_hold',
  properties: (p) => ({
    orderId: p.string().primary(),
    account: p.string(),
    network: p.string().nullable(),
    at: p.bigint('number'),
  }),
});

/** Locks that make orders of one taker run one after another; a hash assigns each taker to a lock. */
export const PlacingLock = defineEntity({
  name: 'PlacingLock',
  tableName: 'placing_lock',
  properties: (p) => ({
    stripe: p.integer().primary(),
  }),
});

/** A cart: the only one of an account, or an anonymous one that anyone who knows its id may use. */
export const CartEntity = defineEntity({
  name: 'Cart',
  tableName: 'cart',
  properties: (p) => ({
    id: p.string().primary(),
    account: p.string().nullable(), // unique
    changedAt: p.bigint('number'),
  }),
});

/** An offer in a cart. */
export const CartItem = defineEntity({
  name: 'CartItem',
  tableName: 'cart_item',
  properties: (p) => ({
    id: p.string().primary(),
    cart: p.string(),
    token: p.text(),
    offer: p.json<PromisedOffer>(),
    travellers: p.json<readonly WantedTraveller[]>().nullable(), // null until they are given
    addedAt: p.bigint('number'),
  }),
});

/** An account that has stored personal data here; its deletion sets the mark that later writes check. */
export const AccountMark = defineEntity({
  name: 'AccountMark',
  tableName: 'account_mark',
  properties: (p) => ({
    account: p.string().primary(),
    deletedAt: p.bigint('number').nullable(), // null while the account exists, as far as this subgraph knows
  }),
});

/** A mail about an order, due or sent: one of each kind, of PARTLY_REFUNDED one for each refund. */
export const OrderMail = defineEntity({
  name: 'OrderMail',
  tableName: 'mail',
  properties: (p) => ({
    orderId: p.string().primary(),
    kind: p.string().primary().$type<MailKind>(),
    refund: p.string().primary(), // the refund's id if the kind is PARTLY_REFUNDED, else empty
    state: p.string().$type<MailState>(),
    dueAt: p.bigint('number').nullable(), // when notify has to send it or retry
    tries: p.integer(),
    sentAt: p.bigint('number').nullable(),
    event: p.string().nullable(), // the event that caused it; its inbox mark is in the same transaction
  }),
});

/** NOT_SENT means given up. */
export type MailState = 'DUE' | 'SENT' | 'NOT_SENT';

export type OrderHeadRow = InferEntity<typeof OrderHead>;
export type OrderMailRow = InferEntity<typeof OrderMail>;
export type TimelineEntryRow = InferEntity<typeof TimelineEntry>;

export const orderTables: Tables = {
  database: 'order',
  entities: [
    OrderHead,
    OrderItem,
    OrderTraveller,
    TicketEntity,
    CancellationEntity,
    OrderRefund,
    TimelineEntry,
    IdempotencyKey,
    UnpaidSeats,
    LapsedHold,
    PlacingLock,
    CartEntity,
    CartItem,
    OrderMail,
    AccountMark,
  ],
  dir: join(import.meta.dirname, '..'),
};
