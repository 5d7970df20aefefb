// Order numbers: short enough to read aloud, sortable by time, and unique by the table's own word.

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford's base 32: no I, L, O, U to mistake
const START = Date.UTC(2024, 0, 1); // 30 bits of seconds last until 2058
const SECONDS = 6; // digits
const CHANCE = 3; // digits: one of 32,768 in the second; of two that draw the same the table lets one in, the other draws again

/** How many numbers there are in one second. */
export const A_SECOND = 32 ** CHANCE;

function inBase32(value: number, digits: number): string {
  let text = '';
  for (let rest = value; text.length < digits; rest = Math.floor(rest / 32)) text = DIGITS[rest % 32]! + text;
  return text;
}

/** The order number for this second and this draw (0 to 32,767), as 0X4-7QK-M2D. Later seconds sort later. */
export function orderNumber(now: Date, draw: number): string {
  const seconds = Math.floor((now.getTime() - START) / 1000);
  const digits = inBase32(seconds, SECONDS) + inBase32(draw % A_SECOND, CHANCE);
  return `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`;
}

/** The number as it is stored, from how somebody typed or heard it: case, dashes and blanks do not matter, O is 0, I and L are 1. */
export function readNumber(text: string): string {
  const digits = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return digits.replace(/^(...)(...)/, '$1-$2-');
}
