// The log: winston, one JSON object a line, or readable lines on a terminal.
import { createLogger, format, transports } from 'winston';
import { whereabouts } from './trace.ts';

/** What a part of the system may write. `fields` are data, not text: names, counts, ids, an `error`. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
  /** The same log with these fields on every line. */
  child(fields: Record<string, unknown>): Log;
}

/** An Error in `error` as text: winston itself would write `{}`. */
const errorText = format((info) => {
  const { error } = info;
  if (error instanceof Error) info['error'] = error.stack ?? error.message;
  return info;
});

/** The trace and the order that are worked on, unless the line says so itself. */
const placed = format((info) => Object.assign(info, { ...whereabouts(), ...info }));

const readable = format.printf((line) => {
  const {
    level,
    message,
    service,
    error,
    timestamp: _,
    ...fields
  } = line as Record<string, unknown> & { error?: string };
  const data = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  const who = typeof service === 'string' ? service.padEnd(18) : '';
  const what = level === 'info' ? message : `${String(level)}: ${String(message)}`;
  return `${who}${String(what)}${data.join('')}${error ? `\n${error}` : ''}`;
});

/** A log on standard output; on standard error where `to` says so. */
export function openLog({
  level,
  json,
  to = 'stdout',
}: {
  level: string;
  json: boolean;
  to?: 'stdout' | 'stderr';
}): Log {
  return createLogger({
    level,
    format: format.combine(placed(), errorText(), format.timestamp(), json ? format.json() : readable),
    transports: [new transports.Console(to === 'stderr' ? { stderrLevels: ['debug', 'info', 'warn', 'error'] } : {})],
  });
}
