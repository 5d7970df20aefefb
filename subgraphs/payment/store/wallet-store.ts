// The only reader and writer of wallets and their ledger.
import { type EntityManager, raw } from '@mikro-orm/core';
import type { Database } from '../../../infra/database/database.ts';
import { keyset } from '../../../infra/database/keyset.ts';
import type { Page } from '../../../schema/terms/connection.ts';
import { LedgerEntry, type LedgerEntryRow, Wallet, type WalletRow } from './tables.ts';
import { linesOf, type Movement, walletOf } from '../rules/wallet.ts';

/** A movement of an account's money; `transaction` is the id of the payment or refund, and is used once. */
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
 * Moves money in the transaction of `em`: updates the wallet and adds the ledger's lines. If the wallet has too little, it
 * changes nothing and resolves with false. One conditional UPDATE decides, so that no race makes the balance negative.
 */
export async function move(
  em: EntityManager,
  { account, currency, amount, movement, now, ...of }: Move,
): Promise<boolean> {
  const wallet = walletOf(account);
  const lines = linesOf(movement, account, amount);
  const change = lines.reduce((sum, line) => sum + (line.ledger === wallet ? line.amount : 0), 0);
  const enough = { account, currency, balance: { $gte: Math.max(0, -change) } };
  const update = () => em.nativeUpdate(Wallet, enough, { balance: raw<number>(`balance + (${change})`) });
  if (!(await update())) {
    if (change < 0) return false;
    await openWallet(em, account, currency);
    await update();
  }
  await em.insertMany(
    LedgerEntry,
    lines.map((line) => ({ ...line, ...of, currency, movement, at: now.getTime() })),
  );
  return true;
}

/**
 * Inserts an empty wallet if there is none. If another transaction has just inserted the row, merging takes the exclusive
 * lock that the update needs; ignoring would take a shared lock, and two transactions that hold it would deadlock.
 */
const openWallet = (em: EntityManager, account: string, currency: string) =>
  em.upsert(
    Wallet,
    { account, currency, balance: 0 },
    { onConflictAction: 'merge', onConflictMergeFields: ['currency'] },
  );

export interface Wallets {
  /** The account's wallets, by currency. */
  of(account: string): Promise<WalletRow[]>;
  /** A page of the wallet's entries, newest first, by position. */
  entries(wallet: WalletRow, page: Page): Promise<LedgerEntryRow[]>;
  count(wallet: WalletRow): Promise<number>;
  /** All entries of the wallet, oldest first. */
  history(wallet: WalletRow): Promise<LedgerEntryRow[]>;
}

const entriesOf = ({ account, currency }: WalletRow) => ({ ledger: walletOf(account), currency });

export const openWallets = (db: Database): Wallets => ({
  of: (account) => db.read().find(Wallet, { account }, { orderBy: { currency: 'asc' } }),

  entries(wallet, page) {
    const { conditions, page: stretch } = keyset<LedgerEntryRow>([['position', 'desc']], page);
    return db.read().find(LedgerEntry, { $and: [entriesOf(wallet), ...conditions] }, stretch);
  },
  count: (wallet) => db.read().count(LedgerEntry, entriesOf(wallet)),
  history: (wallet) => db.read().find(LedgerEntry, entriesOf(wallet), { orderBy: { position: 'asc' } }),
});
