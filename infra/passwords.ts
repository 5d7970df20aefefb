// Passwords: argon2id by node's own crypto, a few at a time, and as long for nobody as for somebody.
import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { fault } from '../schema/errors.ts';

// OWASP's password storage cheat sheet: argon2id with 19 MiB, two passes, one lane
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const AT_ONCE = 2; // half of node's worker threads: files and name look-ups need the others
const MOST_WAITING = 100; // a few seconds' worth; who comes then is told to come again

export interface Passwords {
  /** A password as it may be stored: with its salt and its cost, in the usual $argon2id$ form. */
  hash(password: string): Promise<string>;
  /** Whether it is the password that was stored. With null, for an account that is not there, it takes as long and is false. */
  verify(password: string, stored: string | null): Promise<boolean>;
}

const derive = promisify(argon2);
const nobody = format(randomBytes(16), randomBytes(32)); // a hash that no password has

/** Hashing with bounded concurrency. Throws RATE_LIMITED when too many wait. */
export function openPasswords(): Passwords {
  const turns = new Turns(AT_ONCE, MOST_WAITING);
  const tag = (password: string, parameters: Omit<Argon2Parameters, 'message'>): Promise<Buffer> =>
    turns.take(() => derive('argon2id', { message: Buffer.from(password.normalize('NFKC')), ...parameters }));
  return {
    async hash(password) {
      const nonce = randomBytes(16);
      return format(nonce, await tag(password, { ...COST, nonce }));
    },
    async verify(password, stored) {
      const { expected, ...parameters } = parse(stored ?? nobody);
      const given = await tag(password, parameters);
      return timingSafeEqual(given, expected) && stored !== null;
    },
  };
}

function format(nonce: Buffer, hash: Buffer): string {
  const text = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${text(nonce)}$${text(hash)}`;
}

/** The parameters that a stored password was hashed with: they outlive a change of COST. */
function parse(stored: string) {
  const [, memory, passes, parallelism, nonce, hash] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored) ?? [];
  if (!nonce || !hash) throw new Error('a stored password is not in the argon2id form');
  const expected = Buffer.from(hash, 'base64');
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(nonce, 'base64'),
    tagLength: expected.length,
    expected,
  };
}

/** Lets so many work at once, and so many wait. */
class Turns {
  #free: number;
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number, mostWaiting: number) {
    this.#free = atOnce;
    this.#most = mostWaiting;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else if (this.#waiting.length >= this.#most) throw fault('RATE_LIMITED', 'Too many sign in just now; try again.');
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
