// The provider's statement: all intents with their captures and refunds, in pages.
import type { PaymentStatement, StatedIntent } from '../payment-provider.ts';
import { type Books, booksOf } from './books.ts';
import { readJournal } from './journal.ts';

const PAGE = 500; // intents

/** The page after an intent, in the order in which the intents were created. */
export function paymentStatementOf({ intents, refunds }: Books, after: string | null) {
  const all = [...intents.values()];
  const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const page = all.slice(start, start + PAGE);
  const byIntent = Map.groupBy(refunds, ([, { intent }]) => intent);
  const stated = page.map(({ id, reference, status, captured }): StatedIntent => {
    const own = (byIntent.get(id) ?? []).map(([key, { amount }]) => ({ key, amount }));
    return { id, reference, status, captured, refunds: own };
  });
  return { intents: stated, next: start + PAGE < all.length ? (page.at(-1)?.id ?? null) : null };
}

/**
 * The statement from a provider's log file alone, which another process may have open. A missing log is an empty one.
 */
export const paymentStatementIn = (file: string): PaymentStatement => ({
  statement: async (after) => paymentStatementOf(booksOf(readJournal(file)), after),
});
