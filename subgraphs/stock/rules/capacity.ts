// An operator's change of a departure's seats on sale: the total never falls below the seats held and sold.
import type { Refusal } from '../../../schema/errors.ts';
import type { Counts, Seats } from './seats.ts';

/** The most seats that one cabin of a departure can have: no aircraft has more. */
export const MOST_SEATS = 1000;

type CapacityRefusal = 'DEPARTURE_NOT_FOUND' | 'CONFLICT' | 'BELOW_SOLD';

/** Why a capacity does not change. `least` is the smallest possible total; null for an unknown departure. */
export interface CapacityRefused extends Refusal<CapacityRefusal> {
  least: number | null;
}

/** The change that a new total makes; null where the total is the same. `expected` is the revision the operator saw; null accepts any. */
export function recount(
  seats: Seats | undefined,
  total: number,
  expected: number | null,
): { change: Counts | null } | CapacityRefused {
  if (!seats) return { refused: 'DEPARTURE_NOT_FOUND', because: 'There is no such departure.', least: null };
  const { held, sold, revision } = seats;
  const least = held + sold;
  if (expected !== null && expected !== revision) {
    const because = `The departure is at revision ${revision} and not ${expected}: look at it again, then decide.`;
    return { refused: 'CONFLICT', because, least };
  }
  if (total < least) {
    const because = `${held} seats are held and ${sold} are sold: the total can be ${least} at least.`;
    return { refused: 'BELOW_SOLD', because, least };
  }
  const available = total - seats.total;
  return { change: available === 0 ? null : { available, held: 0, sold: 0 } };
}
