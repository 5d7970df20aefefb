// Idempotency keys: one rule for all mutations with such a key. A key is an account's own, for one operation.
import { createHash } from 'node:crypto';
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

/** A digest of a request's input, the same whatever the order of its fields; null counts as absent. */
export const fingerprint = (input: unknown): string =>
  createHash('sha256').update(canonical(input)).digest('base64url');

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return `{${fields
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`)
    .join()}}`;
}

/** Throws IDEMPOTENCY_CONFLICT, for this argument, unless the key was first used with the same input. */
export function checkSameInput(first: string, now: string, argument: string): void {
  if (first === now) return;
  const message = 'idempotencyKey: this key was used with a different input; use a new key for a new request.';
  throw fault('IDEMPOTENCY_CONFLICT', message, { argument });
}
