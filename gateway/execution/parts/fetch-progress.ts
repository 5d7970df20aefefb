// Which fetches of a run have ended.

export interface FetchProgress {
  /** Notes that a fetch has ended. */
  ended: (fetch: number) => void;
  /** Notes that the whole plan has. */
  finished: () => void;
  /** Whether one of the fetches can still give something. */
  isAwaited: (fetches: readonly number[]) => boolean;
  /** Resolves when the next fetch ends, or the plan. */
  next: () => Promise<void>;
}

export function openFetchProgress(): FetchProgress {
  const done = new Set<number>();
  let isFinished = false;
  let change = Promise.withResolvers<void>();
  const tell = (): void => {
    change.resolve();
    change = Promise.withResolvers();
  };
  return {
    ended(fetch) {
      done.add(fetch);
      tell();
    },
    finished() {
      isFinished = true;
      tell();
    },
    isAwaited: (fetches) => !isFinished && fetches.some((fetch) => !done.has(fetch)),
    next: () => change.promise,
  };
}
