// The settings of the keys that Fareloom signs with.
import { z } from 'zod';
import { type SigningKey, signingKey, type SigningKeys } from '../../schema/wire/signing-key.ts';

const SHORTEST_KEY = 32; // bytes, the output size of HMAC-SHA-256

/** Base64 keys separated by commas: the first signs, all are accepted, so that keys can be rotated. */
function signingKeys(text: string, context: z.RefinementCtx): SigningKeys {
  const keys = text.split(',').map((key) => {
    const secret = Buffer.from(key.trim(), 'base64');
    if (secret.length < SHORTEST_KEY) {
      context.addIssue(
        `each key needs at least ${SHORTEST_KEY} bytes in base64; make one with: openssl rand -base64 32`,
      );
    }
    return signingKey(secret);
  });
  return keys as [SigningKey, ...SigningKey[]];
}

export const keySettings = {
  OFFER_SIGNING_KEYS: {
    schema: z.string().transform(signingKeys).optional(),
    unset: 'made and kept in `.data`',
    does: 'comma-separated base64 keys; the first signs offers and, by keys derived from it, order ids. The same for all services; required on a real database',
    secret: 'keys',
  },
  INTERNAL_KEYS: {
    schema: z.string().transform(signingKeys).optional(),
    unset: 'made and kept in `.data`',
    does: "comma-separated base64 keys that sign the gateway's calls; required for separate processes",
    secret: 'keys',
  },
  SUBGRAPH_KEYS: {
    schema: z.string().transform(signingKeys).optional(),
    unset: 'derived from `INTERNAL_KEYS`',
    does: 'the keys of one subgraph, for a process without the master keys: `npm run subgraph-keys -- NAME` prints them',
    secret: 'keys',
  },
} as const;
