// Every event: topic, key, payload, parser. The choreography on one page.
//
//   fare room ── fare.changed ─────────► rebuild-fares    (caches the days that changed)
//   fare room ── fare.rebuild ─────────► rebuild-fares    (a reader missed these days)
//   fare room ── departure.scheduled ──► open-departures  (the stock room opens them for sale)
//
//   order room ── order.placed ───────────► hold-stock (holds all seats or none), follow-orders (the payment room knows what is due)
//   stock room ── stock.held, .refused ───► settle-orders    (AWAITING_PAYMENT, or REJECTED)
//   order room ── order.awaiting-payment ─► follow-orders    (it may be paid from now on)
//   payment room ── payment.captured ─────► settle-orders    (PAID, or the payment goes back)
//   order room ── order.paid ─────────────► hold-stock (the seats are sold), issue-tickets, notify
//   order room ── order.closing, .rejected ► hold-stock (releases), follow-orders (no payment any more)
//   stock room ── stock.released ─────────► settle-orders    (CLOSED)
//   order room ── order.tickets-cancelled ► issue-tickets    (takes the tickets back at the issuer; only then money and seats go back)
//   order room ── order.refund-due ───────► refund-payments  (the payment room pays back)
//   order room ── order.seats-given-back ─► hold-stock       (sold seats return)
//   payment room ── payment.refunded ─────► settle-orders    (REFUNDED when all that is due is back)
//   order room ── order.ticketed, .closed, .rejected, .refunded ► notify (tells the traveller by mail)
//   stock room ── stock.sold-out, .back-on-sale ► mark-sold-out (the fare room stops offering, offers again)
//   account room ── account.deleted ──────► forget-travellers (the order room keeps its orders without their names), follow-orders (removes key texts)
import { typeidUnboxed } from 'typeid-js';
import { z } from 'zod';
import { cabins } from './terms/shopping.ts';

const airportCode = z.string().regex(/^[A-Z]{3}$/);
const date = z.iso.date();
const cabin = z.enum(cabins);

/** Days of one route in one cabin and currency: what a fare cache entry is about. */
const days = z.object({
  origin: airportCode,
  destination: airportCode,
  cabin,
  currency: z.string().regex(/^[A-Z]{3}$/),
  dates: z.array(date).min(1).max(500),
});

const departures = z.object({
  departures: z
    .array(
      z.object({
        id: z.string(),
        carrier: z.string(),
        flightNumber: z.string().nullable(),
        origin: airportCode,
        destination: airportCode,
        /** Local at the origin, as 2026-03-24T22:20; with its offset, as 2026-11-01T01:50-05:00, for the second of two equal times. */
        departs: z.string(),
        cabin,
        /** Seats on sale; null leaves it to the stock room's default for the cabin. */
        capacity: z.number().int().min(0).max(1000).nullable(),
      }),
    )
    .min(1)
    .max(500),
});

const orderId = z.string().min(1);
const paymentId = z.string().min(1);
const refundId = z.string().min(1);
/** Minor units of `currency`. */
const amount = z.number().int().nonnegative();
const currency = z.string().regex(/^[A-Z]{3}$/);
const seats = z
  .array(z.object({ departureId: z.string().min(1), seats: z.number().int().min(1).max(100) }))
  .min(1)
  .max(50);

/** A departure, with the route that it flies. */
const departureOnRoute = z.object({ departureId: z.string().min(1), origin: airportCode, destination: airportCode });

/** What an order says of itself to those who act on it. Nothing personal: names stay in the order room. */
const due = z.object({ orderId, account: z.string(), amount, currency, payBy: z.iso.datetime() });

