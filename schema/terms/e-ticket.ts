// An e-ticket: the data that its documents show, and its wording.
import { airport } from './airports.ts';
import { carrierName } from './carriers.ts';
import type { Money } from './money.ts';
import type { PromisedOffer } from './offer-token.ts';
import type { TravellerType } from './fare-words.ts';

/** One flight of a journey; instants have the offset of their airport. */
export type TicketFlight = PromisedOffer['slices'][number];

/** The journey of one offer. */
export type Journey = Pick<PromisedOffer, 'cabin' | 'brand' | 'conditions' | 'slices'>;

export interface ETicket {
  /** By the IATA pattern, as 098-2400000001. */
  number: string;
  status: 'ISSUED' | 'VOID';
  /** UTC. */
  issuedAt: string;
  /** The order's short number, for people. */
  orderNumber: string;
  traveller: { name: string; type: TravellerType };
  journeys: readonly Journey[];
  /** The price of this traveller's ticket. */
  price: Money;
}

const types: Readonly<Record<TravellerType, string>> = { ADULT: 'adult', CHILD: 'child', INFANT: 'infant' };
/** An instant with its offset, as local date and time: Tue 24 Mar 2026, 22:20 (UTC+05:30). */
export function when(instant: string): string {
  const [date = '', time = ''] = instant.split('T');
  const day = new Date(`${date}T00:00:00Z`).toUTCString().slice(0, 16).replace(/, 0?/, ' ');
  const offset = /[+-]\d\d:\d\d$/.exec(time)?.[0] ?? '';
  return `${day}, ${time.slice(0, 5)} (UTC${offset})`;
}

/** An airport as travellers know it: Delhi (DEL), Indira Gandhi International Airport. */
export function airportTitle(code: string): string {
  const known = airport(code);
  return known ? `${known.city} (${code}), ${known.name}` : code;
}

/** A flight in a heading: Delhi to Bengaluru. */
export const route = ({ origin, destination }: Pick<TicketFlight, 'origin' | 'destination'>): string =>
  [origin, destination].map((code) => airport(code)?.city ?? code).join(' to ');

/** An airport's time zone, as Asia/Kolkata. */
export const zone = (code: string): string => airport(code)?.timeZone ?? '';

/** A flight's name, as IndiGo 6E 2131: the airline's name if known, its code, and the number if there is one. */
export const flightName = ({ carrier, flightNumber }: Pick<TicketFlight, 'carrier' | 'flightNumber'>): string =>
  [carrierName(carrier), carrier, flightNumber].filter(Boolean).join(' ');

/** A flight on one line, as IndiGo 6E 2131: Delhi to Bengaluru, Tue 24 Mar 2026, 22:20 (UTC+05:30). */
export const flightLine = (flight: Omit<TicketFlight, 'arrival' | 'stops'>): string =>
  `${flightName(flight)}: ${route(flight)}, ${when(flight.departure)}`;

/** An enum value in words: PREMIUM_ECONOMY is Premium economy. */
export const worded = (word: string): string => word.slice(0, 1) + word.slice(1).toLowerCase().replaceAll('_', ' ');

/** The conditions of a journey after purchase, a sentence each. */
export function conditionsOf({ conditions }: Journey): string[] {
  const { refundable, refundFeePercent, refundableUntilHours, note } = conditions;
  const until = refundableUntilHours ? `until ${refundableUntilHours} hours before departure` : 'until departure';
  const fee = refundFeePercent ? `, less ${refundFeePercent} % of the price` : ', in full';
  return [refundable ? `Refundable ${until}${fee}.` : 'Not refundable.', ...(note ? [note] : [])];
}

/** The facts at the top of the document, by name. */
export function facts({ number, orderNumber, traveller, price, issuedAt }: ETicket): [name: string, value: string][] {
  return [
    ['Traveller', `${traveller.name} (${types[traveller.type]})`],
    ['Ticket number', number],
    ['Order', orderNumber],
    ['Price', `${grouped(price.amount)} ${price.currency}`],
    ['Issued', when(issuedAt.replace(/:\d\d(\.\d+)?Z$/, ':00+00:00'))],
  ];
}

const grouped = (amount: string): string => amount.replace(/\B(?<!\..*)(?=(\d{3})+(?!\d))/g, ',');

/** The notice on a void ticket. */
export const VOID_NOTICE = 'This ticket is void. It is not good for travel.';
