// What an audit reads of this room, a page at a time: it only looks, so that it may run on a live database.
import type { Database } from '../../infra/database.ts';
import { Payment } from './tables.ts';

/** A payment's money, in minor units. */
export interface PaymentFact {
  id: string;
  order: string | null;
  method: 'CARD' | 'WALLET';
  status: string;
  captured: number;
  currency: string | null;
  refundDue: number;
  refunded: number;
}

/** A wallet, and what its ledger entries add up to: the same, else something is wrong. */
export interface WalletFact {
  account: string;
  currency: string;
  balance: number;
  entries: number;
}

export interface PaymentFacts {
  /** The payments after an id, by id. */
  payments(after: string, most: number): Promise<PaymentFact[]>;
  /** The wallets after an account and currency, in this order. */
  wallets(after: { account: string; currency: string }, most: number): Promise<WalletFact[]>;
  /** Transactions of the ledger after an id that do not sum to zero in a currency. There are none, else something is wrong. */
  unbalanced(after: string, most: number): Promise<{ transaction: string; currency: string; sum: number }[]>;
}

const PAYMENT_FIELDS = ['order', 'method', 'status', 'captured', 'capturedCurrency', 'refundDue', 'refunded'] as const;

const WALLETS = `select w.account, w.currency, w.balance,
    (select coalesce(sum(e.amount), 0) from ledger_entry e
      where e.ledger = concat('wallet:', w.account) and e.currency = w.currency) as entries
  from wallet w where w.account > ? or (w.account = ? and w.currency > ?)
  order by w.account, w.currency limit ?`;

const UNBALANCED = `select transaction_id, currency, sum(amount) as total from ledger_entry where transaction_id > ?
  group by transaction_id, currency having sum(amount) <> 0 order by transaction_id limit ?`;

export function openPaymentFacts(db: Database): PaymentFacts {
  const rows = (sql: string, values: unknown[]) =>
    db.read().getConnection().execute(sql, values) as Promise<Record<string, string | number>[]>;
  return {
    async payments(after, most) {
      const options = { orderBy: { id: 'asc' as const }, limit: most, fields: PAYMENT_FIELDS };
      const found = await db.read().find(Payment, { id: { $gt: after } }, options);
      return found.map(({ id, order, method, status, captured, capturedCurrency, refundDue, refunded }) => ({
        ...{
          id,
          order: order ?? null,
          method,
          status,
          captured,
          currency: capturedCurrency ?? null,
          refundDue,
          refunded,
        },
      }));
    },

    async wallets({ account, currency }, most) {
      const found = await rows(WALLETS, [account, account, currency, most]);
      return found.map((row) => ({
        account: String(row['account']),
        currency: String(row['currency']),
        balance: Number(row['balance']),
        entries: Number(row['entries']),
      }));
    },

    async unbalanced(after, most) {
      const found = await rows(UNBALANCED, [after, most]);
      return found.map((row) => ({
        transaction: String(row['transaction_id']),
        currency: String(row['currency']),
        sum: Number(row['total']),
      }));
    },
  };
}
