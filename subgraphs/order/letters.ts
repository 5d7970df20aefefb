// What travellers are told by mail, and in which words.
import type { Letter, Paragraph } from '../../infra/mail.ts';
import { designator, route, when } from '../../schema/e-ticket.ts';
import { money } from '../../schema/money.ts';
import type { Order } from './order.ts';
import { pageUrl, statusOf } from './ticket-document.ts';

/** What is told: each once for an order. */
export const mailKinds = ['PAID', 'TICKETED', 'CLOSED', 'REJECTED', 'REFUNDED'] as const;
export type MailKind = (typeof mailKinds)[number];

/** A letter but for its attachments; null where nobody is known any more to whom it could go. */
export function letterOf(kind: MailKind, order: Order, publicUrl: string, now: Date): Letter | null {
  if (!order.contact) return null;
  const { subject, says } = wordings[kind](order, publicUrl);
  return {
    id: `${order.id}.${kind.toLowerCase()}`,
    to: order.contact.email,
    subject: `${subject} – order ${order.number}`,
    paragraphs: ['Hello,', ...says, 'Kind regards\nFareloom'],
    attachments: [],
    at: now,
  };
}

type Wording = (order: Order, publicUrl: string) => { subject: string; says: readonly Paragraph[] };

const wordings: Readonly<Record<MailKind, Wording>> = {
  PAID: (order) => ({
    subject: 'We have your payment',
    says: [
      `thank you: we have received ${sum(order)} for your order ${order.number}.`,
      flights(order),
      'Your tickets are being issued and come in a mail of their own, usually within a minute.',
    ],
  }),
  TICKETED: (order, publicUrl) => ({
    subject: 'Your tickets',
    says: [
      `here are the tickets of your order ${order.number}. Each is attached as a PDF and has a page of its own.`,
      flights(order),
      ...order.tickets
        .filter((ticket) => statusOf(order, ticket) === 'ISSUED')
        .map((ticket) => {
          const { person } = order.travellers.find(({ id }) => id === ticket.traveller)!;
          return { words: `Ticket ${ticket.number}, ${person?.name ?? ''}`, url: pageUrl(publicUrl, ticket) };
        }),
      'Keep this mail to yourself: whoever has these addresses can see the tickets. Have a good journey!',
    ],
  }),
  CLOSED: (order) => ({
    subject: 'Your order is closed',
    says: [
      `your order ${order.number} was not paid in time or was cancelled, so it is closed and its seats are free again.`,
      'Nothing was charged. If you still want to travel, search again: prices may have changed.',
    ],
  }),
  REJECTED: (order) => ({
    subject: 'We could not hold your seats',
    says: [
      `we are sorry: the seats of your order ${order.number} are no longer to be had, so there is no order.`,
      'Nothing was charged. Another flight or another day may have seats: search again.',
    ],
  }),
  REFUNDED: (order) => ({
    subject: 'Your money is on its way back',
    says: [
      `we have paid back ${refunded(order)} for your order ${order.number}, the way you paid.`,
      'It can take your bank a few days to show it. Tickets of this order are no longer good.',
    ],
  }),
};

const sum = ({ amount, currency }: Order): string => worded(amount, currency);

function refunded({ refunds, currency }: Order): string {
  const back = refunds.filter((each) => each.state === 'PAID_BACK' && each.currency === currency);
  return worded(
    back.reduce((total, { amount }) => total + amount, 0),
    currency,
  );
}

function worded(minor: number, currency: string): string {
  const { amount } = money(minor, currency);
  return `${amount} ${currency}`;
}

const flights = ({ items }: Order): string =>
  items
    .flatMap(({ offer }) => offer.slices)
    .map((flight) => `${designator(flight)}: ${route(flight)}, ${when(flight.departure)}`)
    .join('\n');
