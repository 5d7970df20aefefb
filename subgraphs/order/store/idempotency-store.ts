// Idempotency keys: the same request under the same key returns the same order, a different request is a conflict.
import type { EntityManager } from '@mikro-orm/core';
import { createHash } from 'node:crypto';
import { fault } from '../../../schema/errors.ts';
import { checkIdempotencyKey } from '../../../schema/terms/idempotency-key.ts';
import { IdempotencyKey } from './tables.ts';

/** A request and its key: the account, the operation, and a digest of the input. */
export interface KeyedRequest {
  account: string;
  operation: 'placeOrder' | 'checkout';
  key: string;
  hash: string;
}

/** A request of an account. Throws BAD_USER_INPUT if the key is malformed: see schema/terms/idempotency-key.ts. */
export function asked(
  account: string,
  operation: KeyedRequest['operation'],
  key: string,
  input: unknown,
): KeyedRequest {
  checkIdempotencyKey(key, 'input.idempotencyKey');
  return { account, operation, key, hash: createHash('sha256').update(canonical(input)).digest('base64url') };
}

/** The same text for the same input: fields are sorted, and null counts as absent. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return `{${fields
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`)
    .join()}}`;
}

/** The id of the order that this request placed before; null if it did not. Throws IDEMPOTENCY_CONFLICT if the key was used with a different input. */
export async function answerTo(
  em: EntityManager,
  { account, operation, key, hash }: KeyedRequest,
): Promise<string | null> {
  const row = await em.findOne(IdempotencyKey, { account, operation, key }, { disableIdentityMap: true });
  if (!row) return null;
  if (row.hash === hash) return row.orderId;
  const message = 'idempotencyKey: this key was used with a different input; use a new key for a new request.';
  throw fault('IDEMPOTENCY_CONFLICT', message, { argument: 'input.idempotencyKey' });
}

/** Stores the request in the transaction of its order; a second request with the same key violates the primary key. */
export const keepRequest = async (
  em: EntityManager,
  question: KeyedRequest,
  orderId: string,
  now: Date,
): Promise<void> => void (await em.insert(IdempotencyKey, { ...question, orderId, at: now.getTime() }));
