// The access token: what the account room signs and the gateway verifies, a JSON Web Token.

const MINUTE = 60;

/** What every access token says, and what none is believed without. */
export const accessToken = {
  issuer: 'fareloom',
  audience: 'fareloom-graph',
  type: 'at+jwt',
  algorithm: 'EdDSA',
  /** Seconds. */
  lives: 10 * MINUTE,
} as const;

/**
 * Seconds from a key's making to its first signature. By then every gateway has read it, as none believes the keys it
 * has for longer than KEYS_ARE_READ_EVERY.
 */
export const KEY_RESTS_FOR = 60;
export const KEYS_ARE_READ_EVERY = 30;
