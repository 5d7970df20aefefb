// Whether an access token is good: signed by the account room, for this graph, and not yet over.
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { accessToken, KEYS_ARE_READ_EVERY } from '../../schema/wire/access-token.ts';
import { CLOCK_TOLERANCE } from '../../schema/wire/clocks.ts';
import type { AccountRoom } from './account-room.ts';

const READING_PAUSE = 1000; // ms between readings, whether a key is not known or none can be read: made-up ones must not cost more

/** What a good token says. */
export interface Bearer {
  account: string;
  session: string;
}

export interface AccessTokens {
  /** What the token says; null when it is not good. Rejects when the keys cannot be read. */
  verify(token: string): Promise<Bearer | null>;
  /** The public keys that tokens are verified with. */
  keys(): Promise<JSONWebKeySet>;
}

/** Verification with the account room's keys, read again when they are old or one is not among them. */
export function openAccessTokens(room: Pick<AccountRoom, 'verificationKeys'>, now: () => Date): AccessTokens {
  let last: { at: number; failed: boolean; keys: ReturnType<typeof read> } | undefined;

  async function read() {
    const set = { keys: await room.verificationKeys() };
    return { set, find: createLocalJWKSet(set) };
  }

  /** The keys as they were at most so many ms ago. Where they could not be read, that is tried again after a pause. */
  function keysOf(age: number): ReturnType<typeof read> {
    const at = now().getTime();
    if (last && at - last.at < (last.failed ? READING_PAUSE : age)) return last.keys;
    const reading = { at, failed: false, keys: read() };
    reading.keys.catch(() => (reading.failed = true));
    last = reading;
    return reading.keys;
  }

  const checked = {
    issuer: accessToken.issuer,
    audience: accessToken.audience,
    typ: accessToken.type,
    algorithms: [accessToken.algorithm],
    clockTolerance: CLOCK_TOLERANCE,
    requiredClaims: ['sub', 'sid', 'iat', 'exp'],
  };

  const find: JWTVerifyGetKey = async (header, token) => {
    try {
      return await (await keysOf(KEYS_ARE_READ_EVERY * 1000)).find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return (await keysOf(READING_PAUSE)).find(header, token);
    }
  };

  return {
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, find, { ...checked, currentDate: now() });
        const { sub: account, sid: session } = payload;
        return typeof session === 'string' && account ? { account, session } : null;
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
    keys: async () => (await keysOf(KEYS_ARE_READ_EVERY * 1000)).set,
  };
}
