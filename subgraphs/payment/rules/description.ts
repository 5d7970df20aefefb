// What a payment is for, in the words that the payer reads on the provider's page. Nothing personal: no names.
import { flightLine } from '../../../schema/terms/e-ticket.ts';
import type { Payload } from '../../../schema/events.ts';

/** Lists of more flights are cut, so that no provider refuses a payment for the length of its description. */
const MOST_FLIGHTS = 12;

/** A payment that fills a wallet. */
export const TOP_UP = 'Top-up of your wallet';

/** An order: its number, then a line for each flight. */
export function describeOrder({ number, flights }: NonNullable<Payload<'order.awaiting-payment'>['bought']>): string {
  const more = flights.length - MOST_FLIGHTS;
  const lines = flights.slice(0, MOST_FLIGHTS).map(flightLine);
  return [`Order ${number}`, ...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}
