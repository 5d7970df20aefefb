// How every worker reads the bus: subscribe, parse, handle, retry, dead-letter, shut down gracefully.
import { setTimeout as wait } from 'node:timers/promises';
import type { Bus } from '../../infra/messaging/bus.ts';
import type { Delivery } from '../../infra/messaging/message.ts';
import { laneOf, letterId, type LaneStates } from '../../infra/dead-letters/parking.ts';
import { failpoint, inNameOf } from '../../infra/process/failpoint.ts';
import type { Log } from '../../infra/logging/log.ts';
import { isOutage } from '../../infra/database/store-outage.ts';
import { inConsumerSpan } from '../../infra/tracing/event-spans.ts';
import { type Event, type EventType, eventTypes, parseEvent } from '../../schema/events.ts';
import { isNonEmpty, type NonEmpty } from '../../schema/values/non-empty.ts';
import { keepDeadLetters, type Lost } from './keep-dead-letters.ts';
import { startReplaying } from './replay.ts';

/** An event of one of these types, discriminated by `type`. */
export type EventOf<T extends EventType> = { [K in T]: Event<K> }[T];

export interface Worker<T extends EventType> {
  bus: Bus;
  log: Log;
  /** The consumer group, and the worker's name in the log. */
  name: string;
  /** The event types it handles; it skips others on their topics. */
  on: readonly T[];
  /** The largest batch, and how many ms to wait for it to fill. One event at a time by default. */
  batch?: { max: number; linger: number };
  /** Applies events of one partition, in order. Events may come again. A throw means that none was applied. */
  handle: (events: NonEmpty<EventOf<T>>) => Promise<unknown>;
  /** Whether later events of a key may be handled before its dead letter is replayed. By default they wait. */
  mayOvertake?: boolean;
  /** The pauses between the attempts on a batch, in ms. */
  retryAfter?: readonly number[];
}

interface Letter<T extends EventType> {
  delivery: Delivery;
  event: EventOf<T>;
}

/** A cause is never null here, even if the handler threw nothing: null marks a letter that waits behind another. */
const died = (delivery: Delivery, cause: unknown): Lost => ({ delivery, cause: cause ?? 'nothing was thrown' });

const RETRY_AFTER = [100, 400, 1600]; // ms; two seconds outlast a deadlock or a short failover without blocking the partition for longer
const LOOK_EVERY = 1000; // ms; how soon a replay requested in another process starts

/**
 * Starts a worker. The returned function stops it once the batch in hand or being gathered is finished, or given back
 * if it was between two attempts.
 * A message that cannot be parsed, or fails every attempt, is parked and copied to `<topic>.dlt` with its cause, and
 * its partition moves on; later messages of its key are parked behind it until it is replayed or discarded. While a
 * store is unavailable no message is dead-lettered: the batch comes again until the store is back.
 */
