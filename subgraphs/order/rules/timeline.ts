// Whether an order's timeline is complete: its status must follow from the entries, and each part needs an entry.
import { life, type OrderStatus, type OrderStep } from './order.ts';
import { MOST_TRIES } from './ticketing-retries.ts';

/** The fields of an entry that this check needs. */
export interface Entered {
  version: number;
  step: OrderStep;
  status: OrderStatus;
}

/** The fields of an order that this check needs: the parts that leave timeline entries. */
export interface OrderParts {
  id: string;
  status: OrderStatus;
  version: number;
  ticketingTries: number;
  cancellations: readonly { ticketsTakenBackAt?: number | null | undefined }[];
  refunds: readonly { because: string; state: string }[];
}

/** A sentence that says why the entries (oldest first) are incomplete for the order; null if they are complete. */
export function whyNotWhole(order: OrderParts, entries: readonly Entered[]): string | null {
  const { id, status, version } = order;
  const [first, ...later] = entries;
  if (first?.step !== 'PLACED') return `The timeline of ${id} does not begin with PLACED.`;
  if (first.status !== 'PENDING') return `The timeline of ${id} begins as ${first.status}.`;
  let last = first;
  for (const entry of later) {
    if (life[last.status][entry.step] !== entry.status)
      return `The timeline of ${id} lacks an entry before version ${entry.version}: ${entry.step} cannot follow ${last.status}.`;
    last = entry;
  }
  if (last.status !== status) return `The timeline of ${id} ends as ${last.status}, and the order is ${status}.`;
  if (last.version > version) return `The timeline of ${id} ends at version ${last.version}, the order at ${version}.`;
  return missingPart(order, entries) ?? missingVersion(order, entries);
}

/** Steps that change no status are checked by count: each part of the order was added with one such step. */
function missingPart({ id, cancellations, refunds }: OrderParts, entries: readonly Entered[]): string | null {
  const count = (...steps: OrderStep[]) => entries.filter(({ step }) => steps.includes(step)).length;
  const cancelled = entries.filter(
    ({ step }, n) => step === 'PARTLY_CANCELLED' || (step === 'CANCELLED' && entries[n - 1]?.status === 'TICKETED'),
  ).length;
  const wholePayments = refunds.filter(({ because }) => because !== 'CANCELLED' && because !== 'TICKETING_FAILED');
  const ended =
    refunds.filter(({ state }) => state === 'PAID_BACK').length +
    cancellations.filter(({ ticketsTakenBackAt }) => typeof ticketsTakenBackAt === 'number').length;
  const counts = [
    ['cancellations', cancellations.length, cancelled],
    ['payments sent back', wholePayments.length, count('PAYMENT_SENT_BACK', 'PAID_TOO_LATE')],
    ['refunds paid back and tickets taken back', ended, count('PARTLY_REFUNDED', 'REFUNDED', 'TICKETS_TAKEN_BACK')],
  ] as const;
  const wrong = counts.find(([, has, told]) => has !== told);
  return wrong ? `The timeline of ${id} has ${wrong[2]} entries for ${wrong[1]} ${wrong[0]}.` : null;
}

/**
 * Only a try at the issuer changes an order without an entry. A cancellation restarts the count of tries, and giving up
 * early sets it to the maximum at once.
 */
function missingVersion(order: OrderParts, { length }: readonly Entered[]): string | null {
  const { id, version, ticketingTries: tries, cancellations } = order;
  if (cancellations.length) return null;
  const silent = version - length;
  const isRight = tries < MOST_TRIES ? silent === tries : silent >= 1 && silent <= tries;
  return isRight ? null : `The timeline of ${id} has ${length} entries for ${version} versions and ${tries} tries.`;
}
