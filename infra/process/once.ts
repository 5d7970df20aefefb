// Parts that open at their first use.

/** Opens at the first call; `opened` is set after that. */
export function once<T>(open: () => T): (() => T) & { opened?: T } {
  const get: (() => T) & { opened?: T } = () => (get.opened ??= open());
  return get;
}

interface Closing {
  close(): Promise<void>;
}

/** A part that opens at the first call. */
export type Opened<T> = (() => Promise<T>) & Closing;

/**
 * Opens a part at the first call; while that fails, each call tries again. The stack closes it if it has opened, or is
 * opening by then. Once closed, it opens no more: a first call rejects, as nothing would close the part.
 */
export function openOnce<T extends object | null>(closing: AsyncDisposableStack, open: () => Promise<T>): Opened<T> {
  let opening: Promise<T> | undefined;
  let isClosed = false;
  async function first(): Promise<T> {
    if (isClosed) throw new Error('A part was first used after it had been closed.');
    return open();
  }
  const get = () =>
    (opening ??= first().catch((error: unknown) => {
      opening = undefined;
      throw error;
    }));
  async function close(): Promise<void> {
    isClosed = true;
    const opened: Partial<Closing> | null | undefined = await opening?.catch(() => null);
    await opened?.close?.();
  }
  closing.defer(close);
  return Object.assign(get, { close });
}

type Call = (...args: unknown[]) => Promise<unknown>;

/**
 * These calls of a port, whose adapter opens at the first one: so only a process that uses an adapter loads its driver.
 */
export const atFirstCall = <Port extends object, const Name extends keyof Port & string>(
  opened: Opened<Port>,
  ...names: readonly Name[]
): Pick<Port, Name> & Closing => {
  const calls = names.map((name): [string, Call] => [
    name,
    async (...args) => {
      const port = await opened();
      return (port[name] as Call)(...args);
    },
  ]);
  return { ...(Object.fromEntries(calls) as Pick<Port, Name>), close: opened.close };
};
