// Password hashing: argon2id from node:crypto, with bounded concurrency, and equally slow for unknown accounts.
import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { fault } from '../../../schema/errors.ts';

// OWASP's password storage cheat sheet: argon2id with 19 MiB, two passes, one lane
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const AT_ONCE = 2; // half of node's worker threads: file access and DNS lookups need the others
const MOST_WAITING = 100; // more would only hold memory: they would time out anyway

export interface Passwords {
  /** Hashes a password, in the usual $argon2id$ form with its salt and cost. */
  hash(password: string): Promise<string>;
  /** Whether the password matches the stored hash. With null, for an unknown account, takes as long and is false. */
  verify(password: string, stored: string | null): Promise<boolean>;
}

const derive = promisify(argon2);
const unmatchable = format(randomBytes(16), randomBytes(32)); // a hash that no password matches

/**
 * Hashing with bounded concurrency. Rejects with RATE_LIMITED if the work cannot start within `waitAtMost` ms or too many
 * calls wait: the caller would have given up before the work is done.
 */
export function openPasswords({ waitAtMost }: { waitAtMost: number }): Passwords {
  const bulkhead = new Bulkhead(AT_ONCE, MOST_WAITING, waitAtMost);
  const tag = (password: string, parameters: Omit<Argon2Parameters, 'message'>): Promise<Buffer> =>
    bulkhead.run(() => derive('argon2id', { message: Buffer.from(password.normalize('NFKC')), ...parameters }));
  return {
    async hash(password) {
      const nonce = randomBytes(16);
      return format(nonce, await tag(password, { ...COST, nonce }));
    },
    async verify(password, stored) {
      const { expected, ...parameters } = parse(stored ?? unmatchable);
      const given = await tag(password, parameters);
      return timingSafeEqual(given, expected) && stored !== null;
    },
  };
}

function format(nonce: Buffer, hash: Buffer): string {
  const text = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${text(nonce)}$${text(hash)}`;
}

/** The parameters that a stored password was hashed with, which may differ from the current COST. */
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

/** Runs at most `atOnce` tasks; up to `mostWaiting` more wait, each for at most `waitAtMost` ms. */
class Bulkhead {
  #free: number;
  readonly #most: number;
  readonly #atMost: number;
  readonly #waiting = new Set<() => void>(); // first in, first out

  constructor(atOnce: number, mostWaiting: number, waitAtMost: number) {
    this.#free = atOnce;
    this.#most = mostWaiting;
    this.#atMost = waitAtMost;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      const [next] = this.#waiting;
      if (next) next();
      else this.#free++;
    }
  }

  async #enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    if (this.#waiting.size >= this.#most) throw this.#tooMany();
    const waiting = this.#waiting;
    await new Promise<void>((resolve, reject) => {
      const start = () => {
        waiting.delete(start);
        clearTimeout(late);
        resolve();
      };
      const late = setTimeout(() => {
        waiting.delete(start);
        reject(this.#tooMany());
      }, this.#atMost);
      waiting.add(start);
    });
  }

  #tooMany() {
    const retryAfter = Math.ceil(this.#atMost / 1000);
    return fault('RATE_LIMITED', 'Too many sign-ins at the moment; try again.', { retryAfter });
  }
}
