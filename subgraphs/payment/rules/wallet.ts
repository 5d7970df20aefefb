// Double-entry bookkeeping for wallets: money never appears or vanishes, it moves from one ledger account to another.

/** A ledger account: a customer's wallet, the money the card provider holds for us, or the money paid for orders. */
export type LedgerAccount = `wallet:${string}` | 'provider' | 'orders';

/** A line of a transaction: minor units into a ledger account, negative if out of it. */
export interface Line {
  ledger: LedgerAccount;
  amount: number;
}

export type Movement = 'TOP_UP' | 'PAYMENT' | 'REFUND';

export const walletOf = (account: string): LedgerAccount => `wallet:${account}`;

/** The lines of a wallet movement; they sum to zero. Throws an Error if the amount is not a positive integer. */
export function linesOf(movement: Movement, account: string, amount: number): readonly [Line, Line] {
  if (!Number.isSafeInteger(amount) || amount <= 0)
    throw new Error(`${amount} cannot be moved: the amount must be a positive integer`);
  const wallet = walletOf(account);
  switch (movement) {
    case 'TOP_UP':
      return [line('provider', -amount), line(wallet, amount)];
    case 'PAYMENT':
      return [line(wallet, -amount), line('orders', amount)];
    case 'REFUND':
      return [line('orders', -amount), line(wallet, amount)];
  }
}

const line = (ledger: LedgerAccount, amount: number): Line => ({ ledger, amount });

/** The largest top-up, in minor units. */
export const MOST_TOP_UP = 1_000_000_000;
