// Waiting for what will be so: tests look again until it is, they never sleep and hope.
import { setTimeout as wait } from 'node:timers/promises';

const LOOK_EVERY = 5; // ms
const GIVE_UP_AFTER = 20_000; // ms; far beyond what anything takes on a busy machine, so that only a fault gets there

/** What `look` answers, once it neither throws nor answers false. Gives up with its last failure. */
export async function eventually<T>(look: () => T | Promise<T>): Promise<Exclude<T, false>> {
  for (let waited = 0; ; waited += LOOK_EVERY) {
    try {
      const answer = await look();
      if (answer !== false) return answer as Exclude<T, false>;
      if (waited >= GIVE_UP_AFTER) throw new Error(`never came true: ${String(look)}`);
    } catch (error) {
      if (waited >= GIVE_UP_AFTER) throw error;
    }
    await wait(LOOK_EVERY);
  }
}
