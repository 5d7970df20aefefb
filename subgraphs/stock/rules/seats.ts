// The seats of one departure: how they move between on sale, held and sold, when the departure counts as sold out, and
// how much of that is public.

/** A departure's seats. available + held + sold = total, always. */
export interface Seats {
  total: number;
  available: number;
  held: number;
  sold: number;
  /** The number of lines in the departure's ledger. */
  revision: number;
}

/** How an order moves seats. */
export type SeatMove = 'HELD' | 'RELEASED' | 'CONFIRMED' | 'RETURNED';
/** The kind of a seat ledger line; OPENED and CAPACITY change the total. */
export type LedgerKind = 'OPENED' | 'CAPACITY' | SeatMove;

/** The amounts that a ledger line adds to the counters. The total changes by their sum. */
export type Counts = Pick<Seats, 'available' | 'held' | 'sold'>;

/** The amounts that a move of n seats adds to the counters. */
export const moves: Readonly<Record<SeatMove, (n: number) => Counts>> = {
  HELD: (n) => ({ available: -n, held: n, sold: 0 }),
  RELEASED: (n) => ({ available: n, held: -n, sold: 0 }),
  CONFIRMED: (n) => ({ available: 0, held: -n, sold: n }),
  RETURNED: (n) => ({ available: n, held: 0, sold: -n }),
};

/** The seats after a change. Throws an Error where a counter would fall below zero: a rule failed to prevent it. */
export function after(seats: Seats, { available, held, sold }: Counts): Seats {
  const next = {
    total: seats.total + available + held + sold,
    available: seats.available + available,
    held: seats.held + held,
    sold: seats.sold + sold,
    revision: seats.revision + 1,
  };
  if (Math.min(next.available, next.held, next.sold) < 0) {
    throw new Error(`seats cannot become ${JSON.stringify(next)}`);
  }
  return next;
}

/** The number of seats left at which a departure is announced as low. */
const LOW = 9;

export type SeatNews = 'stock.low' | 'stock.sold-out' | 'stock.back-on-sale';

/** The announcements when the seats on sale change from one number to another. */
export function newsOf(before: number, now: number): SeatNews[] {
  const news: SeatNews[] = [];
  if (before > 0 && now === 0) news.push('stock.sold-out');
  if (before === 0 && now > 0) news.push('stock.back-on-sale');
  if (before > LOW && now <= LOW && now > 0) news.push('stock.low');
  return news;
}

/** The largest number shown: an exact one would show competitors how a departure sells. */
const MOST_SHOWN = 9;

/** The public number of seats left: 9 means nine or more. */
export const seatsShown = (available: number): number => Math.min(available, MOST_SHOWN);
