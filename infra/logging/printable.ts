// Text from outside, as a terminal may show it.

/**
 * The text without what a terminal would obey instead of show: control characters (an escape sequence can clear the
 * screen or fill the clipboard) and those that turn the direction of writing are escaped as \u001b, in the way of JSON.
 * Line ends and tabs stay.
 */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (one) => (one === '\n' || one === '\t' ? one : escaped(one)));

const escaped = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

const COLOUR = /(\u001b\[[\d;]*m)/; // of styleText; from outside it could at worst paint a line

/** The same for a line of a program's output, which may be coloured. */
export const printableLine = (line: string): string =>
  line
    .split(COLOUR)
    .map((part, i) => (i % 2 ? part : printable(part)))
    .join('');

/** Where a command writes text. */
export interface Output {
  write(text: string): void;
}

/** Writes to a terminal, or to what may end on one. */
export const printingTo = (stream: { write(text: string): unknown }): Output => ({
  write: (text) => void stream.write(printable(text)),
});
