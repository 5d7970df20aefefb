// How often a password may be tried: on one email, and from one address.

const MINUTE = 60_000;

/** Tries are counted from the first one on, and forgotten this many ms after it. */
export const FORGOTTEN_AFTER = 15 * MINUTE;

/** What tries are counted on, and how many there may be. */
export interface Subject {
  name: string;
  most: number;
}

export const onEmail = (email: string): Subject => ({ name: `email ${email}`, most: 10 });

// an office or a mobile network can be behind one address, and only failures stay counted
export const fromAddress = (address: string | null): Subject[] =>
  address === null ? [] : [{ name: `address ${address}`, most: 100 }];

/** In how many seconds the next try may come; null when it may come now. */
export function retryAfter(
  counted: readonly { count: number; most: number; until: number }[],
  now: Date,
): number | null {
  const over = counted.filter(({ count, most }) => count > most).map(({ until }) => until - now.getTime());
  return over.length ? Math.max(1, Math.ceil(Math.max(...over) / 1000)) : null;
}
