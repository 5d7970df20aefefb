// What is saved of a traveller, and what can be.
import { personName } from '../../../schema/terms/person-name.ts';
import type { SavedTravellerRow } from '../store/tables.ts';

/** How many travellers an account saves: a large family and its friends. */
export const MOST_TRAVELLERS = 30;

/** A traveller as it is saved, without whose it is. */
export type Traveller = Omit<SavedTravellerRow, 'id' | 'account'>;

/** A traveller as somebody wants it saved. The dates exist, as the graph's scalars saw to it. */
export interface Wanted {
  name: string;
  birthDate: string;
  document?: { kind: 'PASSPORT' | 'IDENTITY_CARD'; number: string; country: string; expiresOn: string } | null;
}

/** The traveller to save, or a sentence that says why it cannot be. `today` is a date. */
export function travellerOf({ birthDate, document, ...wanted }: Wanted, today: string): Traveller | string {
  const kept = personName(wanted.name);
  if ('because' in kept) return kept.because;
  if (birthDate > today) return `The birth date ${birthDate} is in the future.`;
  if (birthDate < '1900-01-01') return `The birth date ${birthDate} is too long ago.`;
  if (document && !/^[A-Za-z0-9]{5,20}$/.test(document.number))
    return "A document's number has 5 to 20 letters and digits.";
  if (document && !/^[A-Z]{2}$/.test(document.country)) return "A document's country is two capital letters, as IN.";
  if (document && document.expiresOn < today) return `The document expired on ${document.expiresOn}.`;
  return {
    name: kept.name,
    birthDate,
    documentKind: document?.kind ?? null,
    documentNumber: document?.number.toUpperCase() ?? null,
    documentCountry: document?.country ?? null,
    documentExpiresOn: document?.expiresOn ?? null,
  };
}
