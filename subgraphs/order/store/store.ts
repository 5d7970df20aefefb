// The only reader and writer of orders: a rule decides, and one transaction stores the decision.
import { type EntityManager, LockMode, raw, UniqueConstraintViolationException } from '@mikro-orm/core';
import { randomInt } from 'node:crypto';
import type { Database } from '../../../infra/database/database.ts';
import { keyset, type ListOrder } from '../../../infra/database/keyset.ts';
import { handleOnce } from '../../../infra/database/inbox.ts';
import { announce } from '../../../infra/database/outbox.ts';
import { continued } from '../../../infra/tracing/trace.ts';
import type { Page } from '../../../schema/terms/connection.ts';
import { type Event, event } from '../../../schema/events.ts';
import { newOrderId, orderIdKeys } from '../../../schema/terms/order-id.ts';
import type { SigningKeys } from '../../../schema/wire/signing-key.ts';
import { traceIdOf, traceparentOf } from '../../../schema/wire/traceparent.ts';
import { markDeleted, requireAccount } from './account-mark-store.ts';
import { type KeyedRequest, answerTo, keepRequest } from './idempotency-store.ts';
import { oweMail } from './mail-store.ts';
import { A_SECOND, orderNumber } from '../rules/order-number.ts';
import { isRefused } from '../../../schema/errors.ts';
import type { Decided, OrderDecision, Order, OrderStatus, OrderRefusal } from '../rules/order.ts';
import type { Placing, PlacingRefused } from '../rules/placing.ts';
import { insertOrder, ordersOf, rewriteOrder } from './rows.ts';
import {
  CartEntity,
  IdempotencyKey,
  OrderHead,
  type OrderHeadRow,
  OrderMail,
  OrderTraveller,
  TimelineEntry,
  type TimelineEntryRow,
} from './tables.ts';
import { forgetTakers, takersHistory, leaveUnpaid, lockTakers, noteUnpaid, takersOf } from './unpaid-store.ts';

/** Why an order changes: an event handled by a consumer, or an action of a person or a process. */
export type OrderChangeCause = { consumer: string; event: Event } | { by: string; traceId?: string | null | undefined };

/** Which orders to list; all given conditions must hold. */
export interface OrderConditions {
  account?: string;
  status?: OrderStatus;
  /** In the form of order-number.ts. */
  number?: string;
}

export type OrderSort = 'NEWEST' | 'OLDEST' | 'DEPARTURE';

/** An order's position in a list: its first departure, and its id, which sorts by the time of placing. */
export type OrderPosition = readonly [departsAt: number, id: string];

export interface Orders {
  /**
   * Loads one order under lock, lets `rule` decide, and stores the decision in one transaction: the order, its timeline
   * entry, its events and the inbox mark of the event that caused it. `now` is the database's time, read under the lock.
   * An event that was already handled changes nothing: the result is the current order. A refusal is returned, and its
   * event counts as handled. Null if there is no such order.
   */
  change(
    id: string,
    rule: (order: Order, now: Date) => OrderDecision,
    cause: OrderChangeCause,
  ): Promise<Order | OrderRefusal | null>;
  /**
   * Places an order, once for a key: a repeated request returns the order placed before. The decision depends on what the
   * account and the address have ordered so far; orders of one account or one address are placed one after another, so
   * that two orders cannot exceed a limit together. A refusal does not use up the key. Throws IDEMPOTENCY_CONFLICT if the
   * key was used with a different input, and UNAUTHENTICATED if the account is deleted. `also` joins the transaction.
   */
  place(
    placing: Placing,
    asked: KeyedRequest,
    cause: OrderChangeCause & { address: string | null },
    also?: (em: EntityManager) => Promise<void>,
  ): Promise<Order | PlacingRefused>;
  /** The order that was placed under the key before; null if none was. Throws IDEMPOTENCY_CONFLICT as `place` does. */
  placedBefore(asked: KeyedRequest): Promise<Order | null>;
  byId(id: string): Promise<Order | null>;
  /** A page of the orders that meet all given conditions. */
  list(conditions: OrderConditions, sort: OrderSort, page: Page<OrderPosition>): Promise<Order[]>;
  /** How many orders meet all given conditions. */
  count(conditions: OrderConditions): Promise<number>;
  /** The timelines of these orders, by order, from the first entry to the last. One statement. */
  timelines(ids: readonly string[]): Promise<Map<string, TimelineEntryRow[]>>;
  /** The traceparent of an order's last step: workers that act on the order later continue that trace. */
  traceOf(id: string): Promise<string | undefined>;
  /** The ids of the orders that close-orders has to handle by the database's time, the longest overdue first. */
  overdue(most: number): Promise<string[]>;
  /**
   * Marks the account as deleted and removes, in the same transaction, all its personal data: names, documents, contact,
   * cart, the texts of idempotency keys; due mails are given up. The orders stay. Resolves with the ids of the account's
   * orders, even if the event was already handled.
   */
  forget(account: string, cause: Extract<OrderChangeCause, { event: Event }>): Promise<string[]>;
  /** Deletes the records of seat takers that no longer count. */
  forgetTakers(): Promise<void>;
  /** The ids of the orders for which the issuer has to be called by the database's time, the longest due first. */
  dueForTicketing(most: number): Promise<string[]>;
  /** The order, if the issuer has to be called for it by the database's time; else null. */
  toTicket(id: string): Promise<Order | null>;
}