/** What a payer recognises an order by: its number as mails show it, and its flights. */
const bought = z.object({
  number: z.string().min(1),
  flights: z
    .array(
      z.object({
        carrier: z.string(),
        flightNumber: z.string().nullable(),
        origin: airportCode,
        destination: airportCode,
        /** With the offset of the origin, as 2026-03-24T22:20:00+05:30. */
        departure: z.iso.datetime({ offset: true }),
      }),
    )
    .min(1),
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Every topic. Partitions bound how many consumers of a group can share the work; retention is in milliseconds. */
export const topics = {
  fares: { partitions: 6, retention: 7 * DAY },
  'fare-tasks': { partitions: 6, retention: HOUR }, // a task nobody did in an hour is asked for again by the next reader
  departures: { partitions: 6, retention: 7 * DAY },
  orders: { partitions: 6, retention: 30 * DAY }, // an order's life may end weeks after it was placed
  holds: { partitions: 6, retention: 30 * DAY },
  seats: { partitions: 6, retention: 7 * DAY },
  payments: { partitions: 6, retention: 30 * DAY },
  accounts: { partitions: 6, retention: 30 * DAY },
} as const;

export type Topic = keyof typeof topics;

/** Every event type with its topic, the version of its payload, and the payload. The key is the
 * aggregate's id: the route (as DEL-BLR) of fares and departures, the order of orders and holds, the departure of seats. */
export const eventTypes = {
  'fare.changed': { topic: 'fares', version: 1, payload: days },
  'fare.rebuild': { topic: 'fare-tasks', version: 1, payload: days },
  'departure.scheduled': { topic: 'departures', version: 1, payload: departures },

  'order.placed': { topic: 'orders', version: 1, payload: due.extend({ seats }) },
  /** Orders of release 0.1.0 do not say what was bought. */
  'order.awaiting-payment': { topic: 'orders', version: 1, payload: due.extend({ bought: bought.optional() }) },
  'order.rejected': { topic: 'orders', version: 1, payload: z.object({ orderId, because: z.string() }) },
  'order.paid': { topic: 'orders', version: 1, payload: z.object({ orderId, paymentId }) },
  'order.ticketed': { topic: 'orders', version: 1, payload: z.object({ orderId }) },
  'order.closing': { topic: 'orders', version: 1, payload: z.object({ orderId, because: z.string() }) },
  'order.closed': { topic: 'orders', version: 1, payload: z.object({ orderId }) },
  'order.tickets-cancelled': {
    topic: 'orders',
    version: 1,
    payload: z.object({ orderId, cancellationId: z.string().min(1) }),
  },
  'order.refund-due': {
    topic: 'orders',
    version: 1,
    payload: z.object({ orderId, refundId, paymentId, amount, currency, because: z.string() }),
  },
  /** Sold seats return; `returnId` is good for one return. */
  'order.seats-given-back': {
    topic: 'orders',
    version: 1,
    payload: z.object({ orderId, returnId: z.string().min(1), seats }),
  },
  'order.refunded': { topic: 'orders', version: 1, payload: z.object({ orderId }) },

  'stock.held': { topic: 'holds', version: 1, payload: z.object({ orderId }) },
  'stock.refused': {
    topic: 'holds',
    version: 1,
    payload: z.object({
      orderId,
      because: z.enum(['SOLD_OUT', 'NOT_ON_SALE', 'RELEASED_BEFORE']),
      departures: z.array(z.string()),
    }),
  },
  'stock.released': { topic: 'holds', version: 1, payload: z.object({ orderId }) },
  'stock.returned': { topic: 'holds', version: 1, payload: z.object({ orderId, returnId: z.string() }) },

  /** Few seats are left on a departure: `available` of them. */
  'stock.low': {
    topic: 'seats',
    version: 1,
    payload: z.object({ departureId: z.string(), available: z.number().int().nonnegative() }),
  },
  'stock.sold-out': { topic: 'seats', version: 1, payload: departureOnRoute },
  'stock.back-on-sale': { topic: 'seats', version: 1, payload: departureOnRoute },

  'payment.captured': {
    topic: 'payments',
    version: 1,
    payload: z.object({
      paymentId,
      orderId,
      amount,
      currency,
      method: z.enum(['CARD', 'WALLET']),
      at: z.iso.datetime(),
    }),
  },
  'payment.failed': {
    topic: 'payments',
    version: 1,
    payload: z.object({ paymentId, orderId, because: z.string() }),
  },
  'payment.refunded': {
    topic: 'payments',
    version: 1,
    payload: z.object({ refundId, paymentId, orderId, amount, currency }),
  },

  'account.deleted': { topic: 'accounts', version: 1, payload: z.object({ accountId: z.string() }) },
} as const satisfies Record<string, { topic: Topic; version: number; payload: z.ZodType }>;

export type EventType = keyof typeof eventTypes;
export type Payload<T extends EventType> = z.infer<(typeof eventTypes)[T]['payload']>;

/**
 * A CloudEvents 1.0 event. `subject` is the aggregate's id; `sequence` is the revision of the aggregate that the event
 * tells of, so that it never falls, and the events of one change share it (0 for a task). An event is known by its `id`.
 */
export interface Event<T extends EventType = EventType> {
  specversion: '1.0';
  id: string;
  source: string;
  type: T;
  subject: string;
  time: string;
  sequence: number;
  schemaversion: number;
  traceparent?: string;
  data: Payload<T>;
}

/** A new event of a room about one of its aggregates. */
export function event<T extends EventType>(
  type: T,
  about: { source: string; subject: string; sequence: number; now: Date; traceparent?: string | undefined },
  data: Payload<T>,
): Event<T> {
  return {
    specversion: '1.0',
    id: typeidUnboxed('evt'),
    source: about.source,
    type,
    subject: about.subject,
    time: about.now.toISOString(),
    sequence: about.sequence,
    schemaversion: eventTypes[type].version,
    ...(about.traceparent !== undefined && { traceparent: about.traceparent }),
    data,
  };
}

const envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string(),
  type: z.enum(Object.keys(eventTypes) as [EventType]),
  subject: z.string().min(1),
  time: z.string(),
  sequence: z.number().int().nonnegative(),
  schemaversion: z.number().int(),
  traceparent: z.string().optional(),
  data: z.unknown(),
});

/** The event in a message's text. Throws an Error that says what is wrong with it: not JSON, unknown type or version, bad payload. */
export function parseEvent(text: string): Event {
  if (!text.isWellFormed()) throw new Error('not UTF-8');
  const parsed = envelope.safeParse(json(text));
  if (!parsed.success) throw new Error(`not an event: ${z.prettifyError(parsed.error)}`);
  const { version, payload } = eventTypes[parsed.data.type];
  if (parsed.data.schemaversion !== version) {
    throw new Error(`${parsed.data.type} has version ${parsed.data.schemaversion}; this consumer knows ${version}`);
  }
  const data = payload.safeParse(parsed.data.data);
  if (!data.success) throw new Error(`bad ${parsed.data.type}: ${z.prettifyError(data.error)}`);
  return { ...parsed.data, data: data.data } as Event;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('not JSON');
  }
}
