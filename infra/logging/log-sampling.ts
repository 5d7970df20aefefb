// Samples repeated log lines: writes the first of a second, then every 50th, and counts the rest.
import { SECOND } from '../../schema/terms/durations.ts';

/** Lines are the same if they have the same kind. */
export interface Kind {
  service: string;
  level: string;
  message: string;
}

export interface Sampling {
  /** Whether to write this line, at an instant in ms. */
  admits(kind: Kind, at: number): boolean;
  /** Ends the second, and reports the lines that were left out of it. */
  turn(): void;
}

const AT_ONCE = 20; // equal lines a second that are all written; more than that are one event
const EVERY = 50; // of the further lines one in this many is written
const MOST_KINDS = 1000; // messages are constants, so there are few kinds; this limits a mistake

/**
 * `tell` is called for each kind with the number of lines left out; `begun` when there will be lines to report at the
 * end of the second.
 */
export function openSampling(tell: (kind: Kind, leftOut: number) => void, begun: () => void): Sampling {
  const seen = new Map<string, { kind: Kind; lines: number; leftOut: number }>();
  let since = -Infinity;

  function turn(): void {
    const over = [...seen.values()];
    seen.clear();
    for (const { kind, leftOut } of over) if (leftOut) tell(kind, leftOut);
  }

  return {
    turn,
    admits(kind, at) {
      if (at - since >= SECOND) {
        turn();
        since = at;
      }
      const name = JSON.stringify([kind.service, kind.level, kind.message]);
      const one = seen.get(seen.size < MOST_KINDS ? name : '') ?? { kind, lines: 0, leftOut: 0 };
      seen.set(seen.size < MOST_KINDS ? name : '', one);
      one.lines++;
      if (one.lines <= AT_ONCE || one.lines % EVERY === 0) return true;
      if (one.leftOut++ === 0) begun();
      return false;
    },
  };
}
