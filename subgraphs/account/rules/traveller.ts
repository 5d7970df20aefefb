// Validation of saved travellers.
import { type Decision, isRefused, type Refusal } from '../../../schema/errors.ts';
import { personName } from '../../../schema/terms/person-name.ts';
import type { SavedTravellerRow } from '../store/tables.ts';

/** The most travellers that an account can save: enough for a large family and its friends. */
export const MOST_SAVED_TRAVELLERS = 30;

/** A traveller as stored, without id and account. */
export type StoredTraveller = Omit<SavedTravellerRow, 'id' | 'account'>;

/** The input of a traveller. The dates are valid: the GraphQL scalars have checked them. */
export interface TravellerInput {
  name: string;
  birthDate: string;
  document?: { kind: 'PASSPORT' | 'IDENTITY_CARD'; number: string; country: string; expiresOn: string } | null;
}

/** The traveller to save, or a refusal that says why it cannot be saved. `today` is a date as 2026-03-24. */
export function travellerOf(
  { birthDate, document, ...wanted }: TravellerInput,
  today: string,
): Decision<StoredTraveller, 'INVALID_TRAVELLER'> {
  const kept = personName(wanted.name);
  if (isRefused(kept)) return invalid(kept.because);
  if (birthDate > today) return invalid(`The birth date ${birthDate} is in the future.`);
  if (birthDate < '1900-01-01') return invalid(`The birth date ${birthDate} is too long ago.`);
  if (document && !/^[A-Za-z0-9]{5,20}$/.test(document.number))
    return invalid("A document's number has 5 to 20 letters and digits.");
  if (document && !/^[A-Z]{2}$/.test(document.country))
    return invalid("A document's country is two capital letters, as IN.");
  if (document && document.expiresOn < today) return invalid(`The document expired on ${document.expiresOn}.`);
  return {
    name: kept.name,
    birthDate,
    documentKind: document?.kind ?? null,
    documentNumber: document?.number.toUpperCase() ?? null,
    documentCountry: document?.country ?? null,
    documentExpiresOn: document?.expiresOn ?? null,
  };
}

const invalid = (because: string): Refusal<'INVALID_TRAVELLER'> => ({ refused: 'INVALID_TRAVELLER', because });
