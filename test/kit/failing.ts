// Fault injection by wrapping a real adapter: some calls of one method fail.

/** The port; while `fails` returns true, calls of `method` reject with this error before they have any effect. */
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

/** Returns true the first `n` times. */
export function times(n: number): () => boolean {
  return () => n-- > 0;
}
