// Order numbers: short enough to read aloud, sortable by time, and unique by a constraint of the table.

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford's base 32: without I, L, O, U, which are easily misread
const START = Date.UTC(2024, 0, 1); // 30 bits of seconds last until 2058
const SECONDS = 6; // digits
const CHANCE = 3; // digits: one of 32,768 numbers in the second; a duplicate violates the constraint and is drawn again

/** How many numbers one second has. */
export const A_SECOND = 32 ** CHANCE;

function inBase32(value: number, digits: number): string {
  let text = '';
  for (let rest = value; text.length < digits; rest = Math.floor(rest / 32)) text = DIGITS.charAt(rest % 32) + text;
  return text;
}

/** The order number for this second and this draw (0 to 32,767), as 0X4-7QK-M2D. Later seconds sort later. */
export function orderNumber(now: Date, draw: number): string {
  const seconds = Math.floor((now.getTime() - START) / 1000);
  const digits = inBase32(seconds, SECONDS) + inBase32(draw % A_SECOND, CHANCE);
  return `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`;
}

/** The stored form of a number that a person typed: case, dashes and spaces are ignored, O is read as 0, I and L as 1. */
export function readNumber(text: string): string {
  const digits = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return digits.replace(/^(...)(...)/, '$1-$2-');
}
