// Reconciles our databases with the partners' statements, in both directions.
import { type KnownTicket, ticketsAfter, ticketsOf } from '../../../subgraphs/order/store/checks-store.ts';
import { atProviderAfter, paymentsOf, refundsByPayment } from '../../../subgraphs/payment/store/checks-store.ts';
import { isOpen } from '../../../subgraphs/payment/rules/payment.ts';
import type { PaymentRow, RefundRow } from '../../../subgraphs/payment/store/tables.ts';
import { type VerifyCheck, type AuditResult, Unanswered } from '../../database/audit.ts';
import type { Database } from '../../database/database.ts';
import type { Statements } from '../partner-wiring.ts';
import type { StatedIntent } from '../../partners/payment-provider.ts';
import type { StatedTicket } from '../../partners/ticket-issuer.ts';

const SHOWN = 100; // findings
const PAGE = 500; // rows

/** Checks that the payment provider and the ticket issuer agree with our databases. */
export const partnersAgree = (order: Database, payment: Database, statements: Statements): VerifyCheck[] => [
  {
    name: 'payment provider',
    sentence: 'The provider captured and refunded exactly what our payments and refunds say.',
    find: async () => {
      const partner = await statements.payments();
      return compared({
        stated: () =>
          pages(
            'payment provider',
            (after) => partner.statement(after),
            ({ intents }) => intents,
          ),
        idOf: ({ id }) => id,
        differences: (page) => paymentDifferences(payment, page),
        ours: (after) => atProviderAfter(payment, after, PAGE),
        nameOf: ({ intent }) => intent,
        missing: ({ id, intent }) => `${id}: the provider does not know its intent ${intent}.`,
      });
    },
  },
  {
    name: 'ticket issuer',
    sentence: 'The issuer issued and voided exactly the tickets that our orders have.',
    find: async () => {
      const partner = await statements.tickets();
      return compared({
        stated: () =>
          pages(
            'ticket issuer',
            (after) => partner.statement(after),
            ({ tickets }) => tickets,
          ),
        idOf: ({ number }) => number,
        differences: (page) => ticketDifferences(order, page),
        ours: (after) => ticketsAfter(order, after, PAGE),
        nameOf: ({ number }) => number,
        missing: ({ id, number }) => `${id}: the issuer does not know its number ${number}.`,
      });
    },
  },
];

/** All pages of a statement. Throws Unanswered when the partner does not return one. */
async function* pages<Page extends { next: string | null }, Item>(
  name: string,
  ask: (after: string | null) => Promise<Page>,
  items: (page: Page) => readonly Item[],
): AsyncGenerator<readonly Item[]> {
  for (let after: string | null = null; ;) {
    const page: Page = await ask(after).catch((cause: unknown) => {
      const said = cause instanceof Error ? cause.message : String(cause);
      throw new Unanswered(`the ${name} gave no statement: ${said}`, { cause });
    });
    yield items(page);
    if (page.next === null) return;
    after = page.next;
  }
}

interface Comparison<Stated, Ours extends { id: string }> {
  stated: () => AsyncGenerator<readonly Stated[]>;
  idOf: (stated: Stated) => string;
  /** A sentence for each item on a page of the statement that we lack or that differs from ours. */
  differences: (page: readonly Stated[]) => Promise<string[]>;
  ours: (after: string) => Promise<readonly Ours[]>;
  /** The partner's id for it. */
  nameOf: (ours: Ours) => string;
  /** The sentence about an item of ours that the statement lacks. */
  missing: (ours: Ours) => string;
}

/**
 * First compares the partner's items, page by page, then finds ours that it lacks. Only the partner's ids stay in
 * memory.
 */
async function compared<Stated, Ours extends { id: string }>(of: Comparison<Stated, Ours>): Promise<AuditResult> {
  const offending: string[] = [];
  const seen = new Set<string>();
  for await (const page of of.stated()) {
    for (const each of page) seen.add(of.idOf(each));
    offending.push(...(await of.differences(page)));
  }
  let rows = seen.size;
  for (let after: string | undefined = ''; after !== undefined;) {
    const page = await of.ours(after);
    const unknown = page.filter((each) => !seen.has(of.nameOf(each)));
    rows += unknown.length;
    offending.push(...unknown.map(of.missing));
    after = page.length < PAGE ? undefined : page.at(-1)?.id;
  }
  return { rows, offending: offending.slice(0, SHOWN) };
}