const DRAWS = 8; // of an order number: all are likely to fail only once nine tenths of a second's numbers are taken

/** The store. The keys that make ids and hash addresses are derived from `offerKeys`. */
export function openOrders(db: Database, offerKeys: SigningKeys): Orders {
  const idKeys = orderIdKeys(offerKeys);
  const load = async (em: EntityManager, id: string, lock = false): Promise<Order | null> => {
    const lockMode = lock ? { lockMode: LockMode.PESSIMISTIC_WRITE } : {};
    const head = await em.findOne(OrderHead, { id }, { disableIdentityMap: true, ...lockMode });
    if (!head) return null;
    const [order = null] = await ordersOf(em, [head]);
    return order;
  };

  async function placedBefore(asked: KeyedRequest): Promise<Order | null> {
    const em = db.read();
    const id = await answerTo(em, asked);
    return id === null ? null : load(em, id);
  }

  const due = async (column: 'dueAt' | 'ticketingDueAt', limit: number): Promise<string[]> => {
    const where = { [column]: { $lte: (await db.now()).getTime() } };
    const options = { fields: ['id'] as const, orderBy: { [column]: 'asc' as const }, limit };
    return (await db.read().find(OrderHead, where, options)).map(({ id }) => id);
  };

  return {
    change: (id, rule, cause) =>
      db.write(async (em, clock) => {
        const order = await load(em, id, true);
        if (!order) return null;
        const now = await clock();
        if ('event' in cause && !(await handleOnce(em, cause.consumer, [cause.event], now)).length) return order;
        const decision = rule(order, now);
        if (isRefused(decision)) return decision;
        const decided = { ...decision, next: { ...decision.next, version: order.version + 1 } };
        await rewriteOrder(em, order, decided.next);
        await leaveUnpaid(em, order, decided, now);
        await record(em, decided, cause, now);
        return decided.next;
      }),

    async place(placing, asked, cause, also) {
      const takers = takersOf(asked.account, cause.address, offerKeys);
      for (let draw = 1; ; draw++) {
        try {
          return await db.write(async (em, clock) => {
            await requireAccount(em, asked.account);
            await lockTakers(em, takers);
            const before = await answerTo(em, asked); // after the lock: of concurrent requests with one key, the first places the order
            if (before !== null) return (await load(em, before))!;
            const now = await clock();
            const number = orderNumber(now, randomInt(A_SECOND));
            const placement = { id: newOrderId(asked.account, idKeys), number, account: asked.account };
            const decision = placing.decide(placement, await takersHistory(em, takers, placing.departures, now), now);
            if (isRefused(decision)) return decision;
            const next = { ...decision.next, version: 1 };
            await insertOrder(em, next);
            await keepRequest(em, asked, next.id, now);
            await noteUnpaid(em, next, takers);
            await also?.(em);
            await record(em, { ...decision, next }, cause, now);
            return next;
          });
        } catch (error) {
          // the number or the id was taken, or a replica of the previous release, which takes no lock, used the key
          if (!(error instanceof UniqueConstraintViolationException) || draw === DRAWS) throw error;
        }
      }
    },

    placedBefore,
    byId: (id) => load(db.read(), id),

    async timelines(ids) {
      const where = { orderId: { $in: [...ids] } };
      const rows = await db.read().find(TimelineEntry, where, { orderBy: { version: 'asc' } });
      return Map.groupBy(rows, ({ orderId }) => orderId);
    },

    async list(given, sort, page) {
      const { conditions, page: stretch } = keyset(orders[sort].by, orders[sort].within(page));
      const em = db.read();
      const where = { $and: [given, ...conditions] };
      return ordersOf(em, await em.find(OrderHead, where, { ...stretch, disableIdentityMap: true }));
    },
    count: (conditions) => db.read().count(OrderHead, conditions),

    forget: (account, { consumer, event }) =>
      db.write(async (em, clock) => {
        const now = await clock();
        const [fresh] = await handleOnce(em, consumer, [event], now);
        if (fresh) await markDeleted(em, account, now); // first: from here on no new rows can be added for the account
        const heads = await em.find(OrderHead, { account }, { fields: ['id'], disableIdentityMap: true });
        const ids = heads.map(({ id }) => id);
        if (fresh) await sweep(em, account, ids);
        return ids;
      }),

    forgetTakers: async () => forgetTakers(db, await db.now()),

    async traceOf(orderId) {
      const last = { orderBy: { version: 'desc' as const }, limit: 1, fields: ['traceparent'] as const };
      const [step] = await db.read().find(TimelineEntry, { orderId }, last);
      return step?.traceparent ?? undefined;
    },

    overdue: (most) => due('dueAt', most),
    dueForTicketing: (most) => due('ticketingDueAt', most),

    async toTicket(id) {
      const order = await load(db.read(), id);
      const dueAt = order?.ticketingDueAt ?? Infinity;
      return order && dueAt <= (await db.now()).getTime() ? order : null;
    },
  };
}

