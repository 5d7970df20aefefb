// Unpaid seats: how many may wait for payment at a time, and how unpaid holds shorten later ones.
import type { Order, OrderStatus, OrderStep } from './order.ts';
import { DAY, MINUTE } from '../../../schema/terms/durations.ts';

/** The statuses in which an order holds unpaid seats or is about to. */
export const unpaidStatuses: readonly OrderStatus[] = ['PENDING', 'AWAITING_PAYMENT', 'CLOSING'];

/** A taker of seats: an account, or the network of the address that the request comes from. */
export type Taker = 'account' | 'address';

/** How many unpaid seats a taker may have at a time, in total and on one departure. */
export interface SeatCap {
  total: number;
  departure: number;
}
export type SeatCaps = Readonly<Record<Taker, SeatCap>>;

type Seats = readonly { departureId: string; seats: number }[];

/** What the takers of a new order have done so far. */
export interface SeatHistory {
  /** Their unpaid seats, by departure. */
  unpaid: Readonly<Record<Taker, ReadonlyMap<string, number>>>;
  /** Their lapsed holds of the last day, up to `LAPSES_COUNTED`. */
  lapses: Readonly<Record<Taker, number>>;
}

/** A cap that an order would exceed. */
export interface Exceeded {
  taker: Taker;
  /** Null for the cap over all departures. */
  departure: string | null;
  most: number;
}

/** The cap that these seats and the taker's unpaid seats would exceed together; null if there is none. */
export function exceeded(
  caps: SeatCaps | 'off',
  { unpaid }: Pick<SeatHistory, 'unpaid'>,
  wanted: Seats,
): Exceeded | null {
  if (caps === 'off') return null;
  for (const taker of ['account', 'address'] as const) {
    const { total, departure: most } = caps[taker];
    const crowded = wanted.find(({ departureId, seats }) => (unpaid[taker].get(departureId) ?? 0) + seats > most);
    if (crowded) return { taker, departure: crowded.departureId, most };
    const waiting = [...unpaid[taker].values(), ...wanted.map(({ seats }) => seats)];
    if (waiting.reduce((sum, seats) => sum + seats, 0) > total) return { taker, departure: null, most: total };
  }
  return null;
}

/** What to do about it, for people to read. For an address cap, the text reveals nothing about others at that address. */
export const adviceOn = ({ taker, departure, most }: Exceeded): string =>
  taker === 'account'
    ? `An account may have ${most} seats waiting for payment ${departure ? 'on one flight' : 'in all'} at a time; ` +
      'pay for an order or cancel one first, or try again once its payment deadline has passed.'
    : `Too many seats ${departure ? 'on this flight ' : ''}wait for payment from your network; pay for an order of ` +
      'yours or cancel one, or try again in a few minutes.';

/** How long an order may wait for its payment, in ms: payment pages give up after ten minutes. */
const PAY_WITHIN = 15 * MINUTE;
/** The shortest time to pay, in ms: a card payment with a bank's one-time code takes three minutes, and codes last five. */
const SHORTEST = 5 * MINUTE;

/** How long a lapsed hold counts, in ms: a day. */
export const LAPSES_COUNT_FOR = DAY;

/** The number of lapsed holds that halves the time to pay. Many households share one address, so an address may have more. */
const LAPSES_TO_HALVE: Readonly<Record<Taker, number>> = { account: 1, address: 10 };
const MOST_HALVINGS = Math.ceil(Math.log2(PAY_WITHIN / SHORTEST));

/** Lapsed holds beyond these numbers have no effect. */
export const LAPSES_COUNTED: Readonly<Record<Taker, number>> = {
  account: LAPSES_TO_HALVE.account * MOST_HALVINGS,
  address: LAPSES_TO_HALVE.address * MOST_HALVINGS,
};

/** How long the next order may wait for its payment, in ms: 15 minutes, halved by lapsed holds down to 5. */
export function timeToPay({ lapses }: Pick<SeatHistory, 'lapses'>): number {
  const halvings = (['account', 'address'] as const).map((taker) => Math.floor(lapses[taker] / LAPSES_TO_HALVE[taker]));
  return Math.max(SHORTEST, PAY_WITHIN / 2 ** halvings.reduce((sum, each) => sum + each));
}

/**
 * Whether the step ends a hold that blocked seats in vain: the order was not paid in time, or was cancelled in the second
 * half of its time to pay. Otherwise cancelling and ordering again would be a way to block seats for ever.
 */
export function lapses({ status, placedAt, payBy }: Order, step: OrderStep | undefined, now: Date): boolean {
  if (status !== 'AWAITING_PAYMENT') return false;
  return step === 'PAYMENT_OVERDUE' || (step === 'CANCELLED' && now.getTime() >= (placedAt + payBy) / 2);
}
