// Measures the skew of this process's clock, and corrects for it. A process with a database follows the database
// server's clock; the gateway, which has none, follows its subgraphs, whose replies carry the time.
import type { Clock } from './clock.ts';
import type { Log } from '../logging/log.ts';

/**
 * How far the clock may be off before a worker stops taking up work, in ms: the tolerance of signed tokens. No decision
 * uses this clock, but a machine with such a clock is broken, and its logs and traces mislead.
 */
export const TOO_FAR_OFF = 30_000;

const READ_EVERY = 5000; // ms; a stopwatch drifts by less than a millisecond in between
const ROUND_TRIP = 1000; // ms; a reading that took longer is too inexact to replace an earlier one

export interface ClockSkew {
  /** The time of the last reading, advanced by a stopwatch; the machine's own time until a first reading. */
  now: Clock;
  /** How far the machine's clock is ahead of that time, in ms; 0 until a first reading. */
  skew(): number;
  isTooFarOff(): boolean;
  /** Follows another clock that shows `time` now, as a reply says; uses one reply in five seconds. */
  hear(time: Date): void;
  /** Reads a clock now and every five seconds; if it does not answer, the last reading stays. */
  follow(read: () => Promise<Date>): Promise<void>;
  /** Calls back after each comparison of the clocks. */
  onLook(listener: () => void): void;
  close(): void;
}

/** Measures the clock of this process; `machine` is its own clock, `stopwatch` the time since any instant, in ms. */
export function openClockSkew(
  log: Log,
  machine: () => number = Date.now,
  stopwatch: () => number = () => performance.now(),
): ClockSkew {
  const listeners: (() => void)[] = [];
  let last: { time: number; since: number } | undefined;
  let wasTooFarOff = false;
  let timer: NodeJS.Timeout | undefined;

  const now = () => (last ? last.time + stopwatch() - last.since : machine());
  const skew = () => (last ? machine() - now() : 0);
  const isTooFarOff = () => Math.abs(skew()) > TOO_FAR_OFF;

  function look(): void {
    const seconds = skew() / 1000;
    if (isTooFarOff() && !wasTooFarOff) log.error(`the clock of this process is ${offBy(seconds)}`, { seconds });
    if (!isTooFarOff() && wasTooFarOff) log.info('the clock of this process is right again', { seconds });
    wasTooFarOff = isTooFarOff();
    for (const listener of listeners) listener();
  }

  function take(time: number): void {
    last = { time, since: stopwatch() };
    look();
  }

  async function readOnce(read: () => Promise<Date>): Promise<void> {
    const since = stopwatch();
    const time = await read().catch(() => undefined);
    const took = stopwatch() - since;
    if (time && !(last && took > ROUND_TRIP)) take(time.getTime() + took / 2);
    else look(); // the machine's clock may have been set in between
  }

  return {
    now: () => new Date(now()),
    skew,
    isTooFarOff,
    hear(time) {
      const at = time.getTime();
      if (Number.isNaN(at)) return; // no time at all: a subgraph can be at fault
      if (!last || stopwatch() - last.since > READ_EVERY) take(at);
    },
    async follow(read) {
      if (timer) return; // all databases of a process are on one server
      timer = setInterval(() => void readOnce(read), READ_EVERY).unref();
      await readOnce(read);
    },
    onLook: (listener) => void listeners.push(listener),
    close: () => clearInterval(timer),
  };
}

const offBy = (seconds: number): string =>
  `${Math.abs(seconds).toFixed(1)} s ${seconds > 0 ? 'ahead of' : 'behind'} the clock that the system goes by: set the machine's clock, as by NTP`;
