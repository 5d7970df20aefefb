// The one source of time. Rules are given `now`; nothing below infra/ reads the machine's clock.

/** Gives the current instant. */
export type Clock = () => Date;

/** The machine's clock, or one that starts at an instant and runs on from there. */
export function openClock(startAt?: Date): Clock {
  if (!startAt) return () => new Date();
  const ahead = startAt.getTime() - Date.now();
  return () => new Date(Date.now() + ahead);
}
