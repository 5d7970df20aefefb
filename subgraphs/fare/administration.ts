// What managers may do to fares: create, change and withdraw them, and which fares must not stand beside each other.
import { airport } from '../../schema/airports.ts';
import { addDays } from '../../schema/shopping.ts';
import { localTime } from '../../schema/zoned-time.ts';
import { type Draft, type DraftFault, draftOf, readDraft } from './draft.ts';
import { type FiledFare, type Filing, flight, identity } from './filing.ts';

/** A fare as those who manage it see it. */
export interface ManagedFare {
  id: string;
  /** 1 when it was filed, one more with each change. */
  revision: number;
  /** Not on offer any more; kept for its history. */
  withdrawn: boolean;
  terms: FiledFare;
  /** Null for a fare that was filed before this was recorded. */
  filedAt: Date | null;
  /** The account that filed it; null for an import on the database itself. */
  filedBy: string | null;
}

export type RefusalCode = 'NOT_FOUND' | 'CONFLICT' | 'WITHDRAWN' | 'OVERLAP' | 'PAST';

/** Why a fare stays as it is. */
export interface Refused {
  refused: RefusalCode;
  because: string;
  /** The fares that cover the same dates. */
  collidesWith: readonly string[];
  /** The fare as it is; null when there is none. */
  current: ManagedFare | null;
}

export type ChangeKind = 'CREATED' | 'CHANGED' | 'WITHDRAWN' | 'IMPORTED';

/** What becomes of a fare. */
export interface Decided {
  kind: ChangeKind;
  terms: FiledFare;
  withdrawn: boolean;
  /** The fares whose days change for shoppers: as it was and as it is. */
  touched: readonly FiledFare[];
  /** What opens departures. */
  scheduled: readonly Filing[];
}

/** What the fare is to be after these changes, of which those that are missing leave it as it is. */
export function proposal(
  current: ManagedFare | null,
  changes: Partial<Draft>,
  expectedRevision: number,
): { filing: Filing } | { fault: DraftFault } | Refused {
  const refusal = stale(current, expectedRevision);
  if (refusal || !current) return refusal!;
  return readDraft({ ...draftOf({ ...current.terms, capacity: null }), ...changes });
}

/**
 * Whether `next` may be filed, as a new fare or in place of `before`; null when nothing would change. `beside` are
 * the fares that are not withdrawn and could be its rivals.
 */
export function place(
  next: Filing,
  before: ManagedFare | null,
  beside: readonly ManagedFare[],
  now: Date,
): Decided | Refused | null {
  const { capacity: _, ...terms } = next;
  if (before && sameTerms(before.terms, terms)) return null;
  const today = localTime(now, airport(next.origin)!.timeZone).slice(0, 10);
  if (next.lastDate < today) {
    return refuse('PAST', `Its last date ${next.lastDate} is past at ${next.origin}: nobody could buy it.`, before);
  }
  const collidesWith = rivalsOf(next, before, beside).map(({ id }) => id);
  if (collidesWith.length) {
    const because = `A fare of the same flight, cabin, brand, traveller type, currency and fare basis covers some of these dates already: ${collidesWith.join(', ')}.`;
    return { ...refuse('OVERLAP', because, before), collidesWith };
  }
  const opens = gained(next, before && departsAlike(before.terms, next) ? before.terms : null);
  return {
    kind: before ? 'CHANGED' : 'CREATED',
    terms,
    withdrawn: false,
    touched: before ? [before.terms, terms] : [terms],
    scheduled: opens.map(({ first, last }) => ({ ...next, firstDate: first, lastDate: last })),
  };
}

/** Takes a fare off sale. */
export function withdraw(current: ManagedFare | null, expectedRevision: number): Decided | Refused {
  const refusal = stale(current, expectedRevision);
  if (refusal || !current) return refusal!;
  return { kind: 'WITHDRAWN', terms: current.terms, withdrawn: true, touched: [current.terms], scheduled: [] };
}

const refuse = (refused: RefusalCode, because: string, current: ManagedFare | null): Refused => ({
  refused,
  because,
  collidesWith: [],
  current,
});

/** Why the fare is not the one that the manager decided on. */
function stale(current: ManagedFare | null, expectedRevision: number): Refused | null {
  if (!current) return refuse('NOT_FOUND', 'There is no such fare.', null);
  if (current.withdrawn) return refuse('WITHDRAWN', 'The fare was withdrawn; create another one.', current);
  if (current.revision === expectedRevision) return null;
  const because = `The fare is at revision ${current.revision} and not ${expectedRevision}: look at it again, then decide.`;
  return refuse('CONFLICT', because, current);
}

/**
 * The fares that `next` must not stand beside: its rivals that cover a date which it would newly cover, and the very
 * same fare. Files may hold rivals on the same dates; what they cover already a change does not have to give up.
 */
function rivalsOf(next: FiledFare, before: ManagedFare | null, beside: readonly ManagedFare[]): ManagedFare[] {
  const covered = before && rivalry(before.terms) === rivalry(next) ? before.terms : null;
  const dates = gained(next, covered);
  return beside.filter(
    ({ id, terms }) =>
      id !== before?.id &&
      rivalry(terms) === rivalry(next) &&
      (identity(terms) === identity(next) ||
        dates.some(({ first, last }) => terms.firstDate <= last && first <= terms.lastDate)),
  );
}

/** The text that is the same for fares that must not cover the same date. No fare basis is a fare basis here. */
const rivalry = (fare: FiledFare): string =>
  JSON.stringify([flight(fare), fare.cabin, fare.brand, fare.travellerType, fare.currency, fare.fareBasis]);

const departsAlike = (a: FiledFare, b: FiledFare): boolean => flight(a) === flight(b) && a.cabin === b.cabin;

const sameTerms = (a: FiledFare, b: FiledFare): boolean =>
  identity(a) === identity(b) && a.amount === b.amount && a.note === b.note;

/** The dates that a fare covers and `before` does not. */
function gained(next: FiledFare, before: FiledFare | null): { first: string; last: string }[] {
  if (!before) return [{ first: next.firstDate, last: next.lastDate }];
  const earlier = { first: next.firstDate, last: least(next.lastDate, addDays(before.firstDate, -1)) };
  const later = { first: most(next.firstDate, addDays(before.lastDate, 1)), last: next.lastDate };
  return [earlier, later].filter(({ first, last }) => first <= last);
}

const least = (a: string, b: string): string => (a < b ? a : b);
const most = (a: string, b: string): string => (a > b ? a : b);
