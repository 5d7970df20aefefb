// Every event: topic, key, payload, parser. The choreography on one page.
//
//   fare room ── fare.changed ─────────► rebuild-fares    (caches the days that changed)
//   fare room ── fare.rebuild ─────────► rebuild-fares    (a reader missed these days)
//   fare room ── departure.scheduled ──► open-departures  (the stock room opens them for sale)
import { typeidUnboxed } from 'typeid-js';
import { z } from 'zod';
import { cabins } from './shopping.ts';

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
        /** Local at the origin, as 2026-03-24T22:20. */
        departs: z.string(),
        cabin,
        /** Seats on sale; null leaves it to the stock room's default for the cabin. */
        capacity: z.number().int().min(0).max(1000).nullable(),
      }),
    )
    .min(1)
    .max(500),
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Every topic. Partitions bound how many consumers of a group can share the work; retention is in milliseconds. */
export const topics = {
  fares: { partitions: 6, retention: 7 * DAY },
  'fare-tasks': { partitions: 6, retention: HOUR }, // a task nobody did in an hour is asked for again by the next reader
  departures: { partitions: 6, retention: 7 * DAY },
} as const;

export type Topic = keyof typeof topics;

/** Every event type with its topic, the version of its payload, and the payload. The key is the aggregate's id, here the route, as DEL-BLR. */
export const eventTypes = {
  'fare.changed': { topic: 'fares', version: 1, payload: days },
  'fare.rebuild': { topic: 'fare-tasks', version: 1, payload: days },
  'departure.scheduled': { topic: 'departures', version: 1, payload: departures },
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
  about: { source: string; subject: string; sequence: number; now: Date },
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