async function paymentDifferences(payment: Database, page: readonly StatedIntent[]): Promise<string[]> {
  const ours = await paymentsOf(
    payment,
    page.map(({ reference }) => reference),
  );
  const refunds = await refundsByPayment(payment, [...new Set([...ours.values()].flatMap(({ order }) => order ?? []))]);
  return page.flatMap((stated) => paymentDifference(stated, ours.get(stated.reference), refunds));
}

function paymentDifference(
  stated: StatedIntent,
  ours: PaymentRow | undefined,
  refunds: ReadonlyMap<string, readonly RefundRow[]>,
): string[] {
  if (!ours) return [`${stated.id}: the provider has it for a payment that does not exist here.`];
  const { id } = ours;
  if (ours.intent !== stated.id)
    return isOpen(ours) ? [] : [`${id}: the provider has ${stated.id} for it, which the payment does not name.`];
  if (isOpen(ours)) return []; // the provider is asked about it: 'payment: limits' checks that
  const took = amountOf(stated.captured?.amount ?? 0, stated.captured?.currency);
  const here = amountOf(ours.captured, ours.capturedCurrency);
  return [
    ...(took === here ? [] : [`${id}: the provider captured ${took}, here it is ${here}, ${ours.status}.`]),
    ...(stated.status === 'OPEN' || stated.status === 'PROCESSING'
      ? [`${id}: it can still be paid at the provider, here it is ${ours.status}.`]
      : []),
    ...refundDifferences(id, stated, refunds.get(id) ?? []),
  ];
}

const amountOf = (amount: number, currency: string | null | undefined): string =>
  amount ? `${amount} ${currency ?? 'of no currency'}` : 'nothing';

/** A refund that is still due here may already be made there: the worker requests it again under the same key. */
function refundDifferences(id: string, { refunds }: StatedIntent, ours: readonly RefundRow[]): string[] {
  const made = new Map(refunds.map((refund) => [refund.key, refund]));
  const known = new Map(ours.map((refund) => [refund.id, refund]));
  return [
    ...refunds.flatMap(({ key, amount }) => {
      const here = known.get(key);
      if (!here || here.status === 'REFUSED') return [`${id}: the provider paid ${amount} back without a refund here.`];
      return here.amount === amount ? [] : [`${key}: the provider paid ${amount} back, here it is ${here.amount}.`];
    }),
    ...ours
      .filter((refund) => refund.status === 'PAID_BACK' && !made.has(refund.id))
      .map((refund) => `${refund.id}: it is paid back here, but not at the provider.`),
  ];
}

async function ticketDifferences(order: Database, page: readonly StatedTicket[]): Promise<string[]> {
  const { statuses, tickets } = await ticketsOf(order, [...new Set(page.map((each) => each.order))]);
  return page.flatMap(
    (stated) => ticketDifference(stated, statuses.get(stated.order), tickets.get(stated.traveller)) ?? [],
  );
}

/** A PAID order is gaining or losing its tickets, and the issuer is always called first: a difference is no fault. */
function ticketDifference(
  { number, status }: StatedTicket,
  order: string | undefined,
  ours: KnownTicket | undefined,
): string | null {
  if (order === undefined) return `${number}: the issuer has it for an order that does not exist here.`;
  if (order === 'PAID') return null;
  if (!ours) return status === 'VOID' ? null : `${number}: it is valid at the issuer, but no ticket here.`;
  if (ours.number !== number) return `${ours.id}: its number is ${number} at the issuer and ${ours.number} here.`;
  if (status === 'VOID' && !ours.isVoid && !ours.isVoiding)
    return `${ours.id}: ${number} is void at the issuer, but valid here.`;
  if (status === 'ISSUED' && ours.isVoid) return `${ours.id}: ${number} is valid at the issuer, but void here.`;
  return null;
}
