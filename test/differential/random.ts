// Seeded choices: equal seeds give equal choices on every machine.

/** A seeded source of choices. */
export interface Random {
  /** A whole number from 0 up to, but not including, `limit`. */
  below(limit: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of the items. Throws if there is none. */
  one<T>(items: readonly T[]): T;
  /** Between `least` and `most` different items in a random order; fewer if there are fewer. */
  some<T>(items: readonly T[], least: number, most: number): T[];
  /** An independent source: what one part draws does not change what another part gets. */
  fork(label: string): Random;
}

export function seeded(seed: string): Random {
  let state = hashOf(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0; // mulberry32
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const one = <T>(items: readonly T[]): T => {
    if (!items.length) throw new Error('nothing to choose from');
    return items[below(items.length)] as T;
  };
  return {
    below,
    chance: (probability) => next() < probability,
    one,
    some(items, least, most) {
      const left = [...items];
      const count = Math.min(least + below(most - least + 1), left.length);
      return Array.from({ length: count }, () => left.splice(below(left.length), 1)).flat();
    },
    fork: (label) => seeded(`${seed}/${label}`),
  };
}

/** A number of 32 bits that depends on every character (FNV-1a). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** JSON with sorted keys: equal values have equal texts. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );

/** The value of a key that must be there. Throws an Error that names the key. */
export function known<T>(values: Readonly<Record<string, T>> | ReadonlyMap<string, T>, key: string): T {
  const value = values instanceof Map ? (values.get(key) as T | undefined) : (values as Record<string, T>)[key];
  if (value === undefined) throw new Error(`${key} is unknown`);
  return value;
}
