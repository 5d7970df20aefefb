// Faults by wrapping what is shipped: the real adapter, but some calls of one method fail.

/** The port, but while `fails` says so a call of `method` is refused, with this error, before it has any effect. */
export function failing<Port extends object>(
  port: Port,
  method: keyof Port & string,
  fails: () => boolean,
  error: () => Error = () => new Error(`${method} failed, as the test wants it`),
): Port {
  const real = port[method] as (...args: unknown[]) => Promise<unknown>;
  const wrapped = async (...args: unknown[]) => {
    if (fails()) throw error();
    return real.apply(port, args);
  };
  return { ...port, [method]: wrapped };
}

/** True the first `n` times. */
export function times(n: number): () => boolean {
  return () => n-- > 0;
}
