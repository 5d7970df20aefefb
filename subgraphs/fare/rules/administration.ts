// How managers may create, change and withdraw fares, and which fares must not cover the same dates.
import type { Refusal } from '../../../schema/errors.ts';
import { knownAirport } from '../../../schema/terms/airports.ts';
import { localTime } from '../../../schema/terms/zoned-time.ts';
import { arrivesLocal, type Draft, type DraftFault, draftOf, readDraft } from './draft.ts';
import { fields } from './draft-fields.ts';
import { type FiledFare, type Filing, flight, identity } from './filing.ts';
import { collides, gained } from './rivalry.ts';

/** A fare as managers see it. */
export interface ManagedFare {
  id: string;
  /** Starts at 1; each change adds one. */
  revision: number;
  /** No longer on offer; kept for its history. */
  withdrawn: boolean;
  terms: FiledFare;
  /** Null for a fare that was filed before this was recorded. */
  filedAt: Date | null;
  /** The account that filed it; null for an import on the database itself. */
  filedBy: string | null;
}

type RefusalCode = 'NOT_FOUND' | 'CONFLICT' | 'WITHDRAWN' | 'OVERLAP' | 'PAST';

/** Why a fare stays as it is. */
export interface FareChangeRefused extends Refusal<RefusalCode> {
  /** The fares that cover the same dates. */
  collidesWith: readonly string[];
  /** The fare as it is; null when there is none. */
  current: ManagedFare | null;
}

export type ChangeKind = 'CREATED' | 'CHANGED' | 'WITHDRAWN' | 'IMPORTED';

/** The result of a change to a fare. */
export interface FareChangeDecided {
  kind: ChangeKind;
  terms: FiledFare;
  withdrawn: boolean;
  /** The fare before and after: the days of both change for shoppers. */
  touched: readonly FiledFare[];
  /** Filings whose departures are to be opened for sale. */
  scheduled: readonly Filing[];
}

/** The fare with these changes applied. Fields without a change keep their value. */
export function proposal(
  current: ManagedFare,
  changes: Partial<Draft>,
  expectedRevision: number,
): { filing: Filing } | { fault: DraftFault } | FareChangeRefused {
  const refusal = stale(current, expectedRevision);
  if (refusal) return refusal;
  const { terms } = current;
  return readDraft({ ...draftOf({ ...terms, capacity: null }), ...goingAlong(terms, changes), ...changes });
}

/**
 * The fields that follow a changed departure: the last date of a one-day fare, and the arrival where the departure
 * keeps its time of day.
 */
function goingAlong(terms: FiledFare, { departsLocal }: Partial<Draft>): Partial<Draft> {
  if (departsLocal === undefined || !fields.departsLocal.accepts(departsLocal)) return {};
  const [firstDate = '', departs = ''] = departsLocal.split('T');
  if (firstDate === terms.firstDate) return {};
  return {
    ...(terms.firstDate === terms.lastDate && { lastDate: firstDate }),
    ...(onClock(terms.departs) === onClock(departs) && {
      arrivesLocal: arrivesLocal({ ...terms, firstDate, arrives: onClock(terms.arrives) }),
    }),
  };
}

/** A time of day without its offset, which belongs to one date only. */
const onClock = (time: string): string => time.slice(0, '22:20'.length);

/**
 * Decides whether `next` may be filed, as a new fare or in place of `before`. Returns `before` when nothing would
 * change. `beside` are the fares on offer that could be rivals of `next`.
 */
export function placeFare(
  next: Filing,
  before: ManagedFare | null,
  beside: readonly ManagedFare[],
  now: Date,
): FareChangeDecided | FareChangeRefused | ManagedFare {
  const { capacity: _, ...terms } = next;
  if (before && sameTerms(before.terms, terms)) return before;
  const today = localTime(now, knownAirport(next.origin).timeZone).slice(0, 10);
  if (next.lastDate < today) {
    return refuse(
      'PAST',
      `Its last date ${next.lastDate} is past at ${next.origin}: it cannot be sold any more.`,
      before,
    );
  }
  const others = beside.filter(({ id }) => id !== before?.id);
  const collidesWith = others.filter(({ terms }) => collides(next, before?.terms ?? null, terms)).map(({ id }) => id);
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
export function withdraw(current: ManagedFare, expectedRevision: number): FareChangeDecided | FareChangeRefused {
  const refusal = stale(current, expectedRevision);
  if (refusal) return refusal;
  return { kind: 'WITHDRAWN', terms: current.terms, withdrawn: true, touched: [current.terms], scheduled: [] };
}

const refuse = (refused: RefusalCode, because: string, current: ManagedFare | null): FareChangeRefused => ({
  refused,
  because,
  collidesWith: [],
  current,
});

/** The refusal for an unknown id. */
export const noSuchFare = refuse('NOT_FOUND', 'There is no such fare.', null);

/** The refusal when the fare has changed since the manager read it, or was withdrawn. */
function stale(current: ManagedFare, expectedRevision: number): FareChangeRefused | null {
  if (current.withdrawn) return refuse('WITHDRAWN', 'The fare was withdrawn; create another one.', current);
  if (current.revision === expectedRevision) return null;
  const because = `The fare is at revision ${current.revision} and not ${expectedRevision}: look at it again, then decide.`;
  return refuse('CONFLICT', because, current);
}

const departsAlike = (a: FiledFare, b: FiledFare): boolean => flight(a) === flight(b) && a.cabin === b.cabin;

const sameTerms = (a: FiledFare, b: FiledFare): boolean =>
  identity(a) === identity(b) && a.amount === b.amount && a.note === b.note;
