// Verifies access tokens: signed by the account subgraph, issued for this graph, not expired.
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { accessToken, KEYS_ARE_READ_EVERY } from '../../schema/wire/access-token.ts';
import { CLOCK_TOLERANCE } from '../../schema/wire/clocks.ts';
import type { AccountService } from './account-service.ts';

const READING_PAUSE = 1000; // ms between key fetches after an unknown key or a failure: forged tokens cannot cause more

/** The claims of a valid token. */
export interface Bearer {
  account: string;
  session: string;
}

export interface AccessTokens {
  /** The token's claims; null if it is invalid. Rejects if the keys cannot be fetched. */
  verify(token: string): Promise<Bearer | null>;
  /** The public keys that tokens are verified with. */
  keys(): Promise<JSONWebKeySet>;
}

/** Verification with the account subgraph's keys, which are fetched again when they are old or a key is unknown. */
export function openAccessTokens(account: Pick<AccountService, 'verificationKeys'>, now: () => Date): AccessTokens {
  let last: { at: number; failed: boolean; keys: ReturnType<typeof read> } | undefined;

  async function read() {
    const set = await account.verificationKeys();
    return { set, find: createLocalJWKSet(set) };
  }

  /** The keys, at most `age` ms old. If they cannot be fetched, the next attempt waits for a pause. */
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
