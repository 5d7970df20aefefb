// Two lists of one order, read together.

/** The entries of both lists by position. Throws an Error if one is longer: they are then not about the same things. */
export function paired<One, Other>(one: readonly One[], other: readonly Other[]): [One, Other][] {
  if (one.length !== other.length) throw new Error(`lists of ${one.length} and ${other.length} entries do not match`);
  return one.map((each, i) => [each, other[i] as Other]); // `other` is as long, so there is one for each
}
