// The airport type-ahead: which airports match a text, and in which order. Among equal matches, big airports come first
// (big-airports.ts). Other names of cities are in city-names.ts. Typing errors are not corrected.
import type { Airport } from '../../../schema/terms/airports.ts';
import { placeBySize } from './big-airports.ts';
import { otherNamesOf } from './city-names.ts';

/** An airport with its folded search terms. */
export interface SearchEntry {
  airport: Airport;
  code: string;
  /** The city's names. */
  cities: readonly string[];
  /** Code, city names and airport name; each word has a space before it. */
  words: string;
  /** The terms that a text may be a prefix of. */
  starts: readonly string[];
}

/** A place in the result: by rank and size, then by code. */
export type AirportPosition = readonly [rank: number, code: string];

export interface FoundAirports {
  airport: Airport;
  place: AirportPosition;
}

/** The longest search text, in characters. No airport's name is longer. */
export const LONGEST = 100;

// letters that Unicode does not decompose into a letter and an accent
const LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ı: 'i',
  ə: 'e',
};

/** A text without case, accents and punctuation: `Zürich` is `zurich`, `N'Djamena` is `ndjamena`. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}'’‘ʻ`]/gu, '')
    .replace(/[łøđðþæœßıə]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The search index. Build it once: it folds the text of all airports. */
export const indexOf = (airports: Iterable<Airport>): readonly SearchEntry[] =>
  [...airports].map((airport) => {
    const [code, name] = [fold(airport.code), fold(airport.name)];
    const cities = [fold(airport.city), ...otherNamesOf(airport)];
    const starts = [code, ...cities, name];
    return { airport, code, cities, words: ` ${starts.join(' ')}`, starts };
  });

/**
 * The airports that match the text, in order. A blank text matches all airports; a text of only punctuation matches
 * none.
 */
export function find(index: readonly SearchEntry[], typed: string): FoundAirports[] {
  const text = fold(typed);
  if (text === '' && typed.trim() !== '') return [];
  return index
    .flatMap((entry): FoundAirports[] => {
      const rank = rankOf(entry, text);
      if (rank === null) return [];
      const { code } = entry.airport;
      // the matches of a blank text are listed by code
      return [{ airport: entry.airport, place: [text === '' ? 0 : rank * RANK + placeBySize(code), code] }];
    })
    .sort((a, b) => byAirportPosition(a.place, b.place));
}

/**
 * 0: the text is the code. 1: it is a name of the city. 2: code, city or airport name starts with it. 3: each of its words
 * starts a word of theirs. null: no match.
 */
function rankOf({ code, cities, words, starts }: SearchEntry, text: string): number | null {
  if (text === '' || text === code) return 0;
  if (cities.includes(text)) return 1;
  if (starts.some((start) => start.startsWith(text))) return 2;
  return text.split(' ').every((word) => words.includes(` ${word}`)) ? 3 : null;
}

const RANK = 1000; // more than the number of big airports

/** Compares two places for sorting. */
export const byAirportPosition = ([rankA, codeA]: AirportPosition, [rankB, codeB]: AirportPosition): number =>
  rankA - rankB || (codeA < codeB ? -1 : Number(codeA > codeB));
