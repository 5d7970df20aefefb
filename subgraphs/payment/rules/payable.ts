// What an order owes, and whether a payment for it may begin.

/**
 * PLACED: its seats are not held yet. DUE: it may be paid. PAID: the order took a payment. CLOSED: it takes none any more.
 */
export type PayableState = 'PLACED' | 'DUE' | 'PAID' | 'CLOSED';

/** How far each state is: an order only goes on, so that an event that comes late or twice takes nothing back. */
const rank: Readonly<Record<PayableState, number>> = { PLACED: 0, DUE: 1, PAID: 2, CLOSED: 3 };

/** The state of two that is further on. */
export const furthest = (a: PayableState, b: PayableState): PayableState => (rank[a] >= rank[b] ? a : b);

export interface Owed {
  state: PayableState;
  account?: string | null | undefined;
  /** Until when a payment may begin, in ms since 1970. */
  payBy: number;
}

export type NotNow = 'NOT_FOUND' | 'NOT_READY' | 'ALREADY_PAID' | 'NOT_PAYABLE';

/** Who asks to pay an order. */
export interface Asker {
  account: string;
  /** Whether the order's id was made for this account: what is not known of such an order is still to come. */
  isTheirs: boolean;
  /** Whether a payment was captured that the order has not heard of yet. */
  isPaid: boolean;
}

/**
 * Why no payment of the order may begin; null where one may. What events have told is null, or lacks its account, while
 * they are late: an order of the caller's own is then not ready, and any other is not found, whether it exists or not.
 */
export function whyNot(order: Owed | null, { account, isTheirs, isPaid }: Asker, now: Date): NotNow | null {
  const isOwn = order?.account == null ? isTheirs : order.account === account;
  if (!isOwn) return 'NOT_FOUND';
  if (order?.state === 'CLOSED') return 'NOT_PAYABLE';
  if (order?.state === 'PAID' || isPaid) return 'ALREADY_PAID';
  if (order?.account == null || order.state === 'PLACED') return 'NOT_READY';
  return now.getTime() >= order.payBy ? 'NOT_PAYABLE' : null;
}

const HOUR = 3_600_000;

/** So long a wallet may be filled by one top-up, in ms; nobody comes back to a payment page after that. */
export const TOP_UP_WITHIN = HOUR;

/** Whether anybody still wants an open payment. What nobody wants is cancelled at the provider. */
export function isWanted(
  payment: { order?: string | null | undefined; startedAt: number },
  order: Owed | null,
  now: Date,
): boolean {
  if (!payment.order) return now.getTime() < payment.startedAt + TOP_UP_WITHIN;
  return order?.state === 'PLACED' || order?.state === 'DUE';
}
