// The only reader and writer of wallets and of the ledger behind them.
import { type EntityManager, raw } from '@mikro-orm/core';
import type { Database } from '../../infra/database.ts';
import { LedgerEntry, type LedgerEntryRow, Wallet, type WalletRow } from './tables.ts';
import { linesOf, type Movement, walletOf } from './wallet.ts';

/** A movement of somebody's money; `transaction` is the payment's or the refund's id, and good for one. */
export interface Move {
  movement: Movement;
  transaction: string;
  payment: string;
  account: string;
  amount: number;
  currency: string;
  now: Date;
}

/**
 * Moves money in the transaction of `em`: the wallet and the ledger's lines, or nothing and false where the wallet has
 * too little. One conditional UPDATE decides, so that no race makes it negative.
 */
export async function move(
  em: EntityManager,
  { account, currency, amount, movement, now, ...of }: Move,
): Promise<boolean> {
  const wallet = walletOf(account);
  const lines = linesOf(movement, account, amount);
  const change = lines.find(({ ledger }) => ledger === wallet)!.amount;
  if (change > 0) await em.upsert(Wallet, { account, currency, balance: 0 }, { onConflictAction: 'ignore' });
  const enough = { account, currency, balance: { $gte: Math.max(0, -change) } };
  const isMoved = await em.nativeUpdate(Wallet, enough, { balance: raw<number>(`balance + (${change})`) });
  if (!isMoved) return false;
  await em.insertMany(
    LedgerEntry,
    lines.map((line) => ({ ...line, ...of, currency, movement, at: now.getTime() })),
  );
  return true;
}

export interface Wallets {
  /** What the account has, by currency. */
  of(account: string): Promise<WalletRow[]>;
  /** The wallet's entries, the newest first, up to `most` below a position. */
  entries(wallet: WalletRow, below: number | null, most: number): Promise<LedgerEntryRow[]>;
}

export const openWallets = (db: Database): Wallets => ({
  of: (account) => db.read().find(Wallet, { account }, { orderBy: { currency: 'asc' } }),

  entries: ({ account, currency }, below, most) =>
    db
      .read()
      .find(
        LedgerEntry,
        { ledger: walletOf(account), currency, ...(below !== null && { position: { $lt: below } }) },
        { orderBy: { position: 'desc' }, limit: most },
      ),
});
