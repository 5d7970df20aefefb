// Which key signs, and which are published: a key is made, rests until every gateway knows it, signs, and outlives its tokens.
import { accessToken } from '../../../schema/wire/access-token.ts';
import { CLOCK_TOLERANCE } from '../../../schema/wire/clocks.ts';

const SKEW = 2 * CLOCK_TOLERANCE * 1000; // ms; a token is believed for that much longer, and a gateway read its keys before

/** From when on a key signs, in ms since 1970. */
interface Key {
  signsFrom: number;
}

/** The key that signs now: the newest that does not rest any more. Keys come in the order in which they sign. */
export const signing = <K extends Key>(keys: readonly K[], now: Date): K | undefined =>
  keys.findLast(({ signsFrom }) => signsFrom <= now.getTime());

/** The keys that a token of today or tomorrow may be signed with. Keys come in the order in which they sign. */
export const published = <K extends Key>(keys: readonly K[], now: Date): K[] =>
  keys.filter((_, i) => {
    const next = keys[i + 1];
    return !next || next.signsFrom + accessToken.lives * 1000 + SKEW > now.getTime();
  });
