// Runs a worker only while the clock of its process is accurate: pauses and resumes it automatically.
import type { ClockSkew } from '../clock-skew.ts';
import type { Log } from '../../logging/log.ts';

type Stop = () => Promise<void>;

/**
 * Starts the work, stops it while the clock is too far off, and starts it again once the clock is accurate; the
 * returned function stops it for good. Work in progress is finished. A failed start is retried at the next check of the
 * clock.
 */
export async function atTheRightTime(start: () => Promise<Stop>, clock: ClockSkew, log: Log): Promise<Stop> {
  let stop: Stop | undefined = await start();
  let isOver = false;
  let changing: Promise<void> = Promise.resolve();

  async function follow(): Promise<void> {
    if (isOver || clock.isTooFarOff() === (stop === undefined)) return;
    if (stop) {
      log.error('worker paused: the clock of this process is off');
      await stop();
      stop = undefined;
      return;
    }
    log.info('worker resumes: the clock of this process is accurate again');
    stop = await start();
  }

  function look(): void {
    changing = changing
      .then(follow)
      .catch((error: unknown) => log.warn('worker cannot resume yet; will retry', { error }));
  }
  clock.onLook(look);
  look(); // the first measurement may have come while the work was starting
  return async () => {
    isOver = true;
    await changing;
    await stop?.();
  };
}
