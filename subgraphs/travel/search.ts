// The airport type-ahead: what a text finds, and in which order. What it cannot do: the data tells no airport's size, so
// between airports of one rank the code decides, and a big one may come after a small one; it forgives no slip of the
// keys, and of a city's other names it knows those in city-names.ts.
import type { Airport } from '../../schema/airports.ts';
import { otherNamesOf } from './city-names.ts';

/** An airport with its words as they are compared. */
export interface Entry {
  airport: Airport;
  code: string;
  /** The city's names. */
  cities: readonly string[];
  /** Code, city, its other names and the airport's; each word has a space before it. */
  words: string;
  /** What a text may be the beginning of. */
  starts: readonly string[];
}

/** A place in what is found: the rank first, then the code. */
export type Place = readonly [rank: number, code: string];

export interface Found {
  airport: Airport;
  place: Place;
}

/** The longest text that may be searched for; no airport's name is longer. */
export const LONGEST = 100;

// letters that Unicode does not take apart into a letter and its accent
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
    .replace(/[łøđðþæœßıə]/g, (letter) => LETTERS[letter]!)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The airports ready to be searched. To be made once: it folds the text of all of them. */
export const indexOf = (airports: Iterable<Airport>): readonly Entry[] =>
  [...airports].map((airport) => {
    const [code, name] = [fold(airport.code), fold(airport.name)];
    const cities = [fold(airport.city), ...otherNamesOf(airport)];
    const starts = [code, ...cities, name];
    return { airport, code, cities, words: ` ${starts.join(' ')}`, starts };
  });

/**
 * At most `most` of the airports that what was typed finds, by rank and code, from just after a place. A blank finds
 * all of them, and what is nothing but punctuation none.
 */
export function find(index: readonly Entry[], typed: string, after: Place | null, most: number): Found[] {
  const text = fold(typed);
  if (text === '' && typed.trim() !== '') return [];
  return index
    .flatMap((entry): Found[] => {
      const rank = rankOf(entry, text);
      return rank === null ? [] : [{ airport: entry.airport, place: [rank, entry.airport.code] }];
    })
    .filter(({ place }) => !after || compare(place, after) > 0)
    .sort((a, b) => compare(a.place, b.place))
    .slice(0, most);
}

/**
 * 0 for the code itself, 1 for the whole name of the city, 2 where code, city or name starts with the text, 3 where each
 * of its words starts one of theirs.
 */
function rankOf({ code, cities, words, starts }: Entry, text: string): number | null {
  if (text === '' || text === code) return 0;
  if (cities.includes(text)) return 1;
  if (starts.some((start) => start.startsWith(text))) return 2;
  return text.split(' ').every((word) => words.includes(` ${word}`)) ? 3 : null;
}

const compare = ([rankA, codeA]: Place, [rankB, codeB]: Place): number =>
  rankA - rankB || (codeA < codeB ? -1 : Number(codeA > codeB));
