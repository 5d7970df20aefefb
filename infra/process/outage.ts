// What fails again and again is in the log twice: when it begins and when it is over. An outage writes no line a request.
import type { Log } from '../logging/log.ts';

export interface Outage {
  /** It failed: says so when it did not fail the last time. */
  began(message: string, error: unknown): void;
  /** It did not fail: says so when it did the last time. */
  ended(): void;
  /** What the work gives; undefined where it failed, and then `message` is what began. */
  trying<T>(message: string, work: () => Promise<T>): Promise<T | undefined>;
}

/** Keeps the log of what may fail for a while; `over` is what is said at the end of that. */
export function openOutage(log: Log, over: string): Outage {
  let lasts = false;
  const began = (message: string, error: unknown): void => {
    if (!lasts) log.warn(message, { error });
    lasts = true;
  };
  const ended = (): void => {
    if (lasts) log.info(over);
    lasts = false;
  };
  return {
    began,
    ended,
    async trying(message, work) {
      try {
        const result = await work();
        ended();
        return result;
      } catch (error) {
        began(message, error);
        return undefined;
      }
    },
  };
}
