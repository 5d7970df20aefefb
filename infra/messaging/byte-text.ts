// Converts bytes to text and back without loss: a message may hold any bytes, and those that are not UTF-8 must survive
// a replay.
import { isUtf8 } from 'node:buffer';

const LONGEST_RUN = 1000; // sequences in one match: the regular expression keeps each on its stack

/** Valid UTF-8 sequences in latin1; any other byte matches alone. */
const SEQUENCES = new RegExp(
  `(?:[\\x00-\\x7f]|[\\xc2-\\xdf][\\x80-\\xbf]|\\xe0[\\xa0-\\xbf][\\x80-\\xbf]|[\\xe1-\\xec\\xee\\xef][\\x80-\\xbf]{2}` +
    `|\\xed[\\x80-\\x9f][\\x80-\\xbf]|\\xf0[\\x90-\\xbf][\\x80-\\xbf]{2}|[\\xf1-\\xf3][\\x80-\\xbf]{3}` +
    `|\\xf4[\\x80-\\x8f][\\x80-\\xbf]{2}){1,${LONGEST_RUN}}|[\\x80-\\xff]`,
  'g',
);
const ESCAPED = /[\udc80-\udcff]+|[^\udc80-\udcff]+/gu; // with the flag u a pair of surrogates is one character
const ESCAPE = 0xdc00;

/**
 * The text of some bytes. A byte that is not part of UTF-8 becomes the unpaired surrogate U+DC00 + byte (like Python's
 * `surrogateescape`), so that `bytesOf` returns the same bytes and the text is not well-formed.
 */
export function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString();
  return buffer
    .toString('latin1')
    .replace(SEQUENCES, (run) =>
      run.length === 1 && run > '\x7f'
        ? String.fromCharCode(ESCAPE + run.charCodeAt(0))
        : Buffer.from(run, 'latin1').toString(),
    );
}

/** The bytes of a text, including those that `textOf` escaped. Any other unpaired surrogate becomes U+FFFD. */
export function bytesOf(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text);
  const bytes = text.replace(ESCAPED, (run) =>
    isEscaped(run)
      ? run.replace(/[^]/g, (one) => String.fromCharCode(one.charCodeAt(0) - ESCAPE))
      : Buffer.from(run).toString('latin1'),
  );
  return Buffer.from(bytes, 'latin1');
}

const isEscaped = (run: string): boolean => /^[\udc80-\udcff]/u.test(run);
