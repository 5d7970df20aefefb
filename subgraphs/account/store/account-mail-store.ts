// The mails of accounts that wait to be sent. A row goes with its mail or its account: nothing personal stays.
import type { EntityManager } from '@mikro-orm/core';
import { typeidUnboxed } from 'typeid-js';
import type { Database } from '../../../infra/database/database.ts';
import type { AccountMailKind, AccountMailToSend, CodeKind, NoticeKind } from '../rules/account-mails.ts';
import { RELEASED } from '../rules/credentials.ts';
import type { KnownAccount } from './store.ts';
import { Account, AccountMail, type AccountMailRow } from './tables.ts';
import { mailsTo } from '../rules/tries.ts';
import { countTries } from './try-store.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const CLAIMED_FOR = 2 * MINUTE; // longer than any sending takes
const FIRST_PAUSE = 10 * SECOND; // each next one is twice as long
const MOST_TRIES: Readonly<Record<AccountMailKind, number>> = {
  PASSWORD_RESET: 8, // about 20 minutes: by then the person has requested another one
  EMAIL_CONFIRMATION: 14, // about a day
  PASSWORD_CHANGED: 14,
  EMAIL_CHANGED: 14,
};

export interface AccountMails {
  /** Has a mail sent to the address. `account` is null where the sender finds the account by its address. */
  owe(mail: { account: string | null; kind: AccountMailKind; email: string }): Promise<void>;
  /** Has a code for the account mailed; false, and no mail, if its address or password is no longer the given one. */
  oweCode(
    account: Pick<KnownAccount, 'id' | 'email' | 'password'>,
    mail: { kind: CodeKind; email: string },
  ): Promise<boolean>;
  /** The ids of the mails to send now, the longest due first. */
  due(most: number): Promise<string[]>;
  /** Claims a mail that is due; null where another sender has it, or there is no account to send it to. */
  claim(id: string): Promise<AccountMailToSend | null>;
  /** Removes a mail that was sent. False where its account was deleted meanwhile. */
  sent(mail: AccountMailToSend): Promise<boolean>;
  /** Notes a failure: the mail is due again later, or given up. True where it was given up. */
  failed(id: string, isFinal: boolean): Promise<boolean>;
}

type NewMail = Pick<AccountMailRow, 'account' | 'kind' | 'email'>;

const insert = (em: EntityManager, mail: NewMail, now: Date): Promise<unknown> =>
  em.insert(AccountMail, { id: typeidUnboxed('mail'), ...mail, dueAt: now.getTime(), tries: 0 });

/**
 * Has the owner of an account informed of a change, in the transaction of that change. No mail is sent to an account
 * without an address, nor beyond `mailsTo` to an address that the account has not confirmed: it may be a stranger's.
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
  owe: (mail) => db.write(async (em, now) => void (await insert(em, mail, await now()))),

  oweCode: ({ id, email, password }, mail) =>
    db.write(async (em, now) => {
      // the update locks the account's row: a concurrent change either commits first and refuses this mail, or ends it
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
      // from now on the row goes with the account
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
      const dueAt = (await clock()).getTime() + FIRST_PAUSE * 2 ** row.tries;
      await em.nativeUpdate(AccountMail, { id }, { tries, dueAt });
      return false;
    }),
});
