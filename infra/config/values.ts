// The formats of settings: each parses the text of a variable, or says what is wrong and what is allowed.
import { z } from 'zod';

/** The issue for a variable that holds no secret: its value, and the values that it may have. */
export function cannotBe(given: unknown, allowed: string): string {
  return `it cannot be ${String(JSON.stringify(given)).slice(0, 80)}; give ${allowed}`;
}

/** One of some words. */
export function oneOf<const Words extends readonly [string, string, ...string[]]>(...words: Words) {
  const allowed = words.join(', ').replace(/, (?=[^,]*$)/, ' or ');
  return z.enum(words, { error: ({ input }) => cannotBe(input, allowed) });
}

/** A whole number within two limits. */
export function whole(least: number, most: number) {
  return z.string().transform((text, context) => {
    const value = Number(text);
    if (/^-?\d{1,15}$/.test(text) && value >= least && value <= most) return value;
    context.addIssue(cannotBe(text, `a whole number from ${least} to ${most}`));
    return z.NEVER;
  });
}

/** A number from 0 to 1. */
export function ratio() {
  return z.string().transform((text, context) => {
    const value = Number(text);
    if (/^\d(\.\d{1,9})?$/.test(text) && value <= 1) return value;
    context.addIssue(cannotBe(text, 'a number from 0 to 1, as 0.05'));
    return z.NEVER;
  });
}

/** The http address of something. */
export function httpAddress(of: string) {
  return z.url({ protocol: /^https?$/, error: `give the http address of ${of}` });
}

const SHORTEST_KEY_TEXT = 16; // characters

/** A key that is sent as it is given. */
export function keyText() {
  return z.string().min(SHORTEST_KEY_TEXT, `give at least ${SHORTEST_KEY_TEXT} characters`);
}

/** Each NAME=VALUE, with an issue for every repeated name: otherwise the last would win silently. */
export function pairs(texts: readonly string[], context: z.RefinementCtx): [name: string, value: string][] {
  const all = texts.map((pair): [string, string] => {
    const [name = '', ...value] = pair.split('=');
    return [name.trim(), value.join('=').trim()];
  });
  const repeated = new Set(all.map(([name]) => name).filter((name, i, names) => names.indexOf(name) < i));
  for (const name of repeated) context.addIssue(`${name} is given more than once; give it once`);
  return all;
}
