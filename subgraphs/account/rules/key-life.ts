// Life of a signing key: created, published until every gateway knows it, then signing, and kept until its tokens expire.
import { accessToken } from '../../../schema/wire/access-token.ts';
import { CLOCK_TOLERANCE } from '../../../schema/wire/clocks.ts';

const SKEW = 2 * CLOCK_TOLERANCE * 1000; // ms; gateways accept tokens that much longer, and may have read the keys that much earlier

interface Key {
  signsFrom: number; // ms since 1970
}

/** The key that signs now: the newest whose `signsFrom` has passed. `keys` is sorted by `signsFrom`. */
export const signing = <K extends Key>(keys: readonly K[], now: Date): K | undefined =>
  keys.findLast(({ signsFrom }) => signsFrom <= now.getTime());

/** The keys of all valid tokens, and the keys that will sign next. `keys` is sorted by `signsFrom`. */
export const published = <K extends Key>(keys: readonly K[], now: Date): K[] =>
  keys.filter((_, i) => {
    const next = keys[i + 1];
    return !next || next.signsFrom + accessToken.lives * 1000 + SKEW > now.getTime();
  });
