// The text in a ticket's bar code: laid out like IATA's bar-coded boarding pass (resolution 792), as before check-in.
import type { Cabin } from '../../../schema/terms/fare-words.ts';
import type { ETicket, TicketFlight } from '../../../schema/terms/e-ticket.ts';
import { latinName } from './latin-name.ts';
import { DAY } from '../../../schema/terms/durations.ts';

const MOST_LEGS = 4; // the format's limit
const NOT_CHECKED_IN = '0';
const VERSION = '6';

const compartments: Readonly<Record<Cabin, string>> = { ECONOMY: 'Y', PREMIUM_ECONOMY: 'W', BUSINESS: 'J', FIRST: 'F' };

/** M, the number of legs, the name and E, then each leg: 37 characters, the last two of which give in hexadecimal how many more follow. */
export function barCodeText({ number, orderNumber, traveller, journeys }: ETicket): string {
  const legs = journeys.flatMap(({ cabin, slices }) => slices.map((flight) => ({ cabin, flight }))).slice(0, MOST_LEGS);
  const reference = orderNumber.replace(/[^A-Z0-9]/g, '').slice(-7);
  const document = `0D${number.replace('-', '')}`; // thirteen digits of the ticket
  const fields = legs.map(({ cabin, flight }, nth) => {
    const more = nth === 0 ? `>${VERSION}00${document}` : document;
    return `${legText(reference, cabin, flight)}${hexadecimal(more.length)}${more}`;
  });
  return `M${legs.length}${surnameFirst(traveller.name).padEnd(20)}E${fields.join('')}`;
}

function legText(
  reference: string,
  cabin: Cabin,
  { origin, destination, carrier, flightNumber, departure }: TicketFlight,
) {
  const number = flightNumber ?? '';
  const digits = /^\d{1,4}$/.test(number) ? number.padStart(4, '0') : number;
  return [
    reference.padEnd(7),
    origin,
    destination,
    carrier.padEnd(3),
    digits.slice(0, 5).padEnd(5),
    dayOfYear(departure.slice(0, 10)),
    compartments[cabin],
    ''.padEnd(4), // the seat: at check-in
    ''.padEnd(5), // the sequence number: at check-in, too
    NOT_CHECKED_IN,
  ].join('');
}

/** A name in capital letters with the family name first: RAO/ASHA. At most twenty characters. */
export function surnameFirst(name: string): string {
  const { family, given } = latinName(name);
  return [family, given].map(capitals).filter(Boolean).join('/').slice(0, 20);
}

const capitals = (text: string): string =>
  text
    .toUpperCase()
    .split(/\s+/)
    .map((word) => word.replace(/[^A-Z]/g, ''))
    .filter(Boolean)
    .join(' ');

function dayOfYear(date: string): string {
  const day = (Date.parse(`${date}T00:00:00Z`) - Date.parse(`${date.slice(0, 4)}-01-01T00:00:00Z`)) / DAY + 1;
  return String(day).padStart(3, '0');
}

const hexadecimal = (count: number): string => count.toString(16).toUpperCase().padStart(2, '0');
