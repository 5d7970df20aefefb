// The airport type-ahead: what a text finds, and in which order. Of airports that match alike, big ones come first
// (big-airports.ts). It forgives no typing errors, and of a city's other names it knows those in city-names.ts.
import type { Airport } from '../../../schema/terms/airports.ts';
import { placeBySize } from './big-airports.ts';
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

/** A place in what is found: the rank and the size first, then the code. */
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
 * The airports that what was typed finds, by rank and code. A blank finds all of them, and what is nothing but
 * punctuation none.
 */
export function find(index: readonly Entry[], typed: string): Found[] {
  const text = fold(typed);
  if (text === '' && typed.trim() !== '') return [];
  return index
    .flatMap((entry): Found[] => {
      const rank = rankOf(entry, text);
      if (rank === null) return [];
      const { code } = entry.airport;
      // a blank text finds all of them, which are listed by code
      return [{ airport: entry.airport, place: [text === '' ? 0 : rank * RANK + placeBySize(code), code] }];
    })
    .sort((a, b) => byPlace(a.place, b.place));
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

const RANK = 1000; // more than there are big airports

/** Compares two places: which comes first in the list. */
export const byPlace = ([rankA, codeA]: Place, [rankB, codeB]: Place): number =>
  rankA - rankB || (codeA < codeB ? -1 : Number(codeA > codeB));
