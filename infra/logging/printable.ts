// Makes text from outside safe to print on a terminal.

/**
 * The text with control characters (an escape sequence can clear the screen or fill the clipboard) and characters that
 * change the writing direction escaped as \u001b, as in JSON. Line ends and tabs stay.
 */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (one) => (one === '\n' || one === '\t' ? one : escaped(one)));

const escaped = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

const COLOUR = /(\u001b\[[\d;]*m)/; // the colours of styleText; from outside these could at worst colour a line

/** The same for a line of program output, which may be coloured. */
export const printableLine = (line: string): string =>
  line
    .split(COLOUR)
    .map((part, i) => (i % 2 ? part : printable(part)))
    .join('');

/** The output of a command. */
export interface Output {
  write(text: string): void;
}

/** An output that makes all text safe for a terminal. */
export const printingTo = (stream: { write(text: string): unknown }): Output => ({
  write: (text) => void stream.write(printable(text)),
});
