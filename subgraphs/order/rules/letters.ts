// The texts of the mails about an order.
import { present } from '../../../schema/values/present.ts';
import type { Letter, Paragraph } from '../../../infra/partners/mail.ts';
import { flightLine } from '../../../schema/terms/e-ticket.ts';
import { money } from '../../../schema/terms/money.ts';
import type { MailKind, OwedMail } from './mail-kinds.ts';
import { travellerIn, type Order, type Refund } from './order.ts';
import { pageUrl, statusOf } from './ticket-document.ts';

/** The id of an order's mail; it stays the same when the mail is sent again. */
export const mailId = ({ orderId, kind, refund }: OwedMail): string =>
  [orderId, kind.toLowerCase(), refund].filter(Boolean).join('.');

/** A mail without its attachments; null if the contact is deleted. */
export function letterOf(mail: OwedMail, order: Order, publicUrl: string, now: Date): Letter | null {
  if (!order.contact) return null;
  const { subject, says } = wordings[mail.kind](order, publicUrl, mail.refund);
  return {
    id: mailId(mail),
    to: order.contact.email,
    subject: `${subject} – order ${order.number}`,
    paragraphs: ['Hello,', ...says, 'Kind regards\nFareloom'],
    attachments: [],
    at: now,
  };
}

type Wording = (order: Order, publicUrl: string, refund: string) => { subject: string; says: readonly Paragraph[] };

const wordings: Readonly<Record<MailKind, Wording>> = {
  PAID: (order) => ({
    subject: 'We have your payment',
    says: [
      `thank you: we have received ${sum(order)} for your order ${order.number}.`,
      flights(order),
      'Your tickets are being issued and will arrive in a separate mail, usually within a minute.',
    ],
  }),
  TICKETED: (order, publicUrl) => ({
    subject: 'Your tickets',
    says: [
      `here are the tickets for your order ${order.number}. Each is attached as a PDF and has its own page.`,
      flights(order),
      ...order.tickets
        .filter((ticket) => statusOf(order, ticket) === 'ISSUED')
        .map((ticket) => {
          const { person } = travellerIn(order, ticket.traveller);
          return { words: `Ticket ${ticket.number}, ${person?.name ?? ''}`, url: pageUrl(publicUrl, ticket) };
        }),
      'Keep this mail to yourself: anyone with these links can see the tickets. Have a good journey!',
    ],
  }),
  CLOSED: (order) => ({
    subject: 'Your order is closed',
    says: [
      `your order ${order.number} was not paid in time or was cancelled, so it is closed and its seats are free again.`,
      moneyOf(order),
      'If you still want to travel, search again: prices may have changed.',
    ],
  }),
  REJECTED: (order) => ({
    subject: 'We could not hold your seats',
    says: [
      `we are sorry: the seats of your order ${order.number} are no longer available, so the order was not accepted.`,
      moneyOf(order),
      'Another flight or another day may have seats: search again.',
    ],
  }),
  PARTLY_REFUNDED: (order, _, refundId) => {
    const refund = present(
      order.refunds.find(({ id }) => id === refundId),
      'A mail is about a refund that its order does not have.',
    );
    return {
      subject: 'Money is on its way back to you',
      says: [
        `we have paid back ${worded(refund.amount, refund.currency)} for your order ${order.number}, the way you paid.`,
        reasonOf(refund, order),
        'It can take your bank a few days to show it.',
      ],
    };
  },
  REFUNDED: (order) => ({
    subject: 'Your money is on its way back',
    says: [
      `we have paid back ${sums(order.refunds.filter(({ state }) => state === 'PAID_BACK'))} for your order ${order.number}, the way you paid.`,
      'It can take your bank a few days to show it. Tickets of this order are no longer good.',
    ],
  }),
};

const sum = ({ amount, currency }: Order): string => worded(amount, currency);

/** What happened to the money of an order that ended without tickets. */
function moneyOf({ refunds }: Order): string {
  if (!refunds.length) return 'We have received no payment for it; if one still arrives, we will pay it back in full.';
  const isBack = refunds.every(({ state }) => state === 'PAID_BACK');
  return isBack
    ? `You had paid ${sums(refunds)}; we have paid it back, the way you paid.`
    : `You have paid ${sums(refunds)}; we will pay it back, the way you paid, and write to you when that is done.`;
}

/** Why a refund was paid although the order continues, or ended for another reason. */
function reasonOf({ because, cancellation }: Refund, order: Order): string {
  if (cancellation !== null) {
    const fee = order.cancellations.find(({ id }) => id === cancellation)?.fee;
    const kept = fee ? `, less the fee of ${worded(fee, order.currency)} under the conditions of the fare` : '';
    const gone = order.travellers.filter((traveller) => traveller.cancellation === cancellation);
    const names = gone.flatMap(({ person }) => (person ? [person.name] : [])).join(', ');
    return `It is the price of the tickets that were cancelled (${names})${kept}. The other tickets stay valid.`;
  }
  if (because === 'WRONG_AMOUNT')
    return `The amount differs from the order’s ${sum(order)}, so it does not count as payment.`;
  if (because === 'PAID_BEFORE') return 'The order was already paid; your first payment is not affected.';
  return 'The order could not be paid at that time.';
}

/** One sum for each currency, in words. */
const sums = (refunds: readonly Refund[]): string =>
  [...Map.groupBy(refunds, ({ currency }) => currency)]
    .map(([currency, each]) =>
      worded(
        each.reduce((total, { amount }) => total + amount, 0),
        currency,
      ),
    )
    .join(' and ');

function worded(minor: number, currency: string): string {
  const { amount } = money(minor, currency);
  return `${amount} ${currency}`;
}

const flights = ({ items }: Order): string =>
  items
    .flatMap(({ offer }) => offer.slices)
    .map(flightLine)
    .join('\n');
