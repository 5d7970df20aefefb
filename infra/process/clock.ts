// The only source of time. Rules receive `now`; only infra/ reads the machine's clock.

/** Returns the current instant. */
export type Clock = () => Date;

/** The system's time, from the clock of this process or from a database's clock. */
export interface SystemClock {
  /** The time by the clock of this process. */
  now: Clock;
  /**
   * The system's time at the moment when a database's clock shows `databaseTime`. Time limits are set and judged by it:
   * all processes that share a database share its clock, whatever their own clocks show.
   */
  at(databaseTime: Date): Date;
}

/**
 * The machine's clock, or one that starts at `startAt` and advances from there; a database's time is shifted equally.
 */
export function openClock(startAt?: Date, machine: Clock = () => new Date()): SystemClock {
  const ahead = startAt ? startAt.getTime() - machine().getTime() : 0;
  const at = (time: Date) => new Date(time.getTime() + ahead);
  return { now: () => at(machine()), at };
}
