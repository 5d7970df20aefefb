// The command-line options of the import.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Destination } from './file-through-gateway.ts';

/** The usage line of the command. */
export const USAGE =
  'Usage: npm run import -- FILE.csv [--shift-weeks N] [--loose-amounts] [--refused FILE.csv] ' +
  '[--strict | --to URL [--token TOKEN | --token-file FILE]]';

export interface ImportOptions {
  file: string;
  strict: boolean;
  shiftWeeks: number;
  looseAmounts: boolean;
  /** The file for all refused rows; null for none. */
  refused: string | null;
  /** The running system to import through; null for the database itself. */
  to: Destination | null;
}

const MOST_WEEKS = 5000; // about a century

/** The options in these arguments. Throws an Error with a sentence about the fault, which never contains the token. */
export function optionsOf(args: readonly string[], env: Readonly<Record<string, string | undefined>>): ImportOptions {
  // parseArgs reads a value that starts with a dash as an option, unless `=` joins it to its own
  const joined = args.join('\0').replace(/--shift-weeks\0(?!--)/g, '--shift-weeks=');
  const { values, positionals } = parseArgs({
    args: joined ? joined.split('\0') : [],
    options: {
      strict: { type: 'boolean', default: false },
      'loose-amounts': { type: 'boolean', default: false },
      refused: { type: 'string' },
      'shift-weeks': { type: 'string', default: '0' },
      to: { type: 'string' },
      token: { type: 'string' },
      'token-file': { type: 'string' },
    },
    allowPositionals: true,
  });
  const weeks = values['shift-weeks'];
  const [file, ...others] = positionals;
  if (file === undefined || others.length) throw new Error(`${positionals.length || 'no'} files were given; give one`);
  if (!/^-?\d{1,4}$/.test(weeks) || Math.abs(Number(weeks)) > MOST_WEEKS) {
    throw new Error(`--shift-weeks cannot be ${weeks}; give a whole number from -${MOST_WEEKS} to ${MOST_WEEKS}`);
  }
  if (values.to === undefined && (values.token ?? values['token-file']) !== undefined) {
    throw new Error('a token is for a running system; give its address with --to');
  }
  if (values.to !== undefined && values.strict) {
    throw new Error(
      '--strict takes all rows or none, which a running system cannot promise: it files them batch by batch. ' +
        'Leave --strict out, or import into the database while nothing runs on it',
    );
  }
  const to = values.to === undefined ? null : { url: urlOf(values.to), token: tokenOf(values, env) };
  return {
    file: given(file, env),
    strict: values.strict,
    shiftWeeks: Number(weeks),
    looseAmounts: values['loose-amounts'],
    refused: values.refused === undefined ? null : given(values.refused, env),
    to,
  };
}

/**
 * A path relative to the caller's folder: npm runs the command in the package's root and sets INIT_CWD to that folder.
 */
const given = (file: string, env: Readonly<Record<string, string | undefined>>): string => {
  const from = env['INIT_CWD'];
  return from === undefined ? file : resolve(from, file);
};

/** The GraphQL endpoint of a system: /graphql, unless the address names another path. */
function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new Error('--to needs an address as https://fares.example.com, without a user or password in it');
  }
  if (url.pathname === '/') url.pathname = '/graphql';
  return url;
}

/**
 * The token from --token, --token-file or FARELOOM_TOKEN, in this order. All users of the machine can see an argument.
 */
function tokenOf(
  values: { token?: string | undefined; 'token-file'?: string | undefined },
  env: Readonly<Record<string, string | undefined>>,
): string {
  const file = values['token-file'];
  const token = (values.token ?? (file === undefined ? env['FARELOOM_TOKEN'] : contentOf(given(file, env))))?.trim();
  if (!token) throw new Error('--to needs a token; give it with --token, --token-file or in FARELOOM_TOKEN');
  // fetch would print a token that is not a valid header value in its error
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error('the token contains spaces or other characters that no token has');
  return token;
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`there is no token to read in ${file}`);
  }
}
