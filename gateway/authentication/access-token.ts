// Verifies access tokens: signed by the account subgraph, issued for this graph, not expired.
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { SECOND } from '../../schema/terms/durations.ts';
import { accessToken, KEYS_ARE_READ_EVERY } from '../../schema/wire/access-token.ts';
import { CLOCK_TOLERANCE } from '../../schema/wire/clocks.ts';
import type { AccountService } from './account-service.ts';

const MOST_VERIFIED = 10_000; // tokens; beyond it all are verified again
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

/** Keys that were fetched, and the tokens that they verified: a token is verified once while its keys are in use. */
interface Reading {
  at: number;
  failed: boolean;
  keys: Promise<{ set: JSONWebKeySet; find: ReturnType<typeof createLocalJWKSet> }>;
  /** The claims of each token, and until when they hold. */
  verified: Map<string, { bearer: Bearer; until: number }>;
}

/** Verification with the account subgraph's keys, which are fetched again when they are old or a key is unknown. */
export function openAccessTokens(account: Pick<AccountService, 'verificationKeys'>, now: () => Date): AccessTokens {
  let last: Reading | undefined;

  async function fetched() {
    const set = await account.verificationKeys();
    return { set, find: createLocalJWKSet(set) };
  }

  /** The keys, at most `age` ms old. If they cannot be fetched, the next attempt waits for a pause. */
  function readingOf(age: number): Reading {
    const at = now().getTime();
    if (last && at - last.at < (last.failed ? READING_PAUSE : age)) return last;
    const reading: Reading = { at, failed: false, keys: fetched(), verified: new Map() };
    reading.keys.catch(() => (reading.failed = true));
    last = reading;
    return reading;
  }
  const usual = () => readingOf(KEYS_ARE_READ_EVERY * SECOND);

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
      return await (await usual().keys).find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return (await readingOf(READING_PAUSE).keys).find(header, token);
    }
  };

  return {
    async verify(token) {
      const { verified } = usual();
      const known = verified.get(token);
      if (known && now().getTime() < known.until) return known.bearer;
      try {
        const { payload } = await jwtVerify(token, find, { ...checked, currentDate: now() });
        const { sub: account, sid: session, exp = 0 } = payload;
        if (typeof session !== 'string' || !account) return null;
        const bearer = { account, session };
        if (verified.size >= MOST_VERIFIED) verified.clear();
        verified.set(token, { bearer, until: (exp + CLOCK_TOLERANCE) * SECOND });
        return bearer;
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
    keys: async () => (await usual().keys).set,
  };
}
