// Checks of an offer's travellers: as many of each type as the offer is for, the right age on the day, no duplicates.
import { type BadArgument, isRefused } from '../../../schema/errors.ts';
import type { PromisedOffer } from '../../../schema/terms/offer-token.ts';
import { nameKey, personName } from '../../../schema/terms/person-name.ts';
import { type TravellerType, travellerTypes } from '../../../schema/terms/fare-words.ts';
import type { Person } from './order.ts';

/** A traveller as given in the request. The graph's scalars have checked that the dates exist. */
export interface WantedTraveller {
  name: string;
  birthDate: string;
  type: TravellerType;
  document?: Person['document'] | undefined;
}

const AGES: Readonly<Record<TravellerType, readonly [from: number, below: number, said: string]>> = {
  ADULT: [12, 130, '12 years or older'],
  CHILD: [2, 12, '2 to 11 years old'],
  INFANT: [0, 2, 'under 2 years old'],
};

/** The age in years on a day; negative before birth. Both are dates. */
function ageOn(day: string, birthDate: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/**
 * All faults of the travellers of one offer; `at` names the argument, for example input.offers[0].travellers.
 * `now` is the time of the request: a birth date may not be after that day.
 */
export function travellerFaults(
  offer: PromisedOffer,
  travellers: readonly WantedTraveller[],
  at: string,
  now: Date,
): BadArgument[] {
  const day = offer.slices[0].departure.slice(0, 10);
  const today = now.toISOString().slice(0, 10);
  return [
    ...partyFaults(offer, travellers, at),
    ...travellers.flatMap((traveller, i) => personFaults(traveller, { day, today }, `${at}[${i}]`)),
    ...twins(travellers, at),
  ];
}

function partyFaults({ travellers: party }: PromisedOffer, travellers: readonly WantedTraveller[], argument: string) {
  const wanted = (type: TravellerType) => party.find((each) => each.type === type)?.count ?? 0;
  const given = (type: TravellerType) => travellers.filter((each) => each.type === type).length;
  const wrong = travellerTypes.filter((type) => wanted(type) !== given(type));
  const faults = wrong.map((type) => `the offer is for ${wanted(type)} of type ${type}, but ${given(type)} are given.`);
  return faults.map((message): BadArgument => ({ argument, message }));
}

function personFaults(
  { name, birthDate, type, document }: WantedTraveller,
  { day, today }: { day: string; today: string },
  at: string,
): BadArgument[] {
  const faults: BadArgument[] = [];
  const refuse = (argument: string, message: string) => void faults.push({ argument: `${at}.${argument}`, message });
  const kept = personName(name);
  if (isRefused(kept)) refuse('name', kept.because);
  const age = ageOn(day, birthDate);
  const [from, below, said] = AGES[type];
  if (birthDate > today) refuse('birthDate', `${birthDate} is in the future; give the day of birth.`);
  else if (age < from || age >= below) refuse('birthDate', `on the day of departure, ${day}, ${type} is ${said}.`);
  if (!document) return faults;
  if (!/^[A-Za-z0-9]{5,20}$/.test(document.number)) refuse('document.number', 'give 5 to 20 letters and digits.');
  if (!/^[A-Z]{2}$/.test(document.country)) refuse('document.country', 'give two capital letters, for example IN.');
  if (document.expiresOn < day)
    refuse('document.expiresOn', `the document expires before the day of departure, ${day}.`);
  return faults;
}

/** A fault for each traveller with the same name and birth date as an earlier one. */
function twins(travellers: readonly WantedTraveller[], at: string): BadArgument[] {
  const seen = new Map<string, number>();
  return travellers.flatMap((traveller, i) => {
    const key = personKey(traveller);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, i);
    return first === undefined
      ? []
      : [{ argument: `${at}[${i}]`, message: `this is the same traveller as ${at}[${first}].` }];
  });
}

/** A key that is the same for the same person, however the name is written. */
export const personKey = ({ name, birthDate }: Pick<WantedTraveller, 'name' | 'birthDate'>): string =>
  `${nameKey(name)} ${birthDate}`;

/** The personal data as the order stores it. */
export function personOf({ name, birthDate, document }: WantedTraveller): Person {
  const kept = personName(name);
  if (isRefused(kept)) throw new TypeError('a traveller was stored without being checked');
  return {
    ...kept,
    birthDate,
    document: document ? { ...document, number: document.number.toUpperCase() } : null,
  };
}
