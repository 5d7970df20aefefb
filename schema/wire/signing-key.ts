// Signing keys: of offers, of order ids, and of what the gateway says to its subgraphs.
import { createHash, hkdfSync } from 'node:crypto';

/** A key and the name under which what was signed says that it was signed with it. */
export interface SigningKey {
  id: string;
  secret: Buffer;
}

/** Keys, of which the first signs and all verify: so they are rotated. */
export type Keys = readonly [SigningKey, ...SigningKey[]];

/** A key under a name that tells nothing of it. */
export const signingKey = (secret: Buffer): SigningKey => ({
  id: createHash('sha256').update(secret).digest('base64url').slice(0, 8),
  secret,
});

/** A key for each of these keys that is good for one purpose alone; it tells nothing of the key it comes from. */
export const derivedKeys = (keys: Keys, purpose: string): Keys =>
  keys.map(({ secret }) => signingKey(Buffer.from(hkdfSync('sha256', secret, '', purpose, 32)))) as unknown as Keys;
