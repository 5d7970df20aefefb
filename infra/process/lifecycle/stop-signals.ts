// The signals that stop a process, from its first moment on.

const STOPS = ['SIGTERM', 'SIGINT', 'disconnect'] as const; // 'disconnect': the supervising process is gone

/** Who handles the next signal. */
export interface StopSignals {
  /** From now on each signal calls `listener`, in place of the one before. */
  handle(listener: () => void): void;
  /** Handles no more of them. Returns whether there was one: its listener may have come too late. */
  end(): boolean;
}

/**
 * Handles the signals: at first each ends the process, as nothing was started. Without a listener the first process of a
 * container would ignore them until it is killed.
 */
export function openStopSignals(): StopSignals {
  let listener: () => void = () => process.exit(0);
  let isReceived = false;
  function receive(): void {
    isReceived = true;
    listener();
  }
  for (const event of STOPS) process.on(event, receive);
  return {
    handle: (next) => void (listener = next),
    end() {
      for (const event of STOPS) process.off(event, receive);
      return isReceived;
    },
  };
}
