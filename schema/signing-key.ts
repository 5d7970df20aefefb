// The keys that the house signs with: offers, and what the gateway says to its subgraphs.
import { createHash } from 'node:crypto';

/** A key and the name under which what was signed says that it was signed with it. */
export interface SigningKey {
  id: string;
  secret: Buffer;
}

/** A key under a name that tells nothing of it. */
export const signingKey = (secret: Buffer): SigningKey => ({
  id: createHash('sha256').update(secret).digest('base64url').slice(0, 8),
  secret,
});
