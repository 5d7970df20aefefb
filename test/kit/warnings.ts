// A log that tells a test what asks for attention.
import type { Log } from '../../infra/logging/log.ts';

/** A log that keeps what asks for attention. */
export function warnings(lines: [string, Record<string, unknown>][]): Log {
  const keep = (text: string, fields: Record<string, unknown> = {}) => void lines.push([text, fields]);
  const log: Log = { debug() {}, info() {}, warn: keep, error: keep, child: () => log };
  return log;
}
