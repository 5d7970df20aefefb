// A clock that stands still until it is set or advanced: for tests, and for developers who try what time does.
import { inspect } from 'node:util';
import { DAY, HOUR, MINUTE, SECOND } from '../../schema/terms/durations.ts';

const UNITS: Readonly<Record<string, number>> = { d: DAY, h: HOUR, m: MINUTE, s: SECOND, ms: 1 };

/** A duration such as 16m, 1h30m or 250ms, in ms. Throws an Error that says what is allowed. */
export function durationOf(text: string): number {
  if (!/^(\d+(d|h|ms|m|s))+$/.test(text))
    throw new Error(
      `${text} is no duration: give days, hours, minutes, seconds or milliseconds, as 2d, 1h30m, 90s or 250ms`,
    );
  return [...text.matchAll(/(\d+)([a-z]+)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit!]!, 0);
}

export class SetClock {
  #now: number;
  constructor(start: string) {
    this.#now = instantOf(start);
  }
  now = (): Date => new Date(this.#now);
  /** The same for any time of a database's clock. */
  at = this.now;
  /** Advances by this many ms, or by a duration such as 16m; returns the new time. */
  advance(by: number | string): Date {
    this.#now += typeof by === 'string' ? durationOf(by) : by;
    return this.now();
  }
  /** Sets the time, as 2027-01-15T09:00Z; returns it. */
  set(time: Date | string): Date {
    this.#now = instantOf(time);
    return this.now();
  }
  [inspect.custom](): string {
    return `SetClock { ${this.now().toISOString()} }`;
  }
}

function instantOf(time: Date | string): number {
  const instant = new Date(time).getTime();
  if (Number.isNaN(instant))
    throw new Error(`${String(time)} is no instant: give one with its offset, as 2027-01-15T09:00Z`);
  return instant;
}
