// Logs a repeated failure twice: when it begins and when it is over. An outage does not write a line for each request.
import type { Log } from '../logging/log.ts';

export interface Outage {
  /** A failure: logs it if the previous attempt did not fail. */
  began(message: string, error: unknown): void;
  /** A success: logs it if the previous attempt failed. */
  ended(): void;
  /** The result of the work; undefined if it failed, and then `message` is logged. */
  trying<T>(message: string, work: () => Promise<T>): Promise<T | undefined>;
}

/** The outage log of one operation; `over` is the message at the end of an outage. */
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
