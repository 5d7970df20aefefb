// What fails again and again is in the log twice: when it begins and when it is over. An outage writes no line a request.
import type { Log } from './log.ts';

export interface Outage {
  /** It failed: says so when it did not fail the last time. */
  began(message: string, error: unknown): void;
  /** It did not fail: says so when it did the last time. */
  ended(): void;
}

/** Keeps the log of what may fail for a while; `over` is what is said at the end of that. */
export function openOutage(log: Log, over: string): Outage {
  let lasts = false;
  return {
    began(message, error) {
      if (!lasts) log.warn(message, { error });
      lasts = true;
    },
    ended() {
      if (lasts) log.info(over);
      lasts = false;
    },
  };
}
