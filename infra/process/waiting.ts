// A process that starts before its dependencies waits for them: exiting would add its supervisor's back-off to the
// outage.
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../logging/log.ts';
import { isOutOfReach } from './out-of-reach.ts';

const TRY_EVERY = 500; // ms; the server is used within half a second of its return

/** The process received a stop signal while it waited. */
export class StoppedWaiting extends Error {}

export interface Waiting {
  /**
   * The result of `open`, which is retried while the part is out of reach; the log says so once, with the address. Any
   * other failure, such as a refused login, rejects. Rejects with StoppedWaiting on `stop`.
   */
  until<T>(part: string, at: string, open: () => Promise<T>): Promise<T>;
  /** The parts that it waits for now, by name, with the last failure of each. */
  parts: ReadonlyMap<string, Error>;
  /** Ends all waiting. */
  stop(): void;
  isStopped(): boolean;
}

/** Calls `began` each time that waiting for a part begins. */
export function openWaiting(log: Log, began: () => void = () => undefined): Waiting {
  const stopping = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    stopping.signal.addEventListener('abort', () => reject(new StoppedWaiting('stopped while it waited')));
  });
  stopped.catch(() => undefined); // otherwise an unhandled rejection while nothing waits
  const parts = new Map<string, Error>();

  async function attempt<T>(part: string, at: string, open: () => Promise<T>): Promise<{ opened: T } | undefined> {
    try {
      return { opened: await open() };
    } catch (error) {
      if (!isOutOfReach(error)) throw error;
      const isFirst = !parts.has(part);
      parts.set(part, error as Error);
      if (isFirst) {
        log.warn(`waiting for the ${part}`, { at, reason: reasonOf(error as Error) });
        began();
      }
      return undefined;
    }
  }

  async function untilOpen<T>(part: string, at: string, open: () => Promise<T>): Promise<T> {
    try {
      for (;;) {
        const done = await attempt(part, at, open);
        if (done) {
          if (parts.has(part)) log.info(`the ${part} is available`, { at });
          return done.opened;
        }
        await wait(TRY_EVERY, undefined, { signal: stopping.signal });
      }
    } finally {
      parts.delete(part);
    }
  }

  return {
    until: (part, at, open) => Promise.race([untilOpen(part, at, open), stopped]),
    parts,
    stop: () => stopping.abort(),
    isStopped: () => stopping.signal.aborted,
  };
}

/** The code of the failure, or its name: never a driver's message, which may quote a user. */
function reasonOf(error: Error): string {
  const { name, code, cause } = error as Error & { code?: unknown };
  if (typeof code === 'string') return code;
  return cause instanceof Error && name !== cause.name ? reasonOf(cause) : name;
}
