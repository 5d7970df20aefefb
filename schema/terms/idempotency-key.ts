// Idempotency keys: one rule for all mutations with such a key.
import { fault } from '../errors.ts';

/** The maximum length of an idempotency key, in characters. */
export const LONGEST_IDEMPOTENCY_KEY = 255;

/**
 * Throws BAD_USER_INPUT, for this argument, unless the key has 1 to 255 characters, no control character and no blank
 * at either end: MariaDB compares keys without their trailing blanks.
 */
export function checkIdempotencyKey(key: string, argument: string): void {
  if (key && key === key.trim() && key.length <= LONGEST_IDEMPOTENCY_KEY && !/\p{Cc}/u.test(key)) return;
  const message = `idempotencyKey: give 1 to ${LONGEST_IDEMPOTENCY_KEY} characters without a blank at either end, that you never use for another intent, as a UUID.`;
  throw fault('BAD_USER_INPUT', message, { argument });
}
