// The access token: a JSON Web Token that the account subgraph signs and the gateway verifies.
import { z } from 'zod';
import { MINUTE, SECOND } from '../terms/durations.ts';
import type { SubgraphRoute } from './route.ts';

/** The required claims of every access token. */
export const accessToken = {
  issuer: 'fareloom',
  audience: 'fareloom-graph',
  type: 'at+jwt',
  algorithm: 'EdDSA',
  /** Seconds. */
  lives: (10 * MINUTE) / SECOND,
} as const;

/**
 * Seconds from a key's creation to its first signature. By then every gateway has read the key, as none uses its copy
 * of the keys for longer than KEYS_ARE_READ_EVERY.
 */
export const KEY_RESTS_FOR = 60;
export const KEYS_ARE_READ_EVERY = 30;

/** Where the gateway reads the public keys of all tokens that may still be valid. */
export const verificationKeysRoute: SubgraphRoute = {
  method: 'GET',
  path: '/verification-keys',
  largestBody: 0,
  public: null,
};

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** The JSON Web Key Set of these keys, each given as JSON. */
export const keySetText = (keys: readonly string[]): string => `{"keys":[${keys.join()}]}`;

/** Parses a key set; throws an Error if it is none. */
export const parseKeySet = (text: string): z.infer<typeof keySet> => keySet.parse(JSON.parse(text));
