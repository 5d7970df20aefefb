// One partition as one member of a group reads it from Kafka: buffers fetched messages and hands them out in order.
import { isNonEmpty, lastOf, type NonEmpty } from '../../schema/values/non-empty.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { Bell } from './bell.ts';
import type { Subscription } from './bus.ts';
import type { Delivery } from './message.ts';
import type { Log } from '../logging/log.ts';

export interface LaneOptions {
  subscription: Subscription;
  handle: (batch: NonEmpty<Delivery>) => Promise<void>;
  /** Commits the offsets up to and including this message; resolves to whether that succeeded. */
  commit: (last: Delivery) => Promise<boolean>;
  /** Pauses and resumes fetching. */
  pause: () => void;
  resume: () => void;
  log: Log;
}

/** A partition that is assigned to this member. */
export interface Lane {
  /** Buffers fetched messages; skips those that it had before (a fetch after a rebalance begins at the last commit). */
  take(messages: readonly Delivery[]): void;
  /** Hands out nothing more until `go` is called. */
  hold(): void;
  go(): void;
  /** The partition was reassigned: discards buffered messages, and no longer commits the current batch. */
  drop(): void;
  /**
   * Resolves once the current batch, or the one being gathered, is finished and committed; nothing more is handed out.
   */
  end(): Promise<void>;
}

const AHEAD = 10; // batches kept in memory, besides the last fetch: more are fetched in time
const RETRY_AFTER = 200; // ms; consumers back off themselves, this only keeps a failing one from spinning

export function openLane({ subscription, handle, commit, pause, resume, log }: LaneOptions): Lane {
  const { max, linger } = subscription;
  const bell = new Bell();
  const leaving = new AbortController();
  let waiting: Delivery[] = [];
  let newest = -1n;
  let uncommitted: Delivery | undefined; // the last handled message, until its offset is committed
  let [held, lost, paused] = [false, false, false];
  const isLost = (): boolean => lost; // a call, as it can change while a batch is handled
  const done = serve();

  async function serve(): Promise<void> {
    while (!leaving.signal.aborted) {
      if (!held && waiting.length) await next();
      else if (!held && uncommitted) await commitHandled(uncommitted);
      else await bell.rung();
    }
    if (uncommitted && !isLost()) await commit(uncommitted);
  }

  const pauseBeforeRetry = () => wait(RETRY_AFTER, undefined, { signal: leaving.signal }).catch(() => undefined);

  /**
   * A rebalance can refuse a commit although this member keeps the partition. The commit of the next batch includes
   * it, but an idle partition has no next batch: without another attempt, its lag would never end.
   */
  async function commitHandled(last: Delivery): Promise<void> {
    uncommitted = last;
    if (await commit(last)) uncommitted = undefined;
    else await pauseBeforeRetry();
  }

  async function next(): Promise<void> {
    if (linger) await bell.until(() => leaving.signal.aborted || waiting.length >= max, linger);
    if (isLost() || held) return; // a member that leaves still finishes the batch that it gathers
    const batch = waiting.slice(0, max);
    if (!isNonEmpty(batch)) return;
    try {
      await handle(batch);
    } catch (error) {
      const [{ topic, partition }] = batch;
      log.error('a batch failed and will be delivered again', { group: subscription.group, topic, partition, error });
      await pauseBeforeRetry();
      return;
    }
    if (isLost()) return;
    waiting = waiting.slice(batch.length);
    await commitHandled(lastOf(batch));
    if (paused && waiting.length < max * AHEAD) {
      paused = false;
      try {
        resume();
      } catch (error) {
        // the consumer crashed during this commit; it restarts, with nothing paused
        log.debug('fetching could not be resumed', { group: subscription.group, error });
      }
    }
  }

  return {
    take(messages) {
      if (leaving.signal.aborted) return;
      const fresh = messages.filter(({ offset }) => BigInt(offset) > newest);
      if (!isNonEmpty(fresh)) return;
      newest = BigInt(lastOf(fresh).offset);
      waiting.push(...fresh);
      if (waiting.length >= max * AHEAD) {
        paused = true;
        pause();
      }
      bell.ring();
    },
    hold: () => void (held = true),
    go() {
      held = false;
      bell.ring();
    },
    drop() {
      lost = true;
      leaving.abort();
      bell.ring();
    },
    end() {
      leaving.abort();
      bell.ring();
      return done;
    },
  };
}
