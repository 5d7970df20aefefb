// Signing keys for offers, for order ids, and for the gateway's calls of subgraphs.
import { createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** A key and its id, which signed texts contain. */
export interface SigningKey {
  id: string;
  secret: Buffer;
  /** The secret for HMACs: Node imports a Buffer in each call, which costs several times the HMAC. */
  hmac: KeyObject;
}

/** Keys: the first signs, all verify, so that keys can be rotated. */
export type SigningKeys = readonly [SigningKey, ...SigningKey[]];

/** A key with this id. */
export const namedKey = (id: string, secret: Buffer): SigningKey => ({ id, secret, hmac: createSecretKey(secret) });

/** A key with an id that reveals nothing about the key. */
export const signingKey = (secret: Buffer): SigningKey =>
  namedKey(createHash('sha256').update(secret).digest('base64url').slice(0, 8), secret);

/** Derives from each key a key for one purpose, which reveals nothing about the original key. */
export const derivedKeys = (keys: SigningKeys, purpose: string): SigningKeys =>
  keys.map(({ secret }) =>
    signingKey(Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))),
  ) as unknown as SigningKeys;
