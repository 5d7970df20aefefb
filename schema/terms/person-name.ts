// Normalises a person's name for storage: invisible characters are removed, control characters are refused.
import type { Decision } from '../errors.ts';

const LONGEST = 100; // characters

export const NAME_LENGTH = `A name has 1 to ${LONGEST} characters.`;
const NO_CONTROLS = 'A name has no control characters; type it instead of pasting it.';

// Direction marks and zero-width characters make different names look alike, and can reverse text.
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const JOINERS = '\\u200c\\u200d'; // Persian and the Indic scripts use them in spelling, after a letter or a vowel sign
const JOINER_IN_WORD = `(?<=[\\p{Script=Arabic}\\p{M}])[${JOINERS}](?=\\p{L})`;
const NOT_SPELLED = new RegExp(`(?!${JOINER_IN_WORD})[\\p{Default_Ignorable_Code_Point}\\p{Cf}]`, 'gu');

/**
 * The name for storage, or a refusal with the reason. Each sequence of blanks, tabs and line breaks
 * becomes one blank.
 */
export function personName(text: string): Decision<{ name: string }, 'INVALID_NAME'> {
  const name = text.replaceAll(NOT_SPELLED, '').replaceAll(/\s+/g, ' ').trim().normalize('NFC');
  if (/\p{Cc}/u.test(name)) return { refused: 'INVALID_NAME', because: NO_CONTROLS };
  return name && name.length <= LONGEST ? { name } : { refused: 'INVALID_NAME', because: NAME_LENGTH };
}

/** A comparison key, equal for names that look the same: without joiners, in lower case. */
export function nameKey(text: string): string {
  const kept = personName(text);
  return ('name' in kept ? kept.name : text).replaceAll(INVISIBLE, '').toLowerCase();
}
