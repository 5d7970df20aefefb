// Deadlines: how long a result is useful, until its time is over or its caller has gone.

/** The deadline of one request. */
export interface Deadline {
  /** The remaining time in ms: Infinity without a limit, 0 once it is over. */
  left(): number;
  /** Aborted when the caller has gone. */
  gone?: AbortSignal;
}

/** A deadline in `ms` from now, by a monotonic clock. */
export function deadlineIn(ms: number, gone?: AbortSignal): Deadline {
  const over = performance.now() + ms;
  return { left: () => Math.max(0, over - performance.now()), ...(gone && { gone }) };
}

/** A signal that is aborted with `late()` after `ms`, or as soon as `gone` is; dispose of it when the work is done. */
export function limit(
  ms: number,
  late: () => Error,
  gone?: AbortSignal,
): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const leave = () => controller.abort(new Gone());
  const timer = Number.isFinite(ms) ? setTimeout(() => controller.abort(late()), ms) : undefined;
  if (ms <= 0) controller.abort(late());
  if (gone?.aborted) leave();
  gone?.addEventListener('abort', leave, { once: true });
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer);
      gone?.removeEventListener('abort', leave);
    },
  };
}

/** The wait ended because the caller has gone. */
export class Gone extends Error {}

/** The result of `work`. Rejects with the signal's reason as soon as that is aborted, even if the work continues. */
export function until<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => reject(signal.reason as Error);
    const done = () => signal.removeEventListener('abort', stop);
    signal.addEventListener('abort', stop, { once: true });
    const result = (async () => work())(); // rejects if the work throws before it returns a promise
    result.then(done, done);
    result.then(resolve, reject);
  });
}
