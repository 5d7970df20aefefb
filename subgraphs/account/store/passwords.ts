// Passwords: argon2id by node's own crypto, a few at a time, and as long for nobody as for somebody.
import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { fault } from '../../../schema/errors.ts';

// OWASP's password storage cheat sheet: argon2id with 19 MiB, two passes, one lane
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const AT_ONCE = 2; // half of node's worker threads: files and name look-ups need the others
const MOST_WAITING = 100; // more would only hold memory: they would wait too long anyway

export interface Passwords {
  /** A password as it may be stored: with its salt and its cost, in the usual $argon2id$ form. */
  hash(password: string): Promise<string>;
  /** Whether it is the password that was stored. With null, for an account that is not there, it takes as long and is false. */
  verify(password: string, stored: string | null): Promise<boolean>;
}

const derive = promisify(argon2);
const nobody = format(randomBytes(16), randomBytes(32)); // a hash that no password has

/**
 * Hashing with bounded concurrency. Rejects with RATE_LIMITED who would begin later than `waitAtMost` ms from now, or
 * when too many wait: whoever asked would be gone before the work is done.
 */
export function openPasswords({ waitAtMost }: { waitAtMost: number }): Passwords {
  const turns = new Turns(AT_ONCE, MOST_WAITING, waitAtMost);
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

/** Lets so many work at once, and so many wait for so long. */
class Turns {
  #free: number;
  readonly #most: number;
  readonly #atMost: number;
  readonly #waiting = new Set<() => void>(); // in the order in which they came

  constructor(atOnce: number, mostWaiting: number, waitAtMost: number) {
    this.#free = atOnce;
    this.#most = mostWaiting;
    this.#atMost = waitAtMost;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    await this.#turn();
    try {
      return await work();
    } finally {
      const [next] = this.#waiting;
      if (next) next();
      else this.#free++;
    }
  }

  async #turn(): Promise<void> {
    if (this.#free > 0) return void this.#free--;
    if (this.#waiting.size >= this.#most) throw this.#tooMany();
    const waiting = this.#waiting;
    await new Promise<void>((resolve, reject) => {
      const begin = () => {
        waiting.delete(begin);
        clearTimeout(late);
        resolve();
      };
      const late = setTimeout(() => {
        waiting.delete(begin);
        reject(this.#tooMany());
      }, this.#atMost);
      waiting.add(begin);
    });
  }

  #tooMany() {
    const retryAfter = Math.ceil(this.#atMost / 1000);
    return fault('RATE_LIMITED', 'Too many sign in just now; try again.', { retryAfter });
  }
}
