// The settings kit: each part of the system declares its variables; they are read once, and all faults are reported
// together.
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { nearestName } from './nearest-name.ts';
import { masked } from './server-url.ts';

/** An environment variable. */
export interface Setting<Value> {
  /** Parses its text; an issue says what is wrong and what is allowed. */
  schema: z.ZodType<Value, string | undefined>;
  /** What it does, as Markdown for the table of settings in infra/README.md. */
  does: string;
  /** What applies while it is not set, as Markdown. */
  unset: string;
  /**
   * Whether it may hold a secret: then NAME_FILE may name a file that contains it. A secret in a `url` is masked where it
   * is shown; any other is hidden.
   */
  secret?: 'url' | 'keys' | 'hidden';
}

/** The variables of one part, by name. */
export type SettingsShape = Readonly<Record<string, Setting<unknown>>>;

/** The values of the variables. Durations are milliseconds. */
export type SettingsOf<Shape extends SettingsShape> = {
  readonly [Name in keyof Shape]: Shape[Name] extends Setting<infer Value> ? Value : never;
};

/** The texts of the variables that are set. */
export type GivenSettings = Readonly<Record<string, string | undefined>>;

/**
 * The settings in these environment variables, frozen. `between` finds the faults of variables that depend on each
 * other. Throws an Error that lists every fault, one a line.
 */
export function readSettings<Shape extends SettingsShape>(
  shape: Shape,
  env: GivenSettings,
  between: (given: GivenSettings) => string[] = () => [],
): SettingsOf<Shape> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const faults = misspelt(Object.keys(given), shape);
  for (const [name, { secret }] of Object.entries(shape)) {
    const file = given[`${name}_FILE`];
    if (!secret || file === undefined) continue;
    if (given[name] !== undefined) faults.push(`- ${name}: give it or ${name}_FILE, not both`);
    const content = contentOf(file);
    if (content === undefined) faults.push(`- ${name}_FILE: ${file} cannot be read`);
    else given[name] ??= content;
  }
  const values: Record<string, unknown> = {};
  for (const [name, { schema }] of Object.entries(shape)) {
    const parsed = schema.safeParse(given[name]);
    values[name] = parsed.data;
    faults.push(...(parsed.error?.issues ?? []).map(({ message }) => `- ${name}: ${message}`));
  }
  faults.push(...between(given));
  if (faults.length)
    throw new Error(`The configuration has ${faults.length === 1 ? 'a fault' : 'faults'}:\n${faults.join('\n')}`);
  return Object.freeze(values) as SettingsOf<Shape>;
}

/**
 * Finds misspelt names: such a variable would leave its part at its default, for example an embedded database in place
 * of the server. If the variable that it resembles is set as well, the name is taken to belong to another program.
 */
function misspelt(names: readonly string[], shape: SettingsShape): string[] {
  const known = Object.entries(shape).flatMap(([name, { secret }]) => (secret ? [name, `${name}_FILE`] : [name]));
  const missing = known.filter((name) => !names.includes(name));
  return names.flatMap((name) => {
    const meant = known.includes(name) ? undefined : nearestName(name, missing);
    if (meant === undefined) return [];
    return `- ${name}: there is no such variable; did you mean ${meant}? If ${name} belongs to another program, set ${meant} as well`;
  });
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** The effective settings, one `NAME=value` a line, with secrets masked. */
export const describeSettings = <Shape extends SettingsShape>(shape: Shape, values: SettingsOf<Shape>): string[] =>
  Object.entries(shape).map(([name, { secret }]) => {
    const value: unknown = values[name];
    return `${name}=${value !== undefined && secret === 'hidden' ? '(secret)' : shown(value)}`;
  });

function shown(value: unknown): string {
  if (value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((each: string | { id: string }) => shownOne(each)).join(',');
  return typeof value === 'object' && value !== null ? byName(value) : masked(`${value as string | number}`);
}

const shownOne = (each: string | { id: string }): string =>
  typeof each === 'string' ? masked(each) : `(key ${each.id})`;

/** In the format of the variable: ECONOMY=150,BUSINESS=16 or money=300:60. */
const byName = (values: object): string =>
  Object.entries(values)
    .map(
      ([name, value]) =>
        `${name}=${typeof value === 'object' ? Object.values(value as object).join(':') : String(value)}`,
    )
    .join(',');
