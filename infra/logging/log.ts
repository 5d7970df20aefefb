// The log: winston, as one JSON object a line, or as readable lines on a terminal.
import { styleText } from 'node:util';
import { createLogger, format, type Logger, transports } from 'winston';
import { safeFields, safeText } from './log-redaction.ts';
import { openSampling } from './log-sampling.ts';
import { printable } from './printable.ts';
import { whereabouts } from '../tracing/trace.ts';

/** The log of a part of the system. `fields` are data, not text: names, counts, ids, an `error`. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
  /** The same log with these fields on every line. */
  child(fields: Record<string, unknown>): Log;
}

export interface LogOptions {
  level: string;
  json: boolean;
  to?: 'stdout' | 'stderr';
  /** The service of lines that name none: by default this process. */
  service?: string;
}

/** A line in winston's shape: its own properties, and the fields. */
interface Line extends Record<string, unknown> {
  level: string;
  message: string;
  service?: unknown;
}

/** The width of the service column in readable lines: the longest name and a gap. */
export const NAME_WIDTH = 20;

const WINDOW = 1000; // ms; the lines left out of a second are reported after it
const SUMMARY = Symbol('a line about lines');

/**
 * A log on standard output, or standard error. Lines below `level` cost nothing. Written lines have no secrets and a
 * bounded size, and repeated ones are sampled.
 */
export function openLog({ level, json, to = 'stdout', service = 'fareloom' }: LogOptions): Log {
  const stream = process[to];
  const sampling = openSampling(
    ({ message: of, ...kind }, leftOut) =>
      void logger.write({ ...kind, message: 'lines like this were left out', of, leftOut, [SUMMARY]: true }),
    () => setTimeout(() => sampling.turn(), WINDOW).unref(),
  );
  const wanted = format((info) => {
    const line = info as Line;
    line.service ??= service;
    if (!isWanted(logger, line.level)) return false;
    const kind = { service: String(line.service), level: line.level, message: line.message };
    return SUMMARY in line || sampling.admits(kind, performance.now()) ? info : false;
  });
  const written = format.printf((info) =>
    json ? inJson(info as Line) : readable(info as Line, service, (style, text) => paint(style, text, stream)),
  );
  const logger: Logger = createLogger({
    level,
    format: format.combine(wanted(), placed(), written),
    transports: [new transports.Console(to === 'stderr' ? { stderrLevels: ['debug', 'info', 'warn', 'error'] } : {})],
  });
  return logger;
}

/** Adds the current trace and order, unless the line has its own. */
const placed = format((info) => Object.assign(info, { ...whereabouts(), ...info }));

/** Compares winston's levels; an unknown level writes nothing. */
const isWanted = ({ levels, level }: Logger, of: string): boolean => (levels[level] ?? -1) >= (levels[of] ?? Infinity);

type Style = 'yellow' | 'red' | 'cyan' | 'dim';

/** Coloured if the stream is a terminal that supports it; NO_COLOR and FORCE_COLOR apply. */
const paint = (style: Style, text: string, stream: NodeJS.WriteStream): string =>
  styleText(style, text, { stream, validateStream: true });

function inJson({ level, message, service, ...rest }: Line): string {
  const { traceId, ...fields } = safeFields(rest);
  const orderId = fields['orderId'] ?? orderIn(fields);
  const time = new Date().toISOString();
  const first = { time, level, service, traceId, orderId, message: safeText(message) };
  return printable(JSON.stringify({ ...first, ...fields, time }));
}

/** The order of a line, in a field of any name. */
const orderIn = (fields: object): unknown =>
  Object.values(fields).find((value) => typeof value === 'string' && /^ord_\w+$/.test(value));

/** The service first, unless it is the process itself; then the message, the fields, and the error. */
function readable(
  { level, message, service, ...rest }: Line,
  process: string,
  paint: (style: Style, text: string) => string,
): string {
  const { error, ...fields } = safeFields(rest);
  const data = Object.entries(fields).map(([name, value]) => ` ${name}=${printable(String(JSON.stringify(value)))}`);
  const who = service === process ? '' : paint('cyan', String(service).padEnd(NAME_WIDTH));
  const words = printable(`${level === 'info' ? '' : `${level}: `}${safeText(message)}`);
  const what = level === 'warn' ? paint('yellow', words) : level === 'error' ? paint('red', words) : words;
  const line = `${who}${what}${data.length ? paint('dim', data.join('')) : ''}`;
  return error === undefined ? line : `${line}\n${printable(textOf(error))}`;
}

/** An error as Node prints it, followed by its causes. */
function textOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { name, message, stack, cause, ...own } = error as Record<string, unknown>;
  const known = Object.keys(own).length ? ` ${JSON.stringify(own)}` : '';
  const because = cause === undefined ? '' : `\n  because: ${textOf(cause)}`;
  return `${String(name)}: ${String(message)}${known}\n${String(stack)}${because}`;
}
