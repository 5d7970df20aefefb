// Lists with at least one entry, such as the flights of an offer or the events of a batch.

export type NonEmpty<T> = readonly [T, ...T[]];

/** Map.groupBy, whose type does not say that a group has at least the entry that made it. */
export const grouped = <T, Key>(list: Iterable<T>, keyOf: (entry: T) => Key): Map<Key, NonEmpty<T>> =>
  Map.groupBy(list, keyOf) as Map<Key, [T, ...T[]]>;

export const lastOf = <T>(list: NonEmpty<T>): T => list.at(-1) ?? list[0];

export const isNonEmpty = <T>(list: readonly T[]): list is NonEmpty<T> => list.length > 0;
