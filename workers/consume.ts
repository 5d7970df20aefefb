// How every worker reads the bus: subscribe, parse, handle; back off, dead-letter, drain.
import { ConnectionException, DeadlockException, LockWaitTimeoutException } from '@mikro-orm/core';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bus, Delivery, Message } from '../infra/bus.ts';
import type { Log } from '../infra/log.ts';
import { type Event, type EventType, eventTypes, parseEvent } from '../schema/events.ts';

/** An event of one of these types: `type` tells which. */
export type EventOf<T extends EventType> = { [K in T]: Event<K> }[T];

export interface Worker<T extends EventType> {
  bus: Bus;
  log: Log;
  /** The consumer group, and the worker's name in the log. */
  name: string;
  /** The event types it handles; others on their topics are passed over. */
  on: readonly T[];
  /** How many events it takes at a time, and how many ms it waits for that many. One at a time unless told. */
  batch?: { max: number; linger: number };
  /** Takes in events of one partition, in order. Events may come again; a throw means that none was taken in. */
  handle: (events: readonly EventOf<T>[]) => Promise<unknown>;
  /** The pauses between the tries of a batch, in ms. */
  retryAfter?: readonly number[];
}

interface Letter<T extends EventType> {
  delivery: Delivery;
  event: EventOf<T>;
}

interface DeadLetter {
  delivery: Delivery;
  cause: unknown;
}

const RETRY_AFTER = [100, 400, 1600]; // ms; two seconds outlast a deadlock or a failover, and hold a partition up no longer
const LONGEST_CAUSE = 1000; // characters; brokers bound a message with its headers

/**
 * Starts a worker; the result stops it once the batch in hand is finished, or given back if it was between two tries.
 * A message that cannot be parsed, or that no try could handle, goes to `<topic>.dlt` with its cause, and its
 * partition moves on. While a store is out of reach nothing is poison: the batch comes again until it is back.
 */
export async function consume<T extends EventType>(worker: Worker<T>): Promise<() => Promise<void>> {
  const { bus, name, on, handle, batch = { max: 1, linger: 0 }, retryAfter = RETRY_AFTER } = worker;
  const log = worker.log.child({ service: name });
  const stopping = new AbortController();

  /** Tries until the handler takes the events, pausing in between; the error of the last try is the caller's. */
  async function persist(events: readonly EventOf<T>[]): Promise<void> {
    for (const pause of retryAfter) {
      try {
        await handle(events);
        return;
      } catch (error) {
        log.warn('events failed and will be tried again', {
          first: events[0]?.id,
          events: events.length,
          pause,
          error,
        });
        await wait(pause, undefined, { signal: stopping.signal });
      }
    }
    await handle(events);
  }

  /** Handles the letters; the answer is those that no try could handle, each found by trying it alone. */
  async function poisonAmong(letters: readonly Letter<T>[]): Promise<DeadLetter[]> {
    try {
      if (letters.length) await persist(letters.map(({ event }) => event));
      return [];
    } catch (cause) {
      if (stopping.signal.aborted || isOutage(cause)) throw cause;
      if (letters.length === 1) return [{ delivery: letters[0]!.delivery, cause }];
      const poison: DeadLetter[] = [];
      for (const letter of letters) poison.push(...(await poisonAmong([letter])));
      return poison;
    }
  }

  // The seam for parking: letters whose key is parked already would join the dead here, before the others are handled.
  async function settle(deliveries: readonly Delivery[]): Promise<void> {
    const { letters, unreadable } = sort(deliveries, on);
    const dead = [...unreadable, ...(await poisonAmong(letters))];
    if (!dead.length) return;
    await bus.publish(dead.map((letter) => deadLetter(letter, name)));
    for (const { delivery, cause } of dead) {
      log.error('a message went to the dead letters', { ...at(delivery), error: cause });
    }
  }

  const topics = [...new Set(on.map((type) => eventTypes[type].topic))];
  const leave = await bus.subscribe({ group: name, topics, ...batch }, settle);
  return async () => {
    stopping.abort();
    await leave();
  };
}

/** The events among the messages that the worker handles, and the messages that are no events. */
function sort<T extends EventType>(deliveries: readonly Delivery[], on: readonly T[]) {
  const letters: Letter<T>[] = [];
  const unreadable: DeadLetter[] = [];
  for (const delivery of deliveries) {
    try {
      const event = parseEvent(delivery.value ?? '');
      if ((on as readonly EventType[]).includes(event.type)) letters.push({ delivery, event: event as EventOf<T> });
    } catch (cause) {
      unreadable.push({ delivery, cause });
    }
  }
  return { letters, unreadable };
}

function deadLetter({ delivery, cause }: DeadLetter, group: string): Message {
  const { topic, key, value, headers, partition, offset } = delivery;
  const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return {
    topic: `${topic}.dlt`,
    key,
    value,
    headers: {
      ...headers,
      'dlt-group': group,
      'dlt-cause': text.slice(0, LONGEST_CAUSE),
      'dlt-topic': topic,
      'dlt-partition': String(partition),
      'dlt-offset': offset,
    },
  };
}

function at({ topic, partition, offset, key }: Delivery) {
  return { topic, partition, offset, key };
}

const OUT_OF_REACH = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN']);

/** Whether a store behind the handler could not be reached: no message is to blame for that. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (
    [ConnectionException, DeadlockException, LockWaitTimeoutException].some((kind) => error instanceof kind) ||
    (typeof code === 'string' && OUT_OF_REACH.has(code)) ||
    isOutage(error.cause)
  );
}
