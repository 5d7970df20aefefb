// Opened at the first call.

/** Opens at the first call, and tells whether there was one. */
export function once<T>(open: () => T): (() => T) & { opened?: T } {
  const get: (() => T) & { opened?: T } = () => (get.opened ??= open());
  return get;
}
