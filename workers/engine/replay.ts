// Replays dead letters through the group's own handler: those marked for replay, and those that waited behind them.
import type { Delivery } from '../../infra/messaging/message.ts';
import { Bell } from '../../infra/messaging/bell.ts';
import { type DeadLetter, deliveryOf, type Parking } from '../../infra/dead-letters/parking.ts';
import { failpoint } from '../../infra/process/failpoint.ts';
import type { Log } from '../../infra/logging/log.ts';
import { causeOf } from './keep-dead-letters.ts';

export interface Replaying {
  parking: Parking;
  /** The consumer group. */
  name: string;
  log: Log;
  /** Handles one message. An error it throws becomes the letter's cause, unless `isOutage` says that no message is to blame. */
  handle: (delivery: Delivery) => Promise<void>;
  isOutage: (error: unknown) => boolean;
  /** How often to look for replays requested in other processes, in ms. */
  pollEvery: number;
}

const AT_ONCE = 20; // dead letters in one query

/**
 * Starts replaying; the returned function stops it once the dead letter in hand is settled. One process of a group
 * replays at a time. If a process crashes during a replay, the message is handled again; the handler's inbox applies it once.
 */
export async function startReplaying(replaying: Replaying): Promise<() => Promise<void>> {
  const { parking, name, log, handle, isOutage, pollEvery } = replaying;
  const bell = new Bell();
  let [nudged, stopped] = [true, false];

  function ring(): void {
    nudged = true;
    bell.ring();
  }

  async function replay(letter: DeadLetter): Promise<void> {
    const { id, topic, key } = letter;
    try {
      await handle(deliveryOf(letter));
    } catch (error) {
      if (isOutage(error)) throw error;
      await parking.settle(letter, causeOf(error));
      log.error('dead letter failed again', { id, topic, key, error });
      return;
    }
    failpoint('after-effect');
    await parking.settle(letter, null);
    log.info('dead letter replayed', { id, topic, key });
  }

  const isStopping = (): boolean => stopped; // a call, as it can change while the loop below waits

  /** Replays what is due. Dead letters that become due through it are handled in the next iteration. */
  async function round(): Promise<void> {
    if (!(await parking.due(name, 1)).length) return;
    await parking.alone(name, async () => {
      for (let due = await parking.due(name, AT_ONCE); due.length; due = await parking.due(name, AT_ONCE))
        for (const letter of due) {
          if (isStopping()) return;
          await replay(letter);
        }
    });
  }

  async function work(): Promise<void> {
    while (!stopped) {
      nudged = false;
      await round().catch((error: unknown) => log.warn('replaying dead letters failed; will retry', { error }));
      await bell.until(() => stopped || nudged, pollEvery);
    }
  }

  const stopHearing = await parking.onChange(ring);
  const working = work();
  return async () => {
    stopHearing();
    stopped = true;
    bell.ring();
    await working;
  };
}
