// The description of a payment on the provider's page. It contains no personal data: no names.
import { flightLine } from '../../../schema/terms/e-ticket.ts';
import type { Payload } from '../../../schema/events.ts';

/** Longer lists are cut, so that no provider refuses a payment because of a long description. */
const MOST_FLIGHTS = 12;

/** The description of a wallet top-up. */
export const TOP_UP = 'Top-up of your wallet';

/** The description of an order: its number, then a line for each flight. */
export function describeOrder({ number, flights }: NonNullable<Payload<'order.awaiting-payment'>['bought']>): string {
  const more = flights.length - MOST_FLIGHTS;
  const lines = flights.slice(0, MOST_FLIGHTS).map(flightLine);
  return [`Order ${number}`, ...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}