export async function consume<T extends EventType>(worker: Worker<T>): Promise<() => Promise<void>> {
  const { bus, name, on, batch = { max: 1, linger: 0 }, retryAfter = RETRY_AFTER } = worker;
  const { parking } = bus;
  const waits = parking !== undefined && !worker.mayOvertake;
  const log = worker.log.child({ service: name });
  const stopping = new AbortController();
  const handle = (events: NonEmpty<EventOf<T>>) => inConsumerSpan(name, events, async () => worker.handle(events));

  /** Retries with pauses until the handler succeeds; rejects with the error of the last attempt. */
  async function handleWithRetries(events: NonEmpty<EventOf<T>>): Promise<void> {
    for (const pause of retryAfter) {
      try {
        await handle(events);
        return;
      } catch (error) {
        log.warn('handling events failed; will retry', {
          first: events[0].id,
          events: events.length,
          pause,
          error,
        });
        await wait(pause, undefined, { signal: stopping.signal });
      }
    }
    await handle(events);
  }

  /** Handles one message alone and returns it as lost if it is to blame. Throws if a shutdown or an outage is. */
  async function lostOf({ delivery, event }: Letter<T>): Promise<Lost[]> {
    try {
      await handle([event]);
      return [];
    } catch (cause) {
      if (stopping.signal.aborted || isOutage(cause)) throw cause;
      return [died(delivery, cause)];
    }
  }

  /** Handles messages together, then one by one, and returns those that are lost. Throws on a shutdown or an outage. */
  async function lostAmong(letters: readonly Letter<T>[]): Promise<Lost[]> {
    try {
      const events = letters.map(({ event }) => event);
      if (isNonEmpty(events)) await handleWithRetries(events);
      return [];
    } catch (cause) {
      if (stopping.signal.aborted || isOutage(cause)) throw cause;
      const [first, ...others] = letters;
      if (first && !others.length) return [died(first.delivery, cause)];
      // retries together failed: each gets one more attempt alone, as more would block the partition for minutes in a batch of a hundred
      const lost: Lost[] = [];
      const held = new Set<string>();
      for (const letter of letters) {
        const lane = laneOf(name, letter.delivery);
        if (held.has(lane)) lost.push({ delivery: letter.delivery, cause: null });
        else {
          const dead = await lostOf(letter);
          lost.push(...dead);
          if (dead.length && waits && letter.delivery.key !== null) held.add(lane);
        }
      }
      return lost;
    }
  }

  async function settle(deliveries: readonly Delivery[]): Promise<void> {
    const standing = await parking?.look(name, deliveries);
    const { letters, lost } = sort(deliveries, on, name, standing, waits);
    lost.push(...(await lostAmong(letters)));
    lost.sort((a, b) => deliveries.indexOf(a.delivery) - deliveries.indexOf(b.delivery));
    if (lost.length) await keepDeadLetters(lost, { bus, log, group: name });
    failpoint('after-effect');
  }

  /** Handles a replayed dead letter as if it had just arrived. */
  async function again(delivery: Delivery): Promise<void> {
    const event = parseEvent(delivery.value ?? '');
    if ((on as readonly EventType[]).includes(event.type)) await handle([event as EventOf<T>]);
  }

  const topics = [...new Set(on.map((type) => eventTypes[type].topic))];
  const stopReplaying =
    parking &&
    (await inNameOf(name, () =>
      startReplaying({ parking, name, log, handle: again, isOutage, pollEvery: LOOK_EVERY }),
    ));
  const leave = await bus
    .subscribe({ group: name, topics, ...batch }, (some) => inNameOf(name, () => settle(some)))
    .catch(async (error: unknown) => {
      await stopReplaying?.(); // the caller starts the whole worker again
      throw error;
    });
  return async () => {
    stopping.abort();
    await leave();
    await stopReplaying?.();
  };
}

/**
 * Splits messages into the events to handle now, and those to dead-letter: messages that are no events, and messages
 * behind a dead letter of their key. A message that is already a dead letter is skipped: it was only redelivered.
 */
function sort<T extends EventType>(
  deliveries: readonly Delivery[],
  on: readonly T[],
  consumer: string,
  standing: LaneStates | undefined,
  waits: boolean,
) {
  const letters: Letter<T>[] = [];
  const lost: Lost[] = [];
  const held = new Set(waits ? standing?.held : undefined);
  for (const delivery of deliveries) {
    if (standing?.known.size && standing.known.has(letterId(consumer, delivery))) continue;
    const lane = laneOf(consumer, delivery);
    try {
      const event = parseEvent(delivery.value ?? '');
      if (!(on as readonly EventType[]).includes(event.type)) continue;
      if (delivery.key !== null && held.has(lane)) lost.push({ delivery, cause: null });
      else letters.push({ delivery, event: event as EventOf<T> });
    } catch (cause) {
      lost.push(died(delivery, cause));
      if (waits) held.add(lane);
    }
  }
  return { letters, lost };
}
