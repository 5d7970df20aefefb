// The queue of account mails. A row is deleted when its mail is sent or its account is deleted: no personal data stays.
import type { EntityManager } from '@mikro-orm/core';
import { typeidUnboxed } from 'typeid-js';
import type { Database } from '../../../infra/database/database.ts';
import type { AccountMailKind, AccountMailToSend, CodeKind, NoticeKind } from '../rules/account-mails.ts';
import { RELEASED } from '../rules/credentials.ts';
import type { KnownAccount } from './store.ts';
import { Account, AccountMail, type AccountMailRow } from './tables.ts';
import { mailsTo } from '../rules/tries.ts';
import { countTries } from './try-store.ts';
import { doubledPause } from '../../../schema/terms/back-off.ts';
import { MINUTE, SECOND } from '../../../schema/terms/durations.ts';

const CLAIMED_FOR = 2 * MINUTE; // longer than sending a mail can take
const FIRST_PAUSE = 10 * SECOND; // doubles with each try
const MOST_TRIES: Readonly<Record<AccountMailKind, number>> = {
  PASSWORD_RESET: 8, // about 20 minutes: by then the user has requested another code
  EMAIL_CONFIRMATION: 14, // about a day
  PASSWORD_CHANGED: 14,
  EMAIL_CHANGED: 14,
};

export interface AccountMails {
  /** Queues a mail to the address. With `account` null, the sender looks up the account by its address. */
  owe(mail: { account: string | null; kind: AccountMailKind; email: string }): Promise<void>;
  /** Queues a mail with a code. False, and no mail, if the address or password of the account has changed. */
  oweCode(
    account: Pick<KnownAccount, 'id' | 'email' | 'password'>,
    mail: { kind: CodeKind; email: string },
  ): Promise<boolean>;
  /** The ids of the mails to send now, the longest overdue first. */
  due(most: number): Promise<string[]>;
  /** Claims a mail that is due. Null if another sender has claimed it, or the address has no account. */
  claim(id: string): Promise<AccountMailToSend | null>;
  /** Removes a mail that was sent. False if its account was deleted in the meantime. */
  sent(mail: AccountMailToSend): Promise<boolean>;
  /** Records a failure. The mail is retried later, or given up after a final failure or the last try: true then. */
  failed(id: string, isFinal: boolean): Promise<boolean>;
}

type NewMail = Pick<AccountMailRow, 'account' | 'kind' | 'email'>;

async function insert(em: EntityManager, mail: NewMail, now: Date): Promise<void> {
  await em.insert(AccountMail, { id: typeidUnboxed('mail'), ...mail, dueAt: now.getTime(), tries: 0 });
}

/**
 * Queues a notice of a change to the owner of an account, in the transaction of that change. An account without an
 * address gets none. Notices to an unconfirmed address count against `mailsTo`: it may be a stranger's address.
 */
export async function oweNotice(
  em: EntityManager,
  { isConfirmed, ...mail }: { account: string; kind: NoticeKind; email: string; isConfirmed: boolean },
  now: Date,
): Promise<void> {
  if (mail.email.endsWith(RELEASED)) return;
  if (!isConfirmed && (await countTries(em, [mailsTo(mail.email)], now)) !== null) return;
  await insert(em, mail, now);
}

export const openAccountMails = (db: Database): AccountMails => ({
  owe: (mail) => db.write(async (em, now) => insert(em, mail, await now())),

  oweCode: ({ id, email, password }, mail) =>
    db.write(async (em, now) => {
      // the update locks the account's row: a concurrent change commits first and prevents this mail, or deletes it later
      if (!(await em.nativeUpdate(Account, { id, email, password }, { password }))) return false;
      await insert(em, { account: id, ...mail }, await now());
      return true;
    }),

  async due(limit) {
    const where = { dueAt: { $lte: (await db.now()).getTime() } };
    const rows = await db.read().find(AccountMail, where, { fields: ['id'], orderBy: { dueAt: 'asc' }, limit });
    return rows.map(({ id }) => id);
  },

  claim: (id) =>
    db.write(async (em, clock) => {
      const now = (await clock()).getTime();
      const isClaimed = await em.nativeUpdate(AccountMail, { id, dueAt: { $lte: now } }, { dueAt: now + CLAIMED_FOR });
      const row: AccountMailRow | null = isClaimed ? await em.findOne(AccountMail, { id }) : null;
      if (!row) return null;
      const account = row.account ?? (await em.findOne(Account, { email: row.email }))?.id;
      if (account === undefined) {
        await em.nativeDelete(AccountMail, { id });
        return null;
      }
      // from now on, deleting the account deletes this row
      if (row.account === null) await em.nativeUpdate(AccountMail, { id }, { account });
      return { id, account, kind: row.kind, email: row.email };
    }),

  sent: ({ id, account }) =>
    db.write(async (em) => {
      await em.nativeDelete(AccountMail, { id });
      return (await em.count(Account, { id: account })) === 1;
    }),

  failed: (id, isFinal) =>
    db.write(async (em, clock) => {
      const row = await em.findOne(AccountMail, { id });
      if (!row) return false;
      const tries = row.tries + 1;
      if (isFinal || tries >= MOST_TRIES[row.kind]) {
        await em.nativeDelete(AccountMail, { id });
        return true;
      }
      const dueAt = (await clock()).getTime() + doubledPause(FIRST_PAUSE, row.tries);
      await em.nativeUpdate(AccountMail, { id }, { tries, dueAt });
      return false;
    }),
});
