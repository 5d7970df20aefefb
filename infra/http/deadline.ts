// How long something is worth waiting for: until its time is over, or until nobody waits any more.

/** A request's own. */
export interface Deadline {
  /** What is left of its time, in ms: Infinity where it has no end, 0 once it is over. */
  left(): number;
  /** Aborted when who asked has gone. */
  gone?: AbortSignal;
}

/** A deadline in `ms` from now, by a clock that nobody sets. */
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

/** Why a wait ended: who asked has gone. */
export class Gone extends Error {}

/** What `work` resolves to. Rejects with the signal's reason as soon as that is aborted, whatever becomes of the work. */
export async function until<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const stop = () => aborted.reject(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work(), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
