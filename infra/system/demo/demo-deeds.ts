// What each service did in the demo, in plain words: from the order's timeline, the events on the bus and the partners'
// logs.
import type { Event } from '../../../schema/events.ts';
import type { JournalEntry as ProviderEntry } from '../../partners/payment-provider/journal.ts';
import type { IssuerLogEntry as IssuerEntry } from '../../partners/ticket-issuer/log.ts';
import type { OrderSeen } from './demo-journey.ts';

/** An action of a service, with its time. */
export interface Deed {
  at: string;
  who: string;
  what: string;
}

/** Codes in words; a code that is not listed is printed alone. */
const words: Readonly<Record<string, string>> = {
  PLACED: 'accepts the order at the price that the offer promises',
  SEATS_HELD: 'records that its seats are held',
  PAID: 'records that it is paid',
  TICKETED: 'records that every traveller has a ticket',
  'order.placed': 'asks the stock subgraph for seats',
  'stock.held': 'announces that it holds the seats',
  'order.awaiting-payment': 'announces that the order can be paid',
  'payment.captured': 'announces that the money was captured',
  'order.paid': 'requests the sale of the seats and the tickets',
  'order.ticketed': 'requests the mail with the tickets',
  'intent.created': 'opens a payment page',
  'card.given': 'receives a card',
  'intent.captured': 'charges it',
  'webhook.due': 'has a webhook to send',
  'webhook.tried': 'has sent the signed webhook to the gateway',
  ISSUED: 'assigns a ticket number',
};

const inWords = (code: string, more = ''): string => `${words[code] ?? ''} (${code}${more})`.trimStart();

/** The actions that the order's timeline and mails record. */
export const deedsOf = ({ timeline, mails }: OrderSeen): Deed[] => [
  ...timeline.map(({ at, step, status, cause }) => ({
    at,
    who: 'order',
    what: inWords(step, `, by ${cause}: it is ${status}`),
  })),
  ...mails.flatMap(({ kind, sentAt }) =>
    sentAt === null ? [] : [{ at: sentAt, who: 'notify', what: `has sent the mail (${kind})` }],
  ),
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
  what: inWords(entry.did, 'number' in entry && entry.number !== null ? ` ${entry.number}` : ''),
});

/** A line per action, in chronological order, with the seconds since the first. */
export function chronicle(deeds: readonly Deed[]): string[] {
  const sorted = deeds.toSorted((a, b) => a.at.localeCompare(b.at));
  const since = (at: string) => ((Date.parse(at) - Date.parse(sorted[0]?.at ?? at)) / 1000).toFixed(3).padStart(7);
  return sorted.map(({ at, who, what }) => `  ${since(at)}  ${who.padEnd(16)}  ${what}`);
}
