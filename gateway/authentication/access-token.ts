// Verifies access tokens: signed by the account subgraph, issued for this graph, not expired.
import { isDeepStrictEqual } from 'node:util';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { SECOND } from '../../schema/terms/durations.ts';
import { accessToken, KEYS_ARE_READ_EVERY } from '../../schema/wire/access-token.ts';
import { CLOCK_TOLERANCE } from '../../schema/wire/clocks.ts';
import type { AccountService } from './account-service.ts';

const MOST_VERIFIED = 10_000; // tokens; beyond it all are verified again
const USUAL_AGE = KEYS_ARE_READ_EVERY * SECOND;
const READING_PAUSE = 1000; // ms between key fetches after an unknown key or a failure: forged tokens cannot cause more

/** The claims of a valid token. */
export interface Bearer {
  account: string;
  session: string;
  /** Of its `scope` claim; none if it has no such claim, as the tokens of the account subgraph. */
  scopes: readonly string[];
}

export interface AccessTokens {
  /** The token's claims; null if it is invalid. Rejects if the keys cannot be fetched. */
  verify(token: string): Promise<Bearer | null>;
  /** The public keys that tokens are verified with. */
  keys(): Promise<JSONWebKeySet>;
}

/** Keys that were fetched, and the tokens that they verified: a token is verified once while its keys are in use. */
interface FetchedKeys {
  at: number;
  set: JSONWebKeySet;
  find: ReturnType<typeof createLocalJWKSet>;
  /** The claims of each token, and until when they hold. */
  verified: Map<string, Verified>;
}

interface Verified {
  bearer: Bearer;
  until: number;
}

/** An attempt to fetch the keys. */
interface Fetch {
  at: number;
  failed: boolean;
  keys: Promise<FetchedKeys>;
}

/** Verification with the account subgraph's keys, which are fetched again when they are old or a key is unknown. */
export function openAccessTokens(account: Pick<AccountService, 'verificationKeys'>, now: () => Date): AccessTokens {
  let current: FetchedKeys | undefined;
  let last: Fetch | undefined;

  /** Only a fetch that succeeds replaces the current keys: an unknown key id, which anyone can send, discards nothing. */
  async function fetched(at: number): Promise<FetchedKeys> {
    const set = await account.verificationKeys();
    const known = current && isDeepStrictEqual(set, current.set) ? current.verified : undefined;
    const keys = { at, set, find: createLocalJWKSet(set), verified: known ?? new Map<string, Verified>() };
    if (!current || current.at <= at) current = keys;
    return keys;
  }

  function begin(at: number): Fetch {
    const one: Fetch = { at, failed: false, keys: fetched(at) };
    one.keys.catch(() => (one.failed = true));
    return one;
  }

  const currentWithin = (age: number): FetchedKeys | undefined =>
    current && now().getTime() - current.at < age ? current : undefined;

  /** The keys, at most `age` ms old. If they cannot be fetched, the next attempt waits for a pause. */
  async function keysWithin(age: number): Promise<FetchedKeys> {
    const known = currentWithin(age);
    if (known) return known;
    const at = now().getTime();
    if (!last || at - last.at >= (last.failed ? READING_PAUSE : age)) last = begin(at);
    return last.keys;
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
      return await (await keysWithin(USUAL_AGE)).find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return (await keysWithin(READING_PAUSE)).find(header, token);
    }
  };

  return {
    async verify(token) {
      const verified = current?.verified; // of these keys: later ones may lack the key that verifies this token
      const known = currentWithin(USUAL_AGE)?.verified.get(token);
      if (known && now().getTime() < known.until) return known.bearer;
      try {
        const { payload } = await jwtVerify(token, find, { ...checked, currentDate: now() });
        const { sub: account, sid: session, scope, exp = 0 } = payload;
        if (typeof session !== 'string' || !account) return null;
        const bearer = { account, session, scopes: scopesIn(scope) };
        if (verified && verified.size >= MOST_VERIFIED) verified.clear();
        verified?.set(token, { bearer, until: (exp + CLOCK_TOLERANCE) * SECOND });
        return bearer;
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
    keys: async () => (await keysWithin(USUAL_AGE)).set,
  };
}

/** The scopes of a claim, which separates them by spaces (RFC 8693). */
const scopesIn = (claim: unknown): string[] =>
  typeof claim === 'string' ? [...new Set(claim.split(' ').filter(Boolean))] : [];
