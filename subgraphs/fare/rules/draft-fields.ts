// The fields of a draft fare, from a file or a form: which there are, and which values each accepts on its own.
import { airport } from '../../../schema/terms/airports.ts';
import { decimals } from '../../../schema/terms/money.ts';
import { clockTime, reading } from '../../../schema/terms/clock-reading.ts';
import { brands, cabins, travellerTypes } from '../../../schema/terms/fare-words.ts';

/** The fields that every draft must have. */
export const REQUIRED = [
  'carrier',
  'flightNumber',
  'origin',
  'destination',
  'via',
  'departsLocal',
  'arrivesLocal',
  'cabin',
  'travellerType',
  'amount',
  'currency',
  'note',
] as const;
/** The fields that can be left out. */
export const OPTIONAL = ['fareBasis', 'brand', 'capacity', 'lastDate'] as const;

/** A field of a draft fare. */
export type FieldName = (typeof REQUIRED | typeof OPTIONAL)[number];

interface Field {
  accepts: (value: string) => boolean;
  advice: string;
  /** The fault in the value, where the value does not show it. */
  names?: (value: string) => string | undefined;
}

const pattern = (accepted: RegExp, advice: string): Field => ({ accepts: (value) => accepted.test(value), advice });

const oneOf = (words: readonly string[], advice: string): Field => ({
  accepts: (value) => words.includes(value),
  advice,
});

const place: Field = {
  accepts: (value) => airport(value) !== undefined,
  advice: 'no airport has this code; give an IATA code in capitals, as DEL',
};

const time: Field = {
  accepts: (value) => clockTime(value) !== undefined,
  advice:
    'give a local time that exists as YYYY-MM-DDThh:mm, as 2026-03-24T22:20, or with its offset, as 2026-11-01T01:50-05:00',
};

/** The airport codes of a `via`. */
export const codes = (via: string): string[] => (via ? via.split('|') : []);

const MOST_STOPS = 6;
const LONGEST_NOTE = 255; // characters; the width of the column on every database

/** The values that each field accepts on its own. */
export const fields: Record<FieldName, Field> = {
  carrier: pattern(/^[A-Z0-9]{2}$/, "give an airline's two-character code in capitals and digits, as 6E"),
  flightNumber: pattern(/^(\d{1,4}[A-Z]?)?$/, 'give 1 to 4 digits and at most one capital, as 2131, or leave it empty'),
  origin: place,
  destination: place,
  via: {
    accepts: (value) => codes(value).length <= MOST_STOPS && codes(value).every(place.accepts),
    advice: `give up to ${MOST_STOPS} IATA codes of airports joined by |, as IXR|BBI, or leave it empty`,
    names(value) {
      const unknown = codes(value).find((code) => !place.accepts(code));
      return unknown === undefined ? undefined : `no airport has the code ${JSON.stringify(unknown.slice(0, 60))}`;
    },
  },
  departsLocal: time,
  arrivesLocal: time,
  cabin: oneOf(cabins, 'give ECONOMY, PREMIUM_ECONOMY, BUSINESS or FIRST'),
  travellerType: oneOf(travellerTypes, 'give ADULT, CHILD or INFANT'),
  amount: { accepts: () => true, advice: '' }, // needs the currency and the traveller: draft-amount.ts
  currency: {
    accepts: (value) => /^[A-Z]{3}$/.test(value) && decimals(value) !== undefined,
    advice: 'give an ISO 4217 code in capitals, as INR',
  },
  note: pattern(
    // text direction controls would reverse the text of a ticket
    new RegExp(`^[^\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]{0,${LONGEST_NOTE}}$`, 'u'),
    `give at most ${LONGEST_NOTE} characters, no tabs or other control characters`,
  ),
  fareBasis: pattern(/^[A-Z0-9/-]{0,20}$/, 'give up to 20 capitals, digits, / and -, as YFLEX, or leave it empty'),
  brand: oneOf(['', ...brands], 'give LIGHT, STANDARD or FLEX, or leave it empty for STANDARD'),
  capacity: pattern(/^(\d{1,3}|1000)?$/, 'give a whole number of seats from 0 to 1000, or leave it empty'),
  lastDate: {
    accepts: (value) => value === '' || reading(`${value}T00:00`) !== undefined,
    advice: 'give a day that exists as YYYY-MM-DD, as 2026-03-31, or leave it empty',
  },
};
