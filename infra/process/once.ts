// Parts that open at their first use.

/** Opens at the first call; `opened` is set after that. */
export function once<T>(open: () => T): (() => T) & { opened?: T } {
  const get: (() => T) & { opened?: T } = () => (get.opened ??= open());
  return get;
}

type Call = (...args: unknown[]) => Promise<unknown>;

interface Closing {
  close(): Promise<void>;
}

/**
 * These calls of a port, whose adapter opens at the first one: so only a process that uses an adapter loads its driver.
 * While opening fails, each call tries again. `close` closes an adapter that has opened or is opening.
 */
export function atFirstCall<Port extends object, const Name extends keyof Port & string>(
  open: () => Promise<Port>,
  ...names: readonly Name[]
): Pick<Port, Name> & Closing {
  let opening: Promise<Port> | undefined;
  const opened = () =>
    (opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    }));
  const calls = names.map((name): [string, Call] => [
    name,
    async (...args) => {
      const port = await opened();
      return (port[name] as Call)(...args);
    },
  ]);
  return {
    ...(Object.fromEntries(calls) as Pick<Port, Name>),
    async close() {
      const port: Partial<Closing> | undefined = await opening?.catch(() => undefined);
      await port?.close?.();
    },
  };
}
