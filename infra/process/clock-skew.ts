// Measures how far the clock of this process is off, and corrects for it. A process with a database follows the database
// server's clock; the gateway, which has none, follows its subgraphs', whose replies carry the time.
import type { Clock } from './clock.ts';
import type { Log } from '../logging/log.ts';

/**
 * How far the clock may be off before a worker stops taking up work, in ms: as much as signed tokens tolerate. Nothing is
 * decided by this clock, but a machine that is this wrong is broken, and its logs and traces mislead.
 */
export const TOO_FAR_OFF = 30_000;

const READ_EVERY = 5000; // ms; a stopwatch drifts by less than a millisecond meanwhile
const ROUND_TRIP = 1000; // ms; a reading that took longer is too inexact to replace another one

export interface ClockSkew {
  /** The time by the clock that was read last, with a stopwatch since; by the machine's own clock while none was read. */
  now: Clock;
  /** How far the machine's clock is ahead of that, in ms; 0 while no other clock was read. */
  skew(): number;
  isTooFarOff(): boolean;
  /** Follows another clock that shows `time` at this moment, as a reply says; uses one reply in five seconds. */
  hear(time: Date): void;
  /** Reads a clock now and every five seconds; one that does not answer keeps the last reading. */
  follow(read: () => Promise<Date>): Promise<void>;
  /** Calls back whenever the clock was looked at. */
  onLook(listener: () => void): void;
  close(): void;
}

/** Measures the clock of this process; `machine` and `stopwatch` are its own clock and the time since any instant, in ms. */
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
    else look(); // the machine's clock may have been set meanwhile
  }

  return {
    now: () => new Date(now()),
    skew,
    isTooFarOff,
    hear(time) {
      if (!last || stopwatch() - last.since > READ_EVERY) take(time.getTime());
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
