// Clients' idempotency keys, stored as digests, never as texts.
import { createHash } from 'node:crypto';
import type { Database } from '../../../infra/database/database.ts';
import { KeyUse } from './tables.ts';

const DIGEST = 'sha256:';

/**
 * The stored form of an idempotency key. A client may put an email or a name into its key, and a payment outlives its
 * account, so the text is not stored. Release 0.1.0 stored it: look its rows up by the text as well.
 */
export const keyDigest = (key: string): string => DIGEST + createHash('sha256').update(key).digest('base64url');

/** Replaces the key texts that release 0.1.0 stored for an account by their digests. */
export const removeKeyTexts = (db: Database, account: string): Promise<void> =>
  db.write(async (em) => {
    const uses = await em.find(KeyUse, { account });
    for (const { operation, key } of uses.filter((use) => !use.key.startsWith(DIGEST)))
      await em.nativeUpdate(KeyUse, { account, operation, key }, { key: keyDigest(key) });
  });

/** The next payments after an id whose idempotency key is stored as text, with their accounts. */
export const keyTextsAfter = (db: Database, payment: string, limit: number) =>
  db.rows<{ id: string; account: string }>(
    `select payment_id as id, account from key_use where payment_id > ? and idempotency_key not like '${DIGEST}%'
      order by payment_id limit ${limit}`,
    [payment],
  );
