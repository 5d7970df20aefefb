// Publishes a subgraph's outbox to the bus: in order, at least once, right after each commit.
import { setImmediate as othersTurn, setTimeout as wait } from 'node:timers/promises';
import type { Bus } from '../../infra/messaging/bus.ts';
import type { Message } from '../../infra/messaging/message.ts';
import type { Database } from '../../infra/database/database.ts';
import { failpoint, inNameOf } from '../../infra/process/failpoint.ts';
import { keepLease, type Lease, openLease, STALE_AFTER } from '../../infra/database/lease.ts';
import type { Log } from '../../infra/logging/log.ts';
import { backlog, forget, waiting } from '../../infra/database/outbox.ts';
import { handOn } from '../../infra/tracing/event-spans.ts';
import { outsideTraces } from '../../infra/tracing/trace.ts';
import { listedPause } from '../../schema/terms/back-off.ts';
import { type Event, eventTypes } from '../../schema/events.ts';

export interface Relay {
  bus: Bus;
  /** The subgraph's database. Several relays can run on its outbox: a lease lets one at a time publish. */
  db: Database;
  log: Log;
  database: string;
  /** How often to look for commits of other processes, in ms. Without it the relay only reacts to commits of its own process. */
  pollEvery?: number | undefined;
  /** The pauses after the first, second, ... failure in a row, in ms; the last one repeats. */
  retryAfter?: readonly number[];
  /** How long the lease holder may be silent before another relay takes the lease, in ms. */
  staleAfter?: number;
}

const AT_ONCE = 100; // events in one publish
const RETRY_AFTER = [100, 200, 400, 800, 1600, 3200, 5000]; // ms; a recovered broker is noticed within five seconds
const LOOK_AGAIN = 50; // ms; how often a relay without the lease looks whether it is free
const STEPS = 3; // renewals within the stale time, so that one may be lost
const MANY = 1000; // events; far above the backlog of normal operation

/** Starts the relay on the existing backlog. The returned function stops it once the batch in hand is published and marked. */
export async function startRelayOutbox(relay: Relay): Promise<() => Promise<void>> {
  const { bus, db, database, pollEvery, retryAfter = RETRY_AFTER, staleAfter = STALE_AFTER } = relay;
  const log = relay.log.child({ service: 'relay-outbox', database });
  const lease = openLease('relay-outbox', staleAfter);
  const stopping = new AbortController();
  let nudged = false;
  let draining: Promise<void> | undefined;
  let most = MANY;

  const pause = (ms: number) => wait(ms, undefined, { signal: stopping.signal }).catch(() => undefined);

  /** Publishes until the outbox is empty. Each commit, also its own, triggers another look. */
  async function drain(): Promise<void> {
    let failures = 0;
    while (nudged && !stopping.signal.aborted) {
      nudged = false;
      try {
        if (!(await waiting(db.read(), 1)).length) continue;
        if (!(await relayBatch(bus, db, lease, staleAfter / STEPS))) {
          nudged = true; // the lease holder may stop before it reaches the events of this process
          await pause(LOOK_AGAIN);
        }
        failures = 0;
        await othersTurn(); // on embedded adapters a long outbox would starve timers and sockets
      } catch (error) {
        nudged = true;
        const ms = listedPause(retryAfter, failures++);
        log.warn('publishing from the outbox failed; will retry', { failures, pause: ms, error });
        await pause(ms);
      }
    }
    draining = undefined;
  }

  function nudge(): void {
    nudged = true;
    draining ??= outsideTraces(() => inNameOf('relay-outbox', drain)); // outside the trace of the commit that triggered it
  }

  /** Logs a warning each time the outbox has grown by half since the last one. */
  async function watch(): Promise<void> {
    const events = await backlog(db.read());
    if (events > most) log.warn('the outbox grows: events are committed faster than published', { events });
    if (events > most || events < MANY) most = Math.max(MANY, Math.round(events * 1.5));
  }

  async function poll(every: number): Promise<void> {
    while (!stopping.signal.aborted) {
      nudge();
      await watch().catch(() => undefined); // drain() logs that the database is away
      await pause(every);
    }
  }

  const stopHearing = db.onCommit(nudge);
  nudge();
  const polling = pollEvery === undefined ? undefined : poll(pollEvery);
  return async () => {
    stopHearing();
    stopping.abort();
    await Promise.all([draining, polling]);
  };
}

/**
 * Publishes the oldest events under the lease and deletes them; false where another process holds it. After a crash in
 * between, the next holder of the lease publishes them again. The lease is free between two batches, so a stopped relay
 * does not delay the next one.
 */
async function relayBatch(bus: Bus, db: Database, lease: Lease, stepEvery: number): Promise<boolean> {
  const batch = await db.write(async (em) => ((await lease.take(em)) ? waiting(em, AT_ONCE) : undefined));
  if (!batch) return false;
  const positions = batch.map(({ position }) => position);
  const steady = keepLease(db, lease, stepEvery);
  try {
    failpoint('before-publish');
    const events = batch.map(({ event }) => event);
    if (batch.length) await handOn('relay-outbox', events, (handed) => bus.publish(handed.map(message)));
    failpoint('after-publish');
  } catch (error) {
    await steady();
    await db.write(lease.release).catch(() => undefined); // another process may reach the bus
    throw error;
  }
  await steady();
  await db.write(async (em) => {
    await forget(em, positions);
    await lease.release(em);
  });
  return true;
}

function message(event: Event): Message {
  return { topic: eventTypes[event.type].topic, key: event.subject, value: JSON.stringify(event) };
}
