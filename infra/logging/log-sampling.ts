// What is written of a flood: the first lines of a second, of the rest every so many, and how many were left out.

/** What makes two lines the same. */
export interface Kind {
  service: string;
  level: string;
  message: string;
}

export interface Sampling {
  /** Whether this line is written, at an instant in ms. */
  admits(kind: Kind, at: number): boolean;
  /** Ends the second, and tells what was left out of it. */
  turn(): void;
}

const SECOND = 1000; // ms
const AT_ONCE = 20; // of the same line a second; what happens more often is one thing that happens
const EVERY = 50; // one of so many is written after that
const MOST_KINDS = 1000; // messages are ours, and few: this is for one that should not be

/** `tell` hears of each kind of line how many were left out; `begun` that there is something to tell when the second ends. */
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
