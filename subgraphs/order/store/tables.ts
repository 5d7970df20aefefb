// The order room's tables. Instants are milliseconds since 1970, amounts minor units of the order's currency.
import { join } from 'node:path';
import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { Tables } from '../../../infra/database/database.ts';
import type { PromisedOffer } from '../../../schema/terms/offer-token.ts';
import type { TravellerType } from '../../../schema/terms/shopping.ts';
import type { MailKind } from '../rules/letters.ts';
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
    dueAt: p.bigint('number').nullable(), // when close-orders has to look at it: its hold or its payment is overdue then
    ticketingDueAt: p.bigint('number').nullable(), // when issue-tickets has to ask the issuer
    ticketingTries: p.integer(),
    paymentId: p.string().nullable(),
    email: p.string().nullable(), // null once forgotten
    phone: p.string().nullable(),
  }),
});

/** One flight of an order, with its offer as it was promised. */
export const OrderItem = defineEntity({
  name: 'OrderItem',
  tableName: 'order_item',
  properties: (p) => ({
    id: p.string().primary(),
    orderId: p.string(),
    position: p.integer(),
    offer: p.json<PromisedOffer>(),
    account: p.string().nullable(), // the order's, to find who is on a flight; null where the release before added it
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
    person: p.json<Person>().nullable(), // null once forgotten
    cancellation: p.string().nullable(),
  }),
});

/** A traveller's ticket: one at most. */
export const Ticket = defineEntity({
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

/** Travellers who were taken off a ticketed order together. */
export const Cancellation = defineEntity({
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

/** Money that goes back, of one payment. */
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

/** The timeline: one entry for a change that took a step, under the version that it made. */
export const TimelineEntry = defineEntity({
  name: 'TimelineEntry',
  tableName: 'timeline_entry',
  properties: (p) => ({
    orderId: p.string().primary(),
    version: p.integer().primary(),
    step: p.string().$type<OrderStep>(),
    status: p.string().$type<OrderStatus>(),
    cause: p.string(), // the event's type, or who did it
    event: p.string().nullable(), // the event's id; its inbox mark is in the same transaction
    because: p.string().nullable(),
    at: p.bigint('number'),
    traceId: p.string().nullable(),
    traceparent: p.string().nullable(), // where in the trace it was: what comes of it by itself goes on from there
  }),
});

/** What was asked once under a key, and what it made. */
export const IdempotencyKey = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_key',
  properties: (p) => ({
    account: p.string().primary(),
    operation: p.string().primary(),
    key: p.string().primary(),
    hash: p.string(), // of the input in one spelling
    orderId: p.string(),
    at: p.bigint('number'),
  }),
});

/** The seats of an unpaid order on one departure, with who took them; the rows go when the order is paid or over. */
export const UnpaidSeats = defineEntity({
  name: 'UnpaidSeats',
  tableName: 'unpaid_seats',
  properties: (p) => ({
    orderId: p.string().primary(),
    departureId: p.string().primary(),
    seats: p.integer(),
    account: p.string(),
    network: p.string().nullable(), // a keyed hash; null where no address was known
  }),
});

/** An order whose seats were held in vain, with who took them; kept for a day. */
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

/** Locks that orders of one taker are placed under, one after another; which lock a taker has follows from a hash. */
export const PlacingLock = defineEntity({
  name: 'PlacingLock',
  tableName: 'placing_lock',
  properties: (p) => ({
    stripe: p.integer().primary(),
  }),
});

/** A cart: an account's only one, or an anonymous one that whoever knows its id may use. */
export const Cart = defineEntity({
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
    travellers: p.json<readonly WantedTraveller[]>().nullable(), // null while nobody said who travels
    addedAt: p.bigint('number'),
  }),
});

/** An account that has stored something personal here; its deletion leaves the mark that later writes meet. */
export const AccountMark = defineEntity({
  name: 'AccountMark',
  tableName: 'account_mark',
  properties: (p) => ({
    account: p.string().primary(),
    deletedAt: p.bigint('number').nullable(), // null while the account lives, as far as this subgraph knows
  }),
});

/** A mail that an order's traveller is owed, or got: one of a kind, of PARTLY_REFUNDED one for each refund. */
export const OrderMail = defineEntity({
  name: 'OrderMail',
  tableName: 'mail',
  properties: (p) => ({
    orderId: p.string().primary(),
    kind: p.string().primary().$type<MailKind>(),
    refund: p.string().primary(), // the refund's id where the kind is PARTLY_REFUNDED, else empty
    state: p.string().$type<MailState>(),
    dueAt: p.bigint('number').nullable(), // when notify has to send it (again)
    tries: p.integer(),
    sentAt: p.bigint('number').nullable(),
    event: p.string().nullable(), // the event for which it is owed; its inbox mark is in the same transaction
  }),
});

/** NOT_SENT where it was given up. */
export type MailState = 'DUE' | 'SENT' | 'NOT_SENT';

export type OrderHeadRow = InferEntity<typeof OrderHead>;
export type OrderMailRow = InferEntity<typeof OrderMail>;
export type TimelineEntryRow = InferEntity<typeof TimelineEntry>;

export const orderTables: Tables = {
  room: 'order',
  entities: [
    OrderHead,
    OrderItem,
    OrderTraveller,
    Ticket,
    Cancellation,
    OrderRefund,
    TimelineEntry,
    IdempotencyKey,
    UnpaidSeats,
    LapsedHold,
    PlacingLock,
    Cart,
    CartItem,
    OrderMail,
    AccountMark,
  ],
  dir: join(import.meta.dirname, '..'),
};
