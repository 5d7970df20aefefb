// Checks of money across the order and payment subgraphs: all captured money is in tickets, in fees, or refunded.
import {
  areOrders,
  areRefunds,
  orderBooks,
  ordersAfter,
  type Owing,
  owingAfter,
  paidAfter,
  type RefundTold,
  refundsTold,
} from '../../../subgraphs/order/store/checks-store.ts';
import {
  capturedAfter,
  payablesAfter,
  payablesOf,
  paymentsOf,
  refundsAfter,
  refundsOf,
  type Taken,
  takenFor,
} from '../../../subgraphs/payment/store/checks-store.ts';
import type { PayableState } from '../../../subgraphs/payment/rules/payable.ts';
import { money } from '../../../schema/terms/money.ts';
import { type VerifyCheck, pagedCheck } from '../../database/audit.ts';
import type { Database } from '../../database/database.ts';

/** The payable states allowed for an order status; any other state is a fault. */
const payable: Readonly<
  Record<Awaited<ReturnType<typeof ordersAfter>>[number]['status'], readonly (PayableState | undefined)[]>
> = {
  PENDING: ['PLACED'],
  AWAITING_PAYMENT: ['DUE'],
  PAID: ['PAID'],
  TICKETED: ['PAID'],
  CLOSING: ['CLOSED'],
  CLOSED: ['CLOSED'],
  REJECTED: ['CLOSED'],
  REFUNDING: ['PAID', 'CLOSED'],
  REFUNDED: ['PAID', 'CLOSED'],
};

/** Checks that the order subgraph and the payment subgraph agree about money. */
export const moneyFitsOrders = (order: Database, payment: Database): VerifyCheck[] => [
  booksAgree(order, payment),
  pagedCheck({
    name: 'orders and what they owe',
    sentence: 'An order that awaits payment can be paid: by its account, at its price, until its time limit.',
    read: (after, most) => owingAfter(order, after, most),
    idOf: ({ id }) => id,
    async bad(page) {
      const owed = await payablesOf(
        payment,
        page.map(({ id }) => id),
      );
      return page.filter((owing) => !isOwed(owing, owed.get(owing.id))).map(({ id }) => id);
    },
  }),
  pagedCheck({
    name: 'orders and payables',
    sentence: 'The payment subgraph knows every order and whether it can be paid.',
    read: (after, most) => ordersAfter(order, after, most),
    idOf: ({ id }) => id,
    async bad(page) {
      const owed = await payablesOf(
        payment,
        page.map(({ id }) => id),
      );
      return page.filter(({ id, status }) => !payable[status].includes(owed.get(id)?.state)).map(({ id }) => id);
    },
  }),
  pagedCheck({
    name: 'payables and orders',
    sentence: 'Nothing is owed for an order that does not exist.',
    read: (after, most) => payablesAfter(payment, after, most),
    idOf: (id) => id,
    async bad(page) {
      const there = await areOrders(order, page);
      return page.filter((id) => !there.has(id));
    },
  }),
  pagedCheck({
    name: 'orders and payments',
    sentence: 'The payment that an order names belongs to it and captured exactly its price.',
    read: (after, most) => paidAfter(order, after, most),
    idOf: ({ id }) => id,
    async bad(page) {
      const payments = await paymentsOf(
        payment,
        page.map(({ paymentId }) => paymentId),
      );
      return page
        .filter(({ id, paymentId, amount, currency }) => {
          const named = payments.get(paymentId);
          return named?.order !== id || named.captured !== amount || named.capturedCurrency !== currency;
        })
        .map(({ id }) => id);
    },
  }),
  pagedCheck({
    name: 'payments and orders',
    sentence: 'No money was captured for an order that does not exist.',
    read: (after, most) => capturedAfter(payment, after, most),
    idOf: ({ id }) => id,
    async bad(page) {
      const there = await areOrders(order, [...new Set(page.map((each) => each.order))]);
      return page.filter((each) => !there.has(each.order)).map(({ id }) => id);
    },
  }),
  pagedCheck({
    name: 'orders and refunds',
    sentence:
      'Every refund of an order matches the payment subgraph: the payment, the amount, and whether it is paid back.',
    read: (after, most) => refundsTold(order, after, most),
    idOf: ({ id }) => id,
    async bad(page) {
      const paid = await refundsOf(
        payment,
        page.map(({ id }) => id),
      );
      return page.filter((told) => !isSame(told, paid.get(told.id))).map(({ id }) => id);
    },
  }),
  pagedCheck({
    name: 'refunds and orders',
    sentence: 'No money is refunded without an order that requires it.',
    read: (after, most) => refundsAfter(payment, after, most),
    idOf: (id) => id,
    async bad(page) {
      const asked = await areRefunds(order, page);
      return page.filter((id) => !asked.has(id));
    },
  }),
];

