// Measures a value in a document or a variable, at any depth of nesting.

/** The items of a list or the values of an object; false or undefined for any other value. */
type PartsOf<V> = (value: V) => { isList: boolean; parts: readonly V[] } | false | undefined;

export interface ValueSize {
  /** The value itself and all values in it. */
  values: number;
  /** Items of the largest list. */
  listItems: number;
  /** Levels of nested lists and objects. */
  nesting: number;
}

/** Measures a value without recursion: ten thousand levels of nesting need no stack. */
export function measureValue<V>(value: V, partsOf: PartsOf<V>): ValueSize {
  const size: ValueSize = { values: 0, listItems: 0, nesting: 0 };
  let level: V[] = [value];
  while (level.length) {
    size.values += level.length;
    const inner: V[] = [];
    let holds = false;
    for (const each of level) {
      const held = partsOf(each);
      if (!held) continue;
      holds = true;
      if (held.isList) size.listItems = Math.max(size.listItems, held.parts.length);
      for (const part of held.parts) inner.push(part);
    }
    if (holds) size.nesting++;
    level = inner;
  }
  return size;
}

/** The parts of a JSON value. */
export function partsOfJson(value: unknown): ReturnType<PartsOf<unknown>> {
  if (Array.isArray(value)) return { isList: true, parts: value };
  return typeof value === 'object' && value !== null && { isList: false, parts: Object.values(value) };
}
