// The payment room's tables. Amounts are minor units, instants milliseconds since 1970.
import { join } from 'node:path';
import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { Tables } from '../../../infra/database/database.ts';
import type { PayableState } from '../rules/payable.ts';
import type { Status } from '../rules/payment.ts';
import type { Movement } from '../rules/wallet.ts';

/** What an order owes, as its events told. */
export const Payable = defineEntity({
  name: 'Payable',
  tableName: 'payable',
  properties: (p) => ({
    order: p.string().name('order_id').primary(),
    account: p.string().nullable(), // null until order.placed was heard
    amount: p.bigint('number'),
    currency: p.string(),
    payBy: p.bigint('number'),
    state: p.string().$type<PayableState>(),
    traceparent: p.string().nullable(), // where the order's trace stood when it was heard of
    event: p.string().nullable(), // the last event about it; its inbox mark is in the same transaction
    description: p.text().nullable(), // what the payer reads; null until it is due, and for orders of release 0.1.0
  }),
});

/** A payment of an order, or a top-up of a wallet. */
export const Payment = defineEntity({
  name: 'Payment',
  tableName: 'payment',
  properties: (p) => ({
    id: p.string().primary(),
    order: p.string().name('order_id').nullable(), // null for a top-up
    account: p.string(),
    method: p.string().$type<'CARD' | 'WALLET'>(),
    amount: p.bigint('number'),
    currency: p.string(),
    status: p.string().$type<Status>(),
    captured: p.bigint('number'),
    capturedCurrency: p.string().nullable(),
    refundDue: p.bigint('number'),
    refunded: p.bigint('number'),
    failure: p.string().nullable(),
    intent: p.string().nullable(), // the provider's id
    pageUrl: p.text().nullable(),
    startedAt: p.bigint('number'),
    decidedAt: p.bigint('number').nullable(), // when it was captured, failed or cancelled
    askAt: p.bigint('number').nullable(), // when to ask the provider next; null once it is decided
    asked: p.integer(), // how often it was asked so far
    claimedUntil: p.bigint('number'), // somebody is opening it at the provider until then
    version: p.integer(),
  }),
});

/** Money that is to go back, by the order's own id of it. */
export const Refund = defineEntity({
  name: 'Refund',
  tableName: 'refund',
  properties: (p) => ({
    id: p.string().primary(),
    payment: p.string().name('payment_id'),
    order: p.string().name('order_id'),
    amount: p.bigint('number'),
    currency: p.string(),
    because: p.string(),
    status: p.string().$type<'DUE' | 'PAID_BACK' | 'REFUSED'>(),
    refusal: p.string().nullable(),
    providerRefund: p.string().nullable(),
    dueSince: p.bigint('number'),
    paidBackAt: p.bigint('number').nullable(),
    tryAt: p.bigint('number').nullable(), // null once it is done
    failures: p.integer(),
    event: p.string().nullable(), // the event for which it is due; its inbox mark is in the same transaction
  }),
});

/** What somebody has in one currency; never negative. It is the sum of its ledger entries. */
export const Wallet = defineEntity({
  name: 'Wallet',
  tableName: 'wallet',
  properties: (p) => ({
    account: p.string().primary(),
    currency: p.string().primary(),
    balance: p.bigint('number'),
  }),
});

/** A line of the double-entry ledger; append-only, and those of one transaction sum to zero. */
export const LedgerEntry = defineEntity({
  name: 'LedgerEntry',
  tableName: 'ledger_entry',
  properties: (p) => ({
    position: p.bigint('number').primary().autoincrement(),
    transaction: p.string().name('transaction_id'), // the payment's or the refund's id
    ledger: p.string(),
    currency: p.string(),
    amount: p.bigint('number'),
    movement: p.string().$type<Movement>(),
    payment: p.string().name('payment_id'),
    at: p.bigint('number').name('entered_at'),
  }),
});

/** What was asked with an idempotency key, and the payment that came of it. */
export const KeyUse = defineEntity({
  name: 'KeyUse',
  tableName: 'key_use',
  properties: (p) => ({
    account: p.string().primary(),
    operation: p.string().primary(),
    key: p.string().name('idempotency_key').primary(),
    hash: p.string(),
    payment: p.string().name('payment_id'),
  }),
});

/** The webhooks that came, each once. */
export const WebhookMark = defineEntity({
  name: 'WebhookMark',
  tableName: 'webhook_inbox',
  properties: (p) => ({
    id: p.string().primary(),
    reference: p.string(), // whose payment it tells of, whether we know one or not
    intent: p.text(), // what it told, as JSON
    receivedAt: p.bigint('number'),
    taken: p.boolean(), // whether a payment has heard it
  }),
});

export type PayableRow = InferEntity<typeof Payable>;
export type PaymentRow = InferEntity<typeof Payment>;
export type RefundRow = InferEntity<typeof Refund>;
export type WalletRow = InferEntity<typeof Wallet>;
export type LedgerEntryRow = InferEntity<typeof LedgerEntry>;

export const paymentTables: Tables = {
  room: 'payment',
  entities: [Payable, Payment, Refund, Wallet, LedgerEntry, KeyUse, WebhookMark],
  dir: join(import.meta.dirname, '..'),
};
