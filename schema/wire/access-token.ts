// The access token: a JSON Web Token that the account subgraph signs and the gateway verifies.
import { MINUTE, SECOND } from '../terms/durations.ts';

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
