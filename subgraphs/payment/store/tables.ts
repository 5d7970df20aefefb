// The payment subgraph's tables. Amounts are minor units, instants milliseconds since 1970.
import { join } from 'node:path';
import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { Tables } from '../../../infra/database/database.ts';
import type { PayableState } from '../rules/payable.ts';
import type { PaymentStatus } from '../rules/payment.ts';
import type { Movement } from '../rules/wallet.ts';

/** What an order owes, according to its events. */
export const Payable = defineEntity({
  name: 'Payable',
  tableName: 'payable',
  properties: (p) => ({
    order: p.string().name('order_id').primary(),
    account: p.string().nullable(), // null until order.placed arrives
    amount: p.bigint('number'),
    currency: p.string(),
    payBy: p.bigint('number'),
    state: p.string().$type<PayableState>(),
    traceparent: p.string().nullable(), // the order's trace when its event arrived
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
    status: p.string().$type<PaymentStatus>(),
    captured: p.bigint('number'),
    capturedCurrency: p.string().nullable(),
    refundDue: p.bigint('number'),
    refunded: p.bigint('number'),
    failure: p.string().nullable(),
    intent: p.string().nullable(), // the provider's id
    pageUrl: p.text().nullable(),
    startedAt: p.bigint('number'),
    decidedAt: p.bigint('number').nullable(), // when it was captured, failed or was cancelled
    askAt: p.bigint('number').nullable(), // when to ask the provider next; null once it is decided
    asked: p.integer(), // number of questions so far
    claimedUntil: p.bigint('number'), // until then one process has the exclusive claim to open it at the provider
    version: p.integer(),
  }),
});

/** Money to pay back, under the refund id that the order gave it. */
export const RefundEntity = defineEntity({
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
    event: p.string().nullable(), // the event that requested it; its inbox mark is in the same transaction
  }),
});

/** An account's balance in one currency: the sum of its ledger entries, never negative. */
export const Wallet = defineEntity({
  name: 'Wallet',
  tableName: 'wallet',
  properties: (p) => ({
    account: p.string().primary(),
    currency: p.string().primary(),
    balance: p.bigint('number'),
  }),
});

/** A line of the double-entry ledger: append-only; the lines of one transaction sum to zero. */
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

/** A request under an idempotency key, and the payment it started. */
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

/** The received webhooks, each once. */
export const WebhookMark = defineEntity({
  name: 'WebhookMark',
  tableName: 'webhook_inbox',
  properties: (p) => ({
    id: p.string().primary(),
    reference: p.string(), // the id of its payment, known or unknown
    intent: p.text(), // its content, as JSON
    receivedAt: p.bigint('number'),
    taken: p.boolean(), // whether a payment has applied it
  }),
});

export type PayableRow = InferEntity<typeof Payable>;
export type PaymentRow = InferEntity<typeof Payment>;
export type RefundRow = InferEntity<typeof RefundEntity>;
export type WalletRow = InferEntity<typeof Wallet>;
export type LedgerEntryRow = InferEntity<typeof LedgerEntry>;

export const paymentTables: Tables = {
  database: 'payment',
  entities: [Payable, Payment, RefundEntity, Wallet, LedgerEntry, KeyUse, WebhookMark],
  dir: join(import.meta.dirname, '..'),
};
