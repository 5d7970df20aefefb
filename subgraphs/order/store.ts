// The only reader and writer of orders: a rule decides, one transaction keeps what it decided.
import { type EntityManager, LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { randomInt } from 'node:crypto';
import { typeidUnboxed } from 'typeid-js';
import type { Database } from '../../infra/database.ts';
import { takeIn } from '../../infra/inbox.ts';
import { announce } from '../../infra/outbox.ts';
import { continued } from '../../infra/trace.ts';
import { type Event, event } from '../../schema/events.ts';
import { traceIdOf, traceparentOf } from '../../schema/traceparent.ts';
import { type Asked, answerTo, keep } from './idempotency-store.ts';
import { A_SECOND, orderNumber } from './order-number.ts';
import { type Decided, type Decision, isRefused, type Order, type OrderStatus, type Refused } from './order.ts';
import type { Placement } from './placing.ts';
import { insertOrder, ordersOf, rewriteOrder } from './rows.ts';
import { Cart, OrderHead, OrderTraveller, TimelineEntry, type TimelineEntryRow } from './tables.ts';

/** Why an order changes: an event that a consumer takes in, or somebody's or something's doing. */
export type Cause = { now: Date } & (
  { consumer: string; event: Event } | { by: string; traceId?: string | null | undefined }
);

/** Which orders to list; every condition given must hold. */
export interface OrderConditions {
  account?: string;
  status?: OrderStatus;
  /** As order-number.ts writes it. */
  number?: string;
}

export type OrderSort = 'NEWEST' | 'OLDEST' | 'DEPARTURE';

/** An order's place in a list: its first departure, and its id, which sorts by the time it was placed. */
export type Place = readonly [departsAt: number, id: string];

export interface Orders {
  /**
   * Loads one order under lock, lets `rule` decide, and keeps in one transaction what it decided: the order, its
   * timeline entry, its events and the mark of the event that caused it. An event that was taken in before changes
   * nothing: the answer is the order as it is. A refusal is an answer, too, and its event counts as taken in. Null
   * where there is no such order.
   */
  change(id: string, rule: (order: Order) => Decision, cause: Cause): Promise<Order | Refused | null>;
  /**
   * Places the order that `placed` makes for an id and a number, once for a key: asked again, it gives the order that
   * was placed then. Throws IDEMPOTENCY_CONFLICT where the key was used with another input. `also` joins the transaction.
   */
  place(
    placed: (placement: Placement) => Decided,
    asked: Asked,
    cause: Cause,
    also?: (em: EntityManager) => Promise<void>,
  ): Promise<Order>;
  /** The order that was placed under the key before; null where none was. Throws IDEMPOTENCY_CONFLICT as `place` does. */
  placedBefore(asked: Asked): Promise<Order | null>;
  byId(id: string): Promise<Order | null>;
  /** The first `size` orders after a place that meet every condition given, in the order that was asked for. */
  list(conditions: OrderConditions, sort: OrderSort, after: Place | null, size: number): Promise<Order[]>;
  /** The timelines of these orders, by order, from the first entry to the last. One statement. */
  timelines(ids: readonly string[]): Promise<Map<string, TimelineEntryRow[]>>;
  /** The traceparent of an order's last step: what becomes of it by itself goes on there. */
  traceOf(id: string): Promise<string | undefined>;
  /** The orders that close-orders has to look at, the longest overdue first. */
  overdue(now: Date, most: number): Promise<string[]>;
  /** Forgets all that is personal in the orders of an account: names, documents, contact. The orders stay. */
  forget(account: string, cause: Extract<Cause, { event: Event }>): Promise<void>;
  /** The orders that the issuer has to be asked about, the longest due first. */
  dueForTicketing(now: Date, most: number): Promise<string[]>;
}

const DRAWS = 8; // of an order number: a second would have to be nine tenths full to lose them all

export function openOrders(db: Database): Orders {
  const load = async (em: EntityManager, id: string, lock = false): Promise<Order | null> => {
    const lockMode = lock ? { lockMode: LockMode.PESSIMISTIC_WRITE } : {};
    const head = await em.findOne(OrderHead, { id }, { disableIdentityMap: true, ...lockMode });
    return head ? (await ordersOf(em, [head]))[0]! : null;
  };

  async function placedBefore(asked: Asked): Promise<Order | null> {
    const em = db.read();
    const id = await answerTo(em, asked);
    return id === null ? null : load(em, id);
  }

  const due = async (column: 'dueAt' | 'ticketingDueAt', now: Date, limit: number): Promise<string[]> => {
    const where = { [column]: { $lte: now.getTime() } };
    const options = { fields: ['id'] as const, orderBy: { [column]: 'asc' as const }, limit };
    return (await db.read().find(OrderHead, where, options)).map(({ id }) => id);
  };

  return {
    change: (id, rule, cause) =>
      db.write(async (em) => {
        const order = await load(em, id, true);
        if (!order) return null;
        if ('event' in cause && !(await takeIn(em, cause.consumer, [cause.event], cause.now)).length) return order;
        const decision = rule(order);
        if (isRefused(decision)) return decision;
        const decided = { ...decision, next: { ...decision.next, version: order.version + 1 } };
        await rewriteOrder(em, order, decided.next);
        await record(em, decided, cause);
        return decided.next;
      }),

    async place(placed, asked, cause, also) {
      for (let draw = 1; ; draw++) {
        try {
          return await db.write(async (em) => {
            const number = orderNumber(cause.now, randomInt(A_SECOND));
            const decided = placed({ id: typeidUnboxed('ord'), number, account: asked.account });
            const next = { ...decided.next, version: 1 };
            await keep(em, asked, next.id, cause.now); // of many who ask at once all but one wait here, and then fail
            await insertOrder(em, next);
            await also?.(em);
            await record(em, { ...decided, next }, cause);
            return next;
          });
        } catch (error) {
          if (!(error instanceof UniqueConstraintViolationException)) throw error;
          const before = await placedBefore(asked);
          if (before) return before;
          if (draw === DRAWS) throw error; // the number was taken, each time
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

    async list(conditions, sort, after, limit) {
      const where = { ...conditions, ...(after && beyond(sort, after)) };
      const id = sort === 'NEWEST' ? ('desc' as const) : ('asc' as const);
      const orderBy = sort === 'DEPARTURE' ? { departsAt: 'asc' as const, id } : { id };
      const em = db.read();
      return ordersOf(em, await em.find(OrderHead, where, { orderBy, limit, disableIdentityMap: true }));
    },

    async forget(account, { consumer, event, now }) {
      await db.write(async (em) => {
        if (!(await takeIn(em, consumer, [event], now)).length) return;
        const heads = await em.find(OrderHead, { account }, { fields: ['id'], disableIdentityMap: true });
        await em.nativeUpdate(OrderTraveller, { orderId: { $in: heads.map(({ id }) => id) } }, { person: null });
        await em.nativeUpdate(OrderHead, { account }, { email: null, phone: null });
        await em.nativeDelete(Cart, { account }); // its items go with it
      });
    },

    async traceOf(orderId) {
      const last = { orderBy: { version: 'desc' as const }, limit: 1, fields: ['traceparent'] as const };
      const [step] = await db.read().find(TimelineEntry, { orderId }, last);
      return step?.traceparent ?? undefined;
    },

    overdue: (now, most) => due('dueAt', now, most),
    dueForTicketing: (now, most) => due('ticketingDueAt', now, most),
  };
}

/** What comes after a place in a list. */
function beyond(sort: OrderSort, [departsAt, id]: Place) {
  if (sort === 'NEWEST') return { id: { $lt: id } };
  if (sort === 'OLDEST') return { id: { $gt: id } };
  return { $or: [{ departsAt: { $gt: departsAt } }, { departsAt, id: { $gt: id } }] };
}

/** The timeline entry and the events of a change, in its transaction. */
async function record(em: EntityManager, { next, events, timeline }: Decided, cause: Cause): Promise<void> {
  const { now } = cause;
  const known = 'event' in cause ? cause.event.traceparent : cause.traceId && traceparentOf(cause.traceId);
  const traceparent = continued(known ?? undefined);
  if (timeline) {
    await em.insert(TimelineEntry, {
      orderId: next.id,
      version: next.version,
      step: timeline.step,
      status: next.status,
      cause: 'event' in cause ? cause.event.type : cause.by,
      because: timeline.because,
      at: now.getTime(),
      traceId: traceIdOf(traceparent),
      traceparent: traceparent ?? null,
    });
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
