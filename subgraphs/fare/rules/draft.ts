// A draft: a fare as text, from a row of a file or a form. Reads it as a filing, or finds its first fault.
import { money, minorUnits } from '../../../schema/terms/money.ts';
import { addDays } from '../../../schema/values/days.ts';
import type { Brand, Cabin, TravellerType } from '../../../schema/terms/fare-words.ts';
import { amountAdvice } from './draft-amount.ts';
import { codes, type FieldName, fields, OPTIONAL, REQUIRED } from './draft-fields.ts';
import { timesOf } from './draft-times.ts';
import type { FiledFare, Filing } from './filing.ts';

/** The text of each field; a field without a value is the empty text. */
export type Draft = Readonly<Record<FieldName, string>>;

/** Why a draft is refused: the field with the fault, and its value. */
export interface DraftFault {
  field: FieldName;
  value: string;
  /** What is wrong, if the value does not show it, and what to do. */
  advice: string;
}

const FIELDS: readonly FieldName[] = [...REQUIRED, ...OPTIONAL];

/** A draft with every field empty. */
export const blank = Object.fromEntries(FIELDS.map((name) => [name, ''])) as Draft;

/** The filing that a draft describes, with all dates moved by `shiftWeeks`; or the first fault. */
export function readDraft(draft: Draft, shiftWeeks = 0): { filing: Filing } | { fault: DraftFault } {
  const fault = faultIn(draft);
  if (fault) return { fault };
  const times = timesOf(draft, shiftWeeks);
  if ('advice' in times) return { fault: faultOf(draft, times.field, times.advice) };
  return {
    filing: {
      carrier: draft.carrier,
      flightNumber: draft.flightNumber || null,
      origin: draft.origin,
      destination: draft.destination,
      via: codes(draft.via),
      ...times,
      cabin: draft.cabin as Cabin,
      brand: (draft.brand || 'STANDARD') as Brand,
      travellerType: draft.travellerType as TravellerType,
      fareBasis: draft.fareBasis || null,
      amount: minorUnits(draft.amount, draft.currency)!,
      currency: draft.currency,
      note: draft.note || null,
      capacity: draft.capacity ? Number(draft.capacity) : null,
    },
  };
}

/** A filing as a draft. */
export const draftOf = (filing: Filing): Draft => ({
  carrier: filing.carrier,
  flightNumber: filing.flightNumber ?? '',
  origin: filing.origin,
  destination: filing.destination,
  via: filing.via.join('|'),
  departsLocal: departsLocal(filing),
  arrivesLocal: arrivesLocal(filing),
  lastDate: filing.lastDate,
  cabin: filing.cabin,
  brand: filing.brand,
  travellerType: filing.travellerType,
  fareBasis: filing.fareBasis ?? '',
  amount: money(filing.amount, filing.currency).amount,
  currency: filing.currency,
  note: filing.note ?? '',
  capacity: filing.capacity === null ? '' : String(filing.capacity),
});

/** The first departure of a fare by the clock at its origin, as 2026-03-24T22:20 or 2026-11-01T01:50-05:00. */
export const departsLocal = ({ firstDate, departs }: FiledFare): string => `${firstDate}T${departs}`;

/** The arrival of a fare's first departure by the clock at its destination. */
export const arrivesLocal = ({ firstDate, arrivalDays, arrives }: FiledFare): string =>
  `${addDays(firstDate, arrivalDays)}T${arrives}`;

/** The first fault that does not depend on a clock. */
function faultIn(draft: Draft): DraftFault | undefined {
  const wrong = FIELDS.find((field) => !fields[field].accepts(draft[field]));
  if (wrong) {
    const { advice, names } = fields[wrong];
    const named = names?.(draft[wrong]);
    return faultOf(draft, wrong, named ? `${named}; ${advice}` : advice);
  }
  const landings = [draft.origin, ...codes(draft.via), draft.destination];
  if (draft.origin === draft.destination) {
    return faultOf(draft, 'destination', 'it is the origin; give another airport');
  }
  if (landings.some((code, i) => code === landings[i - 1])) {
    return faultOf(draft, 'via', 'it repeats the airport before or after; give each landing on the way once');
  }
  const advice = amountAdvice(draft.amount, draft.currency, draft.travellerType);
  return advice === undefined ? undefined : faultOf(draft, 'amount', advice);
}

function faultOf(draft: Draft, field: FieldName, advice: string): DraftFault {
  const value = draft[field];
  const end = value.startsWith(' ') ? 'begins' : 'ends';
  return { field, value, advice: value === value.trim() ? advice : `it ${end} with a blank; ${advice}` };
}
