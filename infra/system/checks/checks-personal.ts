// What must hold of personal data: nothing of a person outlives the account that it was stored for.
import { accountChecks, areAccounts } from '../../../subgraphs/account/store/checks-store.ts';
import {
  cartsAfter,
  deletedAfter,
  forgottenOrders,
  personalOrdersAfter,
  type PersonalRow,
} from '../../../subgraphs/order/store/personal-store.ts';
import { keyTextsAfter } from '../../../subgraphs/payment/store/key-store.ts';
import { type Check, pagedCheck } from '../../database/audit.ts';
import { deadLettersAreImpersonal, outboxIsImpersonal, topicsAreImpersonal } from './audit-personal.ts';
import type { Database } from '../../database/database.ts';
import { mailsIn } from '../../partners/mail.file.ts';
import type { KeptMessages } from '../../messaging/message-log.ts';

interface Stores {
  /** The databases of the subgraphs, by name. */
  databases: Readonly<Record<'account' | 'fare' | 'stock' | 'order' | 'payment', Database>>;
  deadLetters: Database;
  /** What the embedded bus keeps; null where a broker does: what is published there passed an outbox. */
  messages: KeptMessages | null;
  /** The folder that mails are written to; null where they go to a mail server. */
  mailFolder: string | null;
}

/**
 * Every store, topic and log that Fareloom owns. The partners keep their own records, under their own law, and are not
 * judged here; payments are ids and amounts.
 */
export const personalChecks = ({ databases, deadLetters, messages, mailFolder }: Stores, now: Date): Check[] => {
  const { account, order, payment } = databases;
  const gone = async (page: readonly PersonalRow[]): Promise<string[]> => {
    const there = await areAccounts(
      account,
      page.map((row) => row.account),
    );
    return page.filter((row) => !there.has(row.account)).map(({ id }) => id);
  };
  const idOf = ({ id }: PersonalRow): string => id;
  return [
    ...accountChecks(account, now),
    pagedCheck({
      name: 'accounts and orders: personal data',
      sentence: 'An order names its travellers, its contact and its key only while its account exists.',
      read: (after, most) => personalOrdersAfter(order, after, most),
      idOf,
      bad: gone,
    }),
    pagedCheck({
      name: 'accounts and payments: personal data',
      sentence: 'The payment subgraph keeps the text of an idempotency key only while its account exists.',
      read: (after, most) => keyTextsAfter(payment, after, most),
      idOf,
      bad: gone,
    }),
    pagedCheck({
      name: 'accounts and carts: personal data',
      sentence: 'A cart of an account exists only while the account does.',
      read: (after, most) => cartsAfter(order, after, most),
      idOf,
      bad: gone,
    }),
    pagedCheck({
      name: 'accounts and marks',
      sentence: 'No account that exists is marked as deleted.',
      read: (after, most) => deletedAfter(order, after, most),
      idOf: (id) => id,
      bad: async (page) => [...(await areAccounts(account, page))],
    }),
    ...(mailFolder === null ? [] : [mailsGoWithAccounts(mailFolder, order, account)]),
    ...Object.entries(databases).map(([name, db]) => outboxIsImpersonal(name, db)),
    deadLettersAreImpersonal(deadLetters),
    ...(messages ? [topicsAreImpersonal(messages)] : []),
  ];
};

const mailsGoWithAccounts = (folder: string, order: Database, account: Database): Check => ({
  name: 'mails: personal data',
  sentence: 'The mail folder has no mail of an account that is deleted, nor of its orders.',
  async find() {
    const mails = await mailsIn(folder);
    const subjects = [...new Set(mails.map(({ about }) => about))];
    const accounts = subjects.filter((id) => id.startsWith('acc_'));
    const there = await areAccounts(account, accounts);
    const gone = new Set([...(await forgottenOrders(order, subjects)), ...accounts.filter((id) => !there.has(id))]);
    return { rows: mails.length, offending: mails.filter(({ about }) => gone.has(about)).map(({ file }) => file) };
  },
});
