// Password strength. In its own module because its dictionaries take 12 MB of memory.
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

const SHORTEST = 8; // NIST SP 800-63B
const LONGEST = 128;
const GUESSES = 1e9; // the least that an attacker must need; a word, a year and a symbol take about 10^8

// knows common passwords, words, keyboard rows, dates and repetitions; its time grows with the cube of maxLength
const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: 32 });

// our own name, and the example phrase of every page on passwords: widely known, but in no dictionary
const KNOWN = ['fareloom', 'correct', 'horse', 'battery', 'staple'];

/** Why a password is too weak, as a sentence for the user; null if it is strong enough. The owner's data adds no strength. */
export function weakness(given: string, { email, name }: { email: string; name: string }): string | null {
  const password = given.normalize('NFKC'); // the form that is hashed
  if (password.length < SHORTEST) return `A password needs at least ${SHORTEST} characters.`;
  if (password.length > LONGEST) return `A password has at most ${LONGEST} characters.`;
  const words = `${email} ${name}`.split(/[^\p{L}\p{M}]+/u);
  const known = [...KNOWN, email, name, name.replace(/\s+/g, ''), ...words].filter((word) => word.length > 2);
  const guesses = (text: string) => estimator.check(text, known).guesses;
  if (Math.min(guesses(password), guesses(without(known, password))) >= GUESSES) return null;
  return 'This password is too easy to guess; add a few words that do not belong together.';
}

/** The text without these words, ignoring case. */
const without = (words: readonly string[], text: string): string =>
  words
    .map((word) => word.toLowerCase())
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, word) => rest.replaceAll(word, ''), text.toLowerCase());
