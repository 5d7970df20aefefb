// Back-off: the pauses between the attempts of work that fails, in milliseconds. `earlier` pauses have passed already.

/** A pause that doubles with each failure, up to the longest. */
export const doubledPause = (first: number, earlier: number, longest = Infinity): number =>
  Math.min(first * 2 ** earlier, longest);

/** A pause from a list, whose last one repeats. */
export const listedPause = (pauses: readonly number[], earlier: number): number =>
  pauses[Math.min(earlier, pauses.length - 1)]!;
