// Makes log fields safe: masks secrets by their key and by their format, converts errors to data, and limits the size
// of everything.

const SECRET_KEY =
  /\b(passwords?|passphrase|passwd|pwd|tokens?|authorization|cookies?|secrets?|cards?|cvc|cvv|emails?|phone|(api|private|signing|internal) ?keys?|credentials?|birth ?date|document ?number)\b/;
const SECRET_LOOKS: readonly [RegExp, string][] = [
  [/(?<![\w-])eyJ[\w-]{8,}(\.[\w-]*){0,2}/g, '(token)'], // the beginning of a JSON Web Token
  [/\b(bearer|basic) +[\w.~+/=-]{8,}/gi, '$1 (secret)'],
  [/(?<![\w+.-])([a-z][a-z\d+.-]*:\/\/[^\s:@/]*):[^\s@/]*@/gi, '$1:***@'], // the password in a URL
  [/(?<![\w.+-]|:\/\/)[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+/g, '(email)'], // an email address, but not the user and host of a URL
];

const LONGEST_LINE = 10_000; // characters of JSON, beyond which nothing is added: collectors cut lines at 16 kB
const LONGEST_TEXT = 3000; // characters; a stack of ten frames takes half of them
const LONGEST_KEY = 100; // characters
const MOST_ENTRIES = 100; // of a list or an object
const DEEPEST = 8; // nested objects
const CUT = '…';

/**
 * Whether the value of this key must not be logged: true for `accessToken`, `set-cookie` and `CARD_NUMBER`, not for
 * `discarded`.
 */
export const isSecretKey = (key: string): boolean =>
  SECRET_KEY.test(
    key
      .slice(0, LONGEST_KEY)
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .replace(/[^a-z\d]+/gi, ' ')
      .toLowerCase(),
  );

/** The text with secrets masked, cut to the longest text that a line may hold. */
export function safeText(text: string): string {
  const short = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}${CUT}` : text;
  return SECRET_LOOKS.reduce((safe, [looks, shown]) => safe.replace(looks, shown), short);
}

/** The fields as plain data that may be logged in one line. Accepts any value, and never throws. */
export function safeFields(fields: object): Record<string, unknown> {
  const within = new Set<object>(); // the objects that contain the current value
  let left = LONGEST_LINE;

  function shown(value: unknown): unknown {
    if (typeof value === 'object' && value !== null) return part(value);
    const plain = plainOf(value);
    left -= JSON.stringify(plain).length;
    return plain;
  }

  function part(value: object): unknown {
    if (within.has(value)) return '(circular)';
    if (within.size === DEEPEST) return CUT;
    within.add(value);
    const { list, entries, text } = open(value);
    const result = text !== undefined ? shown(text) : list ? items(list) : members(entries);
    within.delete(value);
    return result;
  }

  function items(list: readonly unknown[]): unknown[] {
    const result: unknown[] = [];
    for (const item of list) {
      if (left <= 0 || result.length === MOST_ENTRIES) return [...result, CUT];
      result.push(shown(item));
    }
    return result;
  }

  function members(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
    const result: [string, unknown][] = [];
    for (const [name, value] of entries) {
      if (value === undefined) continue;
      if (left <= 0 || result.length === MOST_ENTRIES) {
        result.push([CUT, CUT]);
        break;
      }
      const key = name.slice(0, LONGEST_KEY);
      left -= key.length;
      result.push([key, isSecretKey(key) && value !== null ? '(secret)' : shown(value)]);
    }
    return Object.fromEntries(result);
  }

  return members(Object.entries(fields));
}

/** A value that is no object, in JSON's types. */
function plainOf(value: unknown): string | number | boolean | null {
  switch (typeof value) {
    case 'string':
      return safeText(value);
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
    case 'symbol':
      return value.toString().slice(0, LONGEST_KEY);
    case 'function':
      return '(function)';
    default:
      return null;
  }
}

interface Opened {
  text?: string;
  list?: readonly unknown[];
  entries: Iterable<readonly [string, unknown]>;
}

/** The content of an object, or a note that it cannot be read. */
function open(value: object): Opened {
  try {
    if (Array.isArray(value)) return { list: value, entries: [] };
    if (value instanceof Set) return { list: [...(value as Set<unknown>)], entries: [] };
    if (value instanceof Map) return { entries: [...value].map(([key, item]) => [String(key), item as unknown]) };
    if (value instanceof Error) return { entries: ofError(value) };
    if (value instanceof URL) return { text: value.href, entries: [] };
    if (value instanceof Date) return { text: isNaN(value.getTime()) ? 'no date' : value.toJSON(), entries: [] };
    if (ArrayBuffer.isView(value)) return { text: `(${value.byteLength} bytes)`, entries: [] };
    return { entries: Object.entries(value) };
  } catch {
    return { text: '(unreadable)', entries: [] };
  }
}

/** Properties in which drivers attach the failed request to an error: they hold sessions, emails and passwords. */
const ASKED = ['command', 'args', 'arguments', 'sql', 'parameters', 'query'];

/** The name of a command; nothing of a statement. */
const nameIn = (asked: unknown): unknown => {
  const { name } = Object(asked) as { name?: unknown };
  return typeof name === 'string' ? name : undefined;
};

/** An error's name, message, stack, further properties and causes. */
function ofError(error: Error): [string, unknown][] {
  const { name, message, stack = '', cause, ...own } = error as Error & Record<string, unknown>;
  for (const asked of ASKED) if (asked in own) own[asked] = nameIn(own[asked]);
  const frames = stack.slice(Math.max(0, stack.search(/^ {4}at /m)));
  const several = error instanceof AggregateError ? { errors: error.errors as unknown } : {};
  return Object.entries({ name, message, ...own, ...several, cause, stack: frames });
}
