// What depends on an object alone, computed once while the object lives.

/** Remembers the results by their objects, such as documents that a cache keeps. */
export function oncePer<K extends object, V>(compute: (object: K) => V): (object: K) => V {
  const known = new WeakMap<K, { value: V }>();
  return (object) => {
    const before = known.get(object);
    if (before) return before.value;
    const value = compute(object);
    known.set(object, { value });
    return value;
  };
}
