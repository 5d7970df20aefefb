// Every event: topic, key, payload, parser. workers/README.md draws which subgraph publishes and which worker handles it.
import { typeidUnboxed } from 'typeid-js';
import { z } from 'zod';
import { cabins } from './terms/fare-words.ts';
import { DAY, HOUR } from './terms/durations.ts';

const airportCode = z.string().regex(/^[A-Z]{3}$/);
const date = z.iso.date();
const cabin = z.enum(cabins);

/** Days of one route in one cabin and currency: the scope of a fare cache entry. */
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
        /** Seats on sale; null for the stock subgraph's default for the cabin. */
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

/** A departure with its route. */
const departureOnRoute = z.object({ departureId: z.string().min(1), origin: airportCode, destination: airportCode });

/** An order's data for consumers that act on it. No personal data: names stay in the order subgraph. */
const due = z.object({ orderId, account: z.string(), amount, currency, payBy: z.iso.datetime() });

/** The details by which a payer recognises an order: its number as in mails, and its flights. */
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

/** An operation that clients sent: what it uses of the schema, and its text without the values in it. */
const usedOperation = z.object({
  operation: z.string().min(1).max(64),
  operationName: z.string().max(255),
  text: z.string().nullable(),
  coordinates: z.array(z.string()).max(5000),
});

/** How often a client sent an operation. */
const operationCount = z.object({
  operation: z.string().min(1).max(64),
  client: z.string().max(255),
  clientVersion: z.string().max(255),
  count: z.number().int().positive(),
});

/** Every topic. Partitions bound how many consumers of a group can share the work; retention is in milliseconds. */
export const topics = {
  fares: { partitions: 6, retention: 7 * DAY },
  'fare-tasks': { partitions: 6, retention: HOUR }, // a task that is not done in an hour is requested again by the next search
  departures: { partitions: 6, retention: 7 * DAY },
  orders: { partitions: 6, retention: 30 * DAY }, // an order may be completed weeks after it was placed
  holds: { partitions: 6, retention: 30 * DAY },
  seats: { partitions: 6, retention: 7 * DAY },
  payments: { partitions: 6, retention: 30 * DAY },
  accounts: { partitions: 6, retention: 30 * DAY },
  usage: { partitions: 3, retention: 7 * DAY },
} as const;

export type Topic = keyof typeof topics;

/**
 * Every event type with its topic, the version of its payload, and the payload. The key is the aggregate's id: the route
 * (as DEL-BLR) in fares, fare-tasks and departures, the order in orders and holds, the departure in seats, the payment in
 * payments, the account in accounts, the gateway in usage.
 */
export const eventTypes = {
  'fare.changed': { topic: 'fares', version: 1, payload: days },
  'fare.rebuild': { topic: 'fare-tasks', version: 1, payload: days },
  'departure.scheduled': { topic: 'departures', version: 1, payload: departures },

  'order.placed': { topic: 'orders', version: 1, payload: due.extend({ seats }) },
  /** Events of release 0.1.0 lack `bought`. */
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
  /** Returns sold seats; `returnId` is the idempotency key of one return. */
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

  /** What clients asked a gateway for since its last event. A gateway describes each operation once, before it counts it. */
  'operations.used': {
    topic: 'usage',
    version: 1,
    payload: z.object({ operations: z.array(usedOperation), counts: z.array(operationCount) }),
  },

  'account.deleted': { topic: 'accounts', version: 1, payload: z.object({ accountId: z.string() }) },
} as const satisfies Record<string, { topic: Topic; version: number; payload: z.ZodType }>;

export type EventType = keyof typeof eventTypes;
export type Payload<T extends EventType> = z.infer<(typeof eventTypes)[T]['payload']>;

/**
 * A CloudEvents 1.0 event. `subject` is the aggregate's id; `sequence` is the aggregate's revision, so it never decreases,
 * and the events of one change share it (0 for a task). The `id` identifies an event.
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

/** A new event of a subgraph about one of its aggregates. */
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

/** Parses a message's text. Throws an Error with the reason: not JSON, unknown type or version, or invalid payload. */
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
