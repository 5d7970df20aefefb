// A log that collects warnings and errors for a test.
import type { Log } from '../../infra/logging/log.ts';

/** A log that stores warnings and errors. */
export function warnings(lines: [string, Record<string, unknown>][]): Log {
  const keep = (text: string, fields: Record<string, unknown> = {}) => void lines.push([text, fields]);
  const log: Log = { debug() {}, info() {}, warn: keep, error: keep, child: () => log };
  return log;
}
