// Idempotency keys: the same request under the same key returns the same order, a different request is a conflict.
import type { EntityManager } from '@mikro-orm/core';
import { checkIdempotencyKey, checkSameInput, fingerprint } from '../../../schema/terms/idempotency-key.ts';
import { IdempotencyKey } from './tables.ts';

/** A request and its key: the account, the operation, and a digest of the input. */
export interface KeyedRequest {
  account: string;
  operation: 'placeOrder' | 'checkout';
  key: string;
  hash: string;
}

const ARGUMENT = 'input.idempotencyKey';

/** A request of an account. Throws BAD_USER_INPUT if the key is malformed: see schema/terms/idempotency-key.ts. */
export function asked(
  account: string,
  operation: KeyedRequest['operation'],
  key: string,
  input: unknown,
): KeyedRequest {
  checkIdempotencyKey(key, ARGUMENT);
  return { account, operation, key, hash: fingerprint(input) };
}

/** The id of the order that this request placed before; null if it did not. Throws IDEMPOTENCY_CONFLICT if the key was used with a different input. */
export async function answerTo(
  em: EntityManager,
  { account, operation, key, hash }: KeyedRequest,
): Promise<string | null> {
  const row = await em.findOne(IdempotencyKey, { account, operation, key }, { disableIdentityMap: true });
  if (!row) return null;
  checkSameInput(row.hash, hash, ARGUMENT);
  return row.orderId;
}

/** Stores the request in the transaction of its order; a second request with the same key violates the primary key. */
export async function keepRequest(
  em: EntityManager,
  question: KeyedRequest,
  orderId: string,
  now: Date,
): Promise<void> {
  await em.insert(IdempotencyKey, { ...question, orderId, at: now.getTime() });
}
