// What a password must be like. Apart from the other credentials: what it knows of passwords takes 12 MB of a process.
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

const SHORTEST = 8; // NIST SP 800-63B
const LONGEST = 128;
const GUESSES = 1e9; // that it takes at least: a word, a year and a sign are some 10^8

// known passwords, words, keyboard rows, dates, repetitions; its time grows with the cube of what it looks at
const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: 32 });

// of our own, and of the phrase that every page on passwords shows: no list has it, and everybody does
const KNOWN = ['fareloom', 'correct', 'horse', 'battery', 'staple'];

/** Why a password is not good enough, as a sentence that helps; null when it is. What is known of its owner adds nothing to it. */
export function weakness(given: string, { email, name }: { email: string; name: string }): string | null {
  const password = given.normalize('NFKC'); // as it is hashed
  if (password.length < SHORTEST) return `A password needs at least ${SHORTEST} characters.`;
  if (password.length > LONGEST) return `A password has at most ${LONGEST} characters.`;
  const words = `${email} ${name}`.split(/[^\p{L}\p{M}]+/u);
  const known = [...KNOWN, email, name, name.replace(/\s+/g, ''), ...words].filter((word) => word.length > 2);
  const guesses = (text: string) => estimator.check(text, known).guesses;
  if (Math.min(guesses(password), guesses(without(known, password))) >= GUESSES) return null;
  return 'This password is too easy to guess; add a few words that do not belong together.';
}

/** What is left of a text where these words are taken out, whatever their case. */
const without = (words: readonly string[], text: string): string =>
  words
    .map((word) => word.toLowerCase())
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, word) => rest.replaceAll(word, ''), text.toLowerCase());
