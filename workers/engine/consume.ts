// How every worker reads the bus: subscribe, parse, handle; back off, dead-letter, drain.
import { setTimeout as wait } from 'node:timers/promises';
import type { Bus, Delivery } from '../../infra/messaging/bus.ts';
import { laneOf, letterId, type Standing } from '../../infra/dead-letters/parking.ts';
import { failpoint, inNameOf } from '../../infra/process/failpoint.ts';
import type { Log } from '../../infra/logging/log.ts';
import { isOutage } from '../../infra/database/store-outage.ts';
import { takeIn } from '../../infra/tracing/event-spans.ts';
import { type Event, type EventType, eventTypes, parseEvent } from '../../schema/events.ts';
import { bury, type Lost } from './bury.ts';
import { startReplaying } from './replay.ts';

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
  /** Whether events of a key that come after a dead one may be handled before it is replayed. They wait unless told. */
  mayOvertake?: boolean;
  /** The pauses between the tries of a batch, in ms. */
  retryAfter?: readonly number[];
}

interface Letter<T extends EventType> {
  delivery: Delivery;
  event: EventOf<T>;
}

/** Whatever was thrown, even nothing: only a letter that waits has no cause. */
const died = (delivery: Delivery, cause: unknown): Lost => ({ delivery, cause: cause ?? 'nothing was thrown' });

const RETRY_AFTER = [100, 400, 1600]; // ms; two seconds outlast a deadlock or a failover, and hold a partition up no longer
const LOOK_EVERY = 1000; // ms; how soon a replay that another process asked for is seen

/**
 * Starts a worker; the result stops it once the batch in hand, or what it gathers, is finished, or given back if it was
 * between two tries.
 * A message that cannot be parsed, or that no try could handle, is parked and goes to `<topic>.dlt` with its cause, and
 * its partition moves on; later ones of its key are parked behind it until it is replayed or discarded. While a store is
 * out of reach nothing is poison: the batch comes again until it is back.
 */
export async function consume<T extends EventType>(worker: Worker<T>): Promise<() => Promise<void>> {
  const { bus, name, on, batch = { max: 1, linger: 0 }, retryAfter = RETRY_AFTER } = worker;
  const { parking } = bus;
  const waits = parking !== undefined && !worker.mayOvertake;
  const log = worker.log.child({ service: name });
  const stopping = new AbortController();
  const handle = (events: readonly EventOf<T>[]) => takeIn(name, events, async () => worker.handle(events));

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

  /** Tries a letter; its death is the answer when it is to blame. Throws what is no letter's fault. */
  async function lostOf({ delivery, event }: Letter<T>): Promise<Lost[]> {
    try {
      await handle([event]);
      return [];
    } catch (cause) {
      if (stopping.signal.aborted || isOutage(cause)) throw cause;
      return [died(delivery, cause)];
    }
  }

  /** Tries the letters together, then one by one; the answer is those that are lost. Throws what is no letter's fault. */
  async function lostAmong(letters: readonly Letter<T>[]): Promise<Lost[]> {
    try {
      if (letters.length) await persist(letters.map(({ event }) => event));
      return [];
    } catch (cause) {
      if (stopping.signal.aborted || isOutage(cause)) throw cause;
      if (letters.length === 1) return [died(letters[0]!.delivery, cause)];
      // time has not healed them together: alone, each has one try more, or a hundred would hold the partition up for minutes
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
    if (lost.length) await bury(lost, { bus, log, group: name });
    failpoint('after-effect');
  }

  /** A letter's second chance: as if it came now. */
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
  const leave = await bus.subscribe({ group: name, topics, ...batch }, (some) => inNameOf(name, () => settle(some)));
  return async () => {
    stopping.abort();
    await leave();
    await stopReplaying?.();
  };
}

/**
 * The events among the messages that the worker handles now, and the messages that it loses: those that are no events,
 * and those that come behind a letter of their lane. What is a letter already is neither: it only came again.
 */
function sort<T extends EventType>(
  deliveries: readonly Delivery[],
  on: readonly T[],
  consumer: string,
  standing: Standing | undefined,
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
