// Checks of personal data: none outlives the account that it was stored for.
import { accountChecks, areAccounts } from '../../../subgraphs/account/store/checks-store.ts';
import {
  cartsAfter,
  deletedAfter,
  forgottenOrders,
  personalOrdersAfter,
  type PersonalRow,
} from '../../../subgraphs/order/store/personal-store.ts';
import { keyTextsAfter } from '../../../subgraphs/payment/store/key-store.ts';
import { type VerifyCheck, pagedCheck } from '../../database/audit.ts';
import { deadLettersAreImpersonal, outboxIsImpersonal, topicsAreImpersonal } from './audit-personal.ts';
import type { Database } from '../../database/database.ts';
import type { SubgraphName } from '../services.ts';
import { mailsIn } from '../../partners/mail.file.ts';
import type { KeptMessages } from '../../messaging/message-log.ts';

interface Stores {
  /** The databases of the subgraphs, by name. */
  databases: Readonly<Record<SubgraphName, Database>>;
  /** The messages of the embedded bus; null with a broker, whose messages all passed a checked outbox. */
  messages: KeptMessages | null;
  /** The folder that mails are written to; null when a mail server sends them. */
  mailFolder: string | null;
}

/**
 * Checks every store, topic and log that Fareloom owns. The partners keep their own records under their own law and are
 * not checked; payments contain only ids and amounts.
 */
export const personalChecks = ({ databases, messages, mailFolder }: Stores, now: Date): VerifyCheck[] => {
  const { account, operations, order, payment } = databases;
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
      sentence: 'An order keeps its travellers, its contact and its idempotency key only while its account exists.',
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
      sentence: 'A cart of an account exists only while the account exists.',
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
    deadLettersAreImpersonal(operations),
    ...(messages ? [topicsAreImpersonal(messages)] : []),
  ];
};

const mailsGoWithAccounts = (folder: string, order: Database, account: Database): VerifyCheck => ({
  name: 'mails: personal data',
  sentence: 'The mail folder has no mail of a deleted account or of its orders.',
  async find() {
    const mails = await mailsIn(folder);
    const subjects = [...new Set(mails.map(({ about }) => about))];
    const accounts = subjects.filter((id) => id.startsWith('acc_'));
    const there = await areAccounts(account, accounts);
    const gone = new Set([...(await forgottenOrders(order, subjects)), ...accounts.filter((id) => !there.has(id))]);
    return { rows: mails.length, offending: mails.filter(({ about }) => gone.has(about)).map(({ file }) => file) };
  },
});
