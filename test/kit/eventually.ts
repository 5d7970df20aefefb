// Waits for a condition by polling: tests never sleep for a fixed time.
import { setTimeout as wait } from 'node:timers/promises';

const LOOK_EVERY = 5; // ms
const GIVE_UP_AFTER = 60_000; // ms; far longer than anything takes on a busy machine, so that only a fault reaches it
const LEAST_LOOKS = 10; // a machine that stood still for that long is not a fault

/**
 * The result of `look`, once it neither throws nor returns false. Rejects with its last failure, after `giveUpAfter` ms
 * and ten looks.
 */
export async function eventually<T>(
  look: () => T | Promise<T>,
  giveUpAfter = GIVE_UP_AFTER,
): Promise<Exclude<T, false>> {
  const began = performance.now();
  for (let looks = 1; ; looks++) {
    const isLast = () => looks >= LEAST_LOOKS && performance.now() - began >= giveUpAfter;
    try {
      const answer = await look();
      if (answer !== false) return answer as Exclude<T, false>;
      if (isLast()) throw new Error(`never came true: ${String(look)}`);
    } catch (error) {
      if (isLast()) throw error;
    }
    await wait(LOOK_EVERY);
  }
}
