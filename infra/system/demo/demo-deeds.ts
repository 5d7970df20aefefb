// What each service did in the demo, in plain words: by the order's timeline, the events on the bus, the partners' logs.
import type { Event } from '../../../schema/events.ts';
import type { Entry as ProviderEntry } from '../../partners/payment-provider/journal.ts';
import type { Entry as IssuerEntry } from '../../partners/ticket-issuer/log.ts';
import type { OrderSeen } from './demo-journey.ts';

/** Something that a service did, and when. */
export interface Deed {
  at: string;
  who: string;
  what: string;
}

/** What is only named by its code elsewhere; whatever is not here shows its code. */
const words: Readonly<Record<string, string>> = {
  PLACED: 'takes the order in, at the price that the offer promises',
  SEATS_HELD: 'notes that its seats are held',
  PAID: 'notes that it is paid',
  TICKETED: 'notes that everybody has a ticket',
  'order.placed': 'asks the stock room for seats',
  'stock.held': 'holds the seats, and says so',
  'order.awaiting-payment': 'tells the payment room that it may be paid',
  'payment.captured': 'tells the order room that the money is there',
  'order.paid': 'has the seats sold and the tickets issued',
  'order.ticketed': 'has the tickets mailed',
  'intent.created': 'opens a payment page',
  'card.given': 'is given a card',
  'intent.captured': 'charges it',
  'webhook.due': 'has a webhook to send',
  'webhook.tried': 'has sent the webhook, signed, to the gateway',
  ISSUED: 'gives a ticket number',
};

const inWords = (code: string, more = ''): string => `${words[code] ?? ''} (${code}${more})`.trimStart();

/** What the order itself tells. */
export const deedsOf = ({ timeline, mails }: OrderSeen): Deed[] => [
  ...timeline.map(({ at, step, status, cause }) => ({
    at,
    who: 'order',
    what: inWords(step, `, by ${cause}: it is ${status}`),
  })),
  ...mails.map(({ kind, sentAt }) => ({ at: sentAt!, who: 'notify', what: `has sent the mail (${kind})` })),
];

export const announced = ({ time, source, type }: Event): Deed => ({
  at: time,
  who: source.slice(1),
  what: inWords(type),
});

export const byProvider = ({ at, type }: ProviderEntry): Deed => ({ at, who: 'payment provider', what: inWords(type) });

export const byIssuer = (entry: IssuerEntry): Deed => ({
  at: entry.at,
  who: 'ticket issuer',
  what: inWords(entry.did, 'number' in entry ? ` ${entry.number}` : ''),
});

/** A line each, in the order in which they were done, with the seconds since the first. */
export function chronicle(deeds: readonly Deed[]): string[] {
  const sorted = deeds.toSorted((a, b) => a.at.localeCompare(b.at));
  const since = (at: string) => ((Date.parse(at) - Date.parse(sorted[0]!.at)) / 1000).toFixed(3).padStart(7);
  return sorted.map(({ at, who, what }) => `  ${since(at)}  ${who.padEnd(16)}  ${what}`);
}
