// What was asked once under a key: the same question gets the same answer, another one a conflict.
import type { EntityManager } from '@mikro-orm/core';
import { createHash } from 'node:crypto';
import { fault } from '../../../schema/errors.ts';
import { checkIdempotencyKey } from '../../../schema/terms/idempotency-key.ts';
import { IdempotencyKey } from './tables.ts';

/** A question with its key: whose, which operation, and a digest of the input. */
export interface Asked {
  account: string;
  operation: 'placeOrder' | 'checkout';
  key: string;
  hash: string;
}

/** The question of an account. BAD_USER_INPUT where the key is not one: see schema/terms/idempotency-key.ts. */
export function asked(account: string, operation: Asked['operation'], key: string, input: unknown): Asked {
  checkIdempotencyKey(key, 'input.idempotencyKey');
  return { account, operation, key, hash: createHash('sha256').update(canonical(input)).digest('base64url') };
}

/** The same text for the same input: fields in one order, null as if left out. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return `{${fields
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`)
    .join()}}`;
}

/** The order that the same question made; null where it was not asked. IDEMPOTENCY_CONFLICT where the key had another input. */
export async function answerTo(em: EntityManager, { account, operation, key, hash }: Asked): Promise<string | null> {
  const row = await em.findOne(IdempotencyKey, { account, operation, key }, { disableIdentityMap: true });
  if (!row) return null;
  if (row.hash === hash) return row.orderId;
  throw fault('IDEMPOTENCY_CONFLICT', 'This idempotencyKey was used with another input; use a new one.');
}

/** Keeps the question in the transaction of its effect; a second one of the same key cannot be kept. */
export const keep = async (em: EntityManager, question: Asked, orderId: string, now: Date): Promise<void> =>
  void (await em.insert(IdempotencyKey, { ...question, orderId, at: now.getTime() }));
