// The seats of one departure: how they move between on sale, held and sold, and what may be said of them.

/** A departure's seats. available + held + sold = total, always. */
export interface Seats {
  total: number;
  available: number;
  held: number;
  sold: number;
  /** One more with each line of the departure's ledger. */
  revision: number;
}

/** What an order does with seats. */
export type SeatMove = 'HELD' | 'RELEASED' | 'CONFIRMED' | 'RETURNED';
/** What a line of the seat ledger tells of; OPENED and CAPACITY change the total. */
export type LedgerKind = 'OPENED' | 'CAPACITY' | SeatMove;

/** What a line of the seat ledger adds to each counter. The total changes by their sum. */
export type Counts = Pick<Seats, 'available' | 'held' | 'sold'>;

/** What a move of n seats adds to each counter. */
export const moves: Readonly<Record<SeatMove, (n: number) => Counts>> = {
  HELD: (n) => ({ available: -n, held: n, sold: 0 }),
  RELEASED: (n) => ({ available: n, held: -n, sold: 0 }),
  CONFIRMED: (n) => ({ available: 0, held: -n, sold: n }),
  RETURNED: (n) => ({ available: n, held: 0, sold: -n }),
};

/** The seats after a change. Throws an Error where a counter would fall below zero: the rules have let through what they must not. */
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

/** With so few seats left a departure is told to be low on them. */
const LOW = 9;

export type SeatNews = 'stock.low' | 'stock.sold-out' | 'stock.back-on-sale';

/** What is worth telling when the seats on sale go from one number to another. */
export function newsOf(before: number, now: number): SeatNews[] {
  const news: SeatNews[] = [];
  if (before > 0 && now === 0) news.push('stock.sold-out');
  if (before === 0 && now > 0) news.push('stock.back-on-sale');
  if (before > LOW && now <= LOW && now > 0) news.push('stock.low');
  return news;
}

/** The most that is told: more would tell rivals how a departure sells. */
const MOST_SHOWN = 9;

/** The seats left as the public may know them: 9 means nine or more. */
export const shown = (available: number): number => Math.min(available, MOST_SHOWN);
