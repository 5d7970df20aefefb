// Runs work one after the other: a check takes a second of a core, and one that another change overtakes is made again.

/** Runs each work after the one before has ended, whether it failed or not. */
export function openInTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