type Payable = Awaited<ReturnType<typeof payablesOf>> extends Map<string, infer Row> ? Row : never;

/** A payment that the order does not know yet makes no difference: only the order's own events change the state. */
const isOwed = (owing: Owing, owed: Payable | undefined): boolean =>
  owed?.state === 'DUE' &&
  owed.account === owing.account &&
  owed.amount === owing.amount &&
  owed.currency === owing.currency &&
  owed.payBy === owing.payBy;

type Kept = Awaited<ReturnType<typeof refundsOf>> extends Map<string, infer Row> ? Row : never;

const isSame = (told: RefundTold, kept: Kept | undefined): boolean =>
  kept?.order === told.orderId &&
  kept.payment === told.paymentId &&
  kept.amount === told.amount &&
  kept.currency === told.currency &&
  kept.status !== 'REFUSED' &&
  told.isBack === (kept.status === 'PAID_BACK');

const nothing = { captured: 0, refunded: 0, tickets: 0, fees: 0, underWay: 0 };
type Books = typeof nothing;

const add = (a: Books, b: Partial<Books>): Books => ({
  captured: a.captured + (b.captured ?? 0),
  refunded: a.refunded + (b.refunded ?? 0),
  tickets: a.tickets + (b.tickets ?? 0),
  fees: a.fees + (b.fees ?? 0),
  underWay: a.underWay + (b.underWay ?? 0),
});

const isEven = ({ captured, refunded, tickets, fees, underWay }: Books): boolean =>
  captured - refunded === tickets + fees + underWay;

/**
 * Compares order by order, so that it works on a running system: money that moves meanwhile affects only its own order.
 */
function booksAgree(order: Database, payment: Database): VerifyCheck {
  let totals = new Map<string, Books>();
  return pagedCheck({
    name: 'money',
    sentence: 'In each currency captured - refunded = tickets + fees + money on its way, for each order.',
    read(after, most) {
      if (!after) totals = new Map();
      return orderBooks(order, after, most);
    },
    idOf: ({ id }) => id,
    async bad(page) {
      const taken = await takenFor(
        payment,
        page.map(({ id }) => id),
      );
      return page
        .filter(({ id, of }) => {
          const books = together(of, taken.get(id) ?? []);
          for (const [currency, each] of books) totals.set(currency, add(totals.get(currency) ?? nothing, each));
          return ![...books.values()].every(isEven);
        })
        .map(({ id }) => id);
    },
    totals: () => [...totals].sort().map(([currency, books]) => lineOf(currency, books)),
  });
}

/** An order's totals from both subgraphs, by currency. */
function together(said: readonly (Partial<Books> & { currency: string })[], taken: readonly Taken[]) {
  const books = new Map<string, Books>();
  for (const { currency, ...each } of [...said, ...taken])
    books.set(currency, add(books.get(currency) ?? nothing, each));
  return books;
}

function lineOf(currency: string, { captured, refunded, tickets, fees, underWay }: Books): string {
  const of = (minor: number) => money(minor, currency).amount;
  const kept = `${currency} ${of(captured)} captured - ${of(refunded)} refunded`;
  return `${kept}: ${of(tickets)} in tickets, ${of(fees)} in fees, ${of(underWay)} on its way`;
}