/** Removes the personal data of an account and its orders. Heads first, because `change` locks them before their parts. */
async function sweep(em: EntityManager, account: string, orders: readonly string[]): Promise<void> {
  const theirs = { orderId: { $in: [...orders] } };
  await em.nativeUpdate(OrderHead, { account }, { email: null, phone: null });
  await em.nativeUpdate(OrderTraveller, theirs, { person: null });
  await em.nativeUpdate(OrderMail, { ...theirs, state: 'DUE' }, { state: 'NOT_SENT', dueAt: null });
  // The key is the client's own text, and guessed names could be tested against the hash, so both are replaced; the row
  // stays. The leading space keeps the new key different from any client's key, which may be the id of an earlier order.
  await em.nativeUpdate(IdempotencyKey, { account }, { key: raw<string>("concat(' ', order_id)"), hash: '' });
  await em.nativeDelete(CartEntity, { account }); // its items are deleted by cascade
}

/** How each list is sorted. Ids sort by the time of placing, so only DEPARTURE needs the whole position. */
const orders: Readonly<
  Record<OrderSort, { by: ListOrder<OrderHeadRow>; within: (page: Page<OrderPosition>) => Page }>
> = {
  NEWEST: { by: [['id', 'desc']], within: byId },
  OLDEST: { by: [['id', 'asc']], within: byId },
  DEPARTURE: {
    by: [
      ['departsAt', 'asc'],
      ['id', 'asc'],
    ],
    within: (page) => page,
  },
};

function byId({ after, before, ...page }: Page<OrderPosition>): Page {
  return { ...page, after: after && [after[1]], before: before && [before[1]] };
}

/** Stores the timeline entry, the mail and the events of a change, in its transaction. */
async function record(
  em: EntityManager,
  { next, events, timeline, mailRefund }: Decided,
  cause: OrderChangeCause,
  now: Date,
): Promise<void> {
  const known = 'event' in cause ? cause.event.traceparent : cause.traceId && traceparentOf(cause.traceId);
  const traceparent = continued(known ?? undefined);
  if (timeline) {
    await em.insert(TimelineEntry, {
      orderId: next.id,
      version: next.version,
      step: timeline.step,
      status: next.status,
      cause: 'event' in cause ? cause.event.type : cause.by,
      event: 'event' in cause ? cause.event.id : null,
      because: timeline.because,
      at: now.getTime(),
      traceId: traceIdOf(traceparent),
      traceparent: traceparent ?? null,
    });
  }
  if (mailRefund) {
    const mail = { orderId: next.id, kind: 'PARTLY_REFUNDED', refund: mailRefund } as const;
    await oweMail(em, mail, 'event' in cause ? cause.event.id : null, now);
  }
  const about = {
    source: '/order',
    subject: next.id,
    sequence: next.version,
    now,
    traceparent,
  };
  await announce(
    em,
    events.map(({ type, data }) => event(type, about, data)),
  );
}
