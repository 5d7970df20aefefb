// The shopping search, which several subgraphs resolve in part: its checks and defaults, the same in each of them.
import { airport } from './airports.ts';
import { badInput, type BadArgument } from '../errors.ts';
import { isDate } from './scalars.ts';
import { localTime } from './zoned-time.ts';
import { addDays } from '../values/days.ts';
import { type Cabin, companionNeeded, MOST_TRAVELLERS, type Party, type TravellerType } from './fare-words.ts';

/** A ShoppingInput after checks and with defaults. */
export interface Search {
  origin: string;
  destination: string;
  date: string;
  /** Time of the search in milliseconds since 1970 UTC, and the date at the origin. */
  now: number;
  today: string;
  party: Party;
  cabin: Cabin;
  currency: string;
}

/** ShoppingInput as resolvers receive it. */
export interface ShoppingInput {
  origin: string;
  destination: string;
  departureDate: string;
  travellers?: readonly { type: TravellerType; count: number }[] | null | undefined;
  cabin?: Cabin | null | undefined;
  currency?: string | null | undefined;
}

/** The last searchable day, in days from today: carriers file their schedules about a year ahead. */
const DAYS_AHEAD = 361;

/**
 * The search for this input. Throws BAD_USER_INPUT with all faults at once: each names its argument, what is wrong and
 * what is allowed, in the message and in `extensions.faults`.
 */
export function search(input: ShoppingInput, now: Date): Search {
  const faults: BadArgument[] = [];
  const refuse = (argument: string, message: string): void =>
    void faults.push({ argument: `input.${argument}`, message });

  const origin = airport(input.origin);
  const unknown = (code: string): string => `there is no airport ${code}; give the IATA code of one, as DEL.`;
  if (!origin) refuse('origin', unknown(input.origin));
  if (input.origin === input.destination) {
    refuse('destination', `it is the origin ${input.origin}; give another airport.`);
  } else if (!airport(input.destination)) refuse('destination', unknown(input.destination));

  const today = localTime(now, origin?.timeZone ?? 'UTC').slice(0, 10);
  const last = addDays(today, DAYS_AHEAD);
  if (!isDate(input.departureDate)) {
    refuse('departureDate', `${input.departureDate} is no day; give one that exists as YYYY-MM-DD.`);
  } else if (input.departureDate < today) {
    refuse('departureDate', `${input.departureDate} is past at the origin; give ${today} to ${last}.`);
  } else if (input.departureDate > last) {
    refuse('departureDate', `${input.departureDate} is more than ${DAYS_AHEAD} days ahead; give ${today} to ${last}.`);
  }

  const party = partyOf(input.travellers ?? [{ type: 'ADULT', count: 1 }]);
  if (typeof party === 'string') refuse('travellers', party);

  if (faults.length || typeof party === 'string' || !origin) throw badInput(faults);
  return {
    origin: input.origin,
    destination: input.destination,
    date: input.departureDate,
    now: now.getTime(),
    today,
    party,
    cabin: input.cabin ?? 'ECONOMY',
    currency: input.currency ?? origin.currency,
  };
}

function partyOf(travellers: readonly { type: TravellerType; count: number }[]): Party | string {
  const party = { ADULT: 0, CHILD: 0, INFANT: 0 };
  for (const { type, count } of travellers) {
    if (count < 1) return `${count} of ${type} is not possible; give at least 1, or leave the type out.`;
    party[type] += count;
  }
  const all = party.ADULT + party.CHILD + party.INFANT;
  if (all < 1 || all > MOST_TRAVELLERS)
    return `${all} travellers are not possible; 1 to ${MOST_TRAVELLERS} are allowed.`;
  return companionNeeded(party) ?? party;
}
