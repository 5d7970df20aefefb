// The one place where a value that must be there is taken as there.

/**
 * The value. Only for a value that the database or a protocol guarantees and its type cannot say; `broken` is the
 * sentence of the Error thrown when the guarantee does not hold, which is a fault of ours and never of the caller.
 * Where a type or one look-up can say it, they do.
 */
export function present<T>(value: T, broken: string): NonNullable<T> {
  if (value === null || value === undefined) throw new Error(broken);
  return value;
}
