// A worker works only while the clock of its process is right: it stops by itself, and goes on by itself.
import type { ClockSkew } from '../../process/clock-skew.ts';
import type { Log } from '../../logging/log.ts';

type Stop = () => Promise<void>;

/**
 * Starts the work, stops it while the clock is too far off, and starts it again once the clock is right; the result stops
 * it for good. What is in hand is finished. A start that fails is tried again at the next look at the clock.
 */
export async function atTheRightTime(start: () => Promise<Stop>, clock: ClockSkew, log: Log): Promise<Stop> {
  let stop: Stop | undefined = await start();
  let isOver = false;
  let changing: Promise<void> = Promise.resolve();

  async function follow(): Promise<void> {
    if (isOver || clock.isTooFarOff() === (stop === undefined)) return;
    if (stop) {
      log.error('the worker takes up no work until the clock of this process is right');
      await stop();
      stop = undefined;
      return;
    }
    log.info('the clock of this process is right: the worker goes on');
    stop = await start();
  }

  function look(): void {
    changing = changing.then(follow).catch((error: unknown) => log.warn('the worker cannot go on yet', { error }));
  }
  clock.onLook(look);
  look(); // its first reading may have come while the work was started
  return async () => {
    isOver = true;
    await changing;
    await stop?.();
  };
}
