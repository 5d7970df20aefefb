// The wallet's double entry: money never appears or vanishes, it goes from one ledger account to another.

/** A ledger account: somebody's wallet, what the card provider holds for us, or what was paid for orders. */
export type LedgerAccount = `wallet:${string}` | 'provider' | 'orders';

/** A line of a transaction: minor units into an account, or out of it where negative. */
export interface Line {
  ledger: LedgerAccount;
  amount: number;
}

export type Movement = 'TOP_UP' | 'PAYMENT' | 'REFUND';

export const walletOf = (account: string): LedgerAccount => `wallet:${account}`;

/** The lines of a movement of somebody's money; they sum to zero. Throws on an amount that is not positive and whole. */
export function linesOf(movement: Movement, account: string, amount: number): readonly [Line, Line] {
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new Error(`${amount} is no amount to move`);
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

/** The most that a top-up may add, in minor units. */
export const MOST_AT_ONCE = 1_000_000_000;
