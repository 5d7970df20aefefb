// Moves a room's outbox to the bus: in order, at least once, as soon as something was committed.
import { setImmediate as othersTurn, setTimeout as wait } from 'node:timers/promises';
import type { Bus, Message } from '../infra/bus.ts';
import type { Database } from '../infra/database.ts';
import type { Log } from '../infra/log.ts';
import { forget, waiting } from '../infra/outbox.ts';
import { type Event, eventTypes } from '../schema/events.ts';

export interface Relay {
  bus: Bus;
  /** The room's database. Its outbox has one relay at a time: two would publish everything twice, out of step. */
  db: Database;
  log: Log;
  room: string;
  /** The pauses after the first, second, ... failure in a row, in ms; the last one stands for all that follow. */
  retryAfter?: readonly number[];
}

const AT_ONCE = 100; // events in one publish
const RETRY_AFTER = [100, 200, 400, 800, 1600, 3200, 5000]; // ms; a broker that is back is noticed within five seconds

/** Starts the relay with what waits already; the result stops it once what is being published is marked so. */
export async function startRelayOutbox(relay: Relay): Promise<() => Promise<void>> {
  const { bus, db, room, retryAfter = RETRY_AFTER } = relay;
  const log = relay.log.child({ service: 'relay-outbox', room });
  const stopping = new AbortController();
  let nudged = false;
  let draining: Promise<void> | undefined;

  /** Publishes until nothing waits: the commit that forgets a batch is the nudge to look for the next. */
  async function drain(): Promise<void> {
    let failures = 0;
    while (nudged && !stopping.signal.aborted) {
      nudged = false;
      try {
        await relayBatch(bus, db);
        failures = 0;
        await othersTurn(); // on embedded adapters a long outbox would starve timers and sockets
      } catch (error) {
        nudged = true;
        const pause = retryAfter[Math.min(failures++, retryAfter.length - 1)];
        log.warn('events wait in the outbox', { failures, pause, error });
        await wait(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
    draining = undefined;
  }

  function nudge(): void {
    nudged = true;
    draining ??= drain();
  }

  db.onCommit(nudge);
  nudge();
  return async () => {
    stopping.abort();
    await draining;
  };
}

/** Publishes the oldest events and forgets them. After a crash in between they are published again. */
async function relayBatch(bus: Bus, db: Database): Promise<void> {
  const batch = await waiting(db.read(), AT_ONCE);
  if (!batch.length) return;
  await bus.publish(batch.map(({ event }) => message(event)));
  const positions = batch.map(({ position }) => position);
  await db.write((em) => forget(em, positions));
}

function message(event: Event): Message {
  return { topic: eventTypes[event.type].topic, key: event.subject, value: JSON.stringify(event) };
}
