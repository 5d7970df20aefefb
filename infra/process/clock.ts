// The one source of time. Rules are given `now`; nothing below infra/ reads the machine's clock.

/** Gives the current instant. */
export type Clock = () => Date;

/** The system's time, by the clock of this process and by that of a database. */
export interface SystemClock {
  /** The time by the clock of this process. */
  now: Clock;
  /**
   * The system's time at the moment a database's clock shows `databaseTime`. Limits are set and judged by it: all
   * processes that share a database share its clock, whatever their own clocks say.
   */
  at(databaseTime: Date): Date;
}

/** The machine's clock, or one that starts at an instant and runs on from there; a database's time moves as far. */
export function openClock(startAt?: Date, machine: Clock = () => new Date()): SystemClock {
  const ahead = startAt ? startAt.getTime() - machine().getTime() : 0;
  const at = (time: Date) => new Date(time.getTime() + ahead);
  return { now: () => at(machine()), at };
}
