/** Opens at the first call; `opened` is set after that. */
export function once<T>(open: () => T): (() => T) & { opened?: T } {
  const get: (() => T) & { opened?: T } = () => (get.opened ??= open());
  return get;
}
