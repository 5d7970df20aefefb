// How an answer can be wrong.
import type { Path } from './executor.ts';

/** A way in which an answer is wrong. */
export interface Difference {
  kind: 'other data' | 'other order of keys' | 'null without an error' | 'error without a null' | 'needless loss';
  at: string;
  /** Of other data: the values there. */
  expected?: unknown;
  given?: unknown;
}

/** Whether one path leads to the other, or is the same. */
export const isRelated = (one: Path, other: Path): boolean =>
  one.every((step, i) => i >= other.length || step === other[i]);
