// Mailed codes and the changes they authorize. The only reader and writer of the codes, which are stored as hashes.
import { type EntityManager, LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../../../infra/database/database.ts';
import { oweNotice } from './account-mail-store.ts';
import { type AccountMailToSend, type CodeKind, codeKinds, kindsWithCode } from '../rules/account-mails.ts';
import { RELEASED } from '../rules/credentials.ts';
import { refusal } from '../rules/refusal.ts';
import type { KnownAccount } from './store.ts';
import { Account, AccountCode, type AccountCodeRow, AccountMail, KnownDevice, Session } from './tables.ts';
import type { Decision } from '../../../schema/errors.ts';

export interface Recovery {
  /**
   * Creates a code for a queued mail; null if the mail was removed, because its account was deleted or its codes were
   * revoked. The code itself is not stored.
   */
  mint(mail: AccountMailToSend & { kind: CodeKind }): Promise<string | null>;
  /** The account whose password the code can set now; null if the code is not valid. Does not use up the code. */
  ownerOf(code: string): Promise<{ id: string; email: string; name: string } | null>;
  /**
   * Uses up a code and sets the password of its account. Removes all sessions, other codes and known devices, and counts
   * the address as confirmed. Resolves with the account and the sessions that ended; null if the code is not valid.
   */
  reset(code: string, password: string): Promise<{ account: string; ended: string[] } | null>;
  /**
   * Uses up a code and confirms its address for its account; a changed address takes effect. Another account that held
   * the address unconfirmed loses it. Resolves with the address. A code is not valid for another account than the
   * signed-in one, either: otherwise owners could confirm their address for a stranger's account.
   */
  confirm(
    code: string,
    signedInAs: string | null,
  ): Promise<Decision<{ email: string }, 'EMAIL_TAKEN' | 'INVALID_CODE'>>;
  /**
   * Replaces the account's password, ends all sessions and codes, and informs the owner by mail. Resolves with the
   * sessions that ended; null if the password was changed concurrently or the account deleted.
   */
  changePassword(account: KnownAccount, password: string): Promise<string[] | null>;
}

const LOCKED = { lockMode: LockMode.PESSIMISTIC_WRITE, disableIdentityMap: true } as const;

const hash = (code: string): string => createHash('sha256').update(code.trim()).digest('base64url');

export function openRecovery(db: Database): Recovery {
  const valid = (em: EntityManager, kind: CodeKind, code: string, now: number): Promise<AccountCodeRow | null> =>
    em.findOne(AccountCode, { hash: hash(code), kind, expiresAt: { $gt: now } });

  /** Uses up the code and all other codes of its account; of two concurrent uses, one gets the row. */
  async function used(em: EntityManager, kind: CodeKind, code: string, now: number): Promise<AccountCodeRow | null> {
    const row = await valid(em, kind, code, now);
    if (!row) return null;
    await em.findOne(Account, { id: row.account }, LOCKED);
    if (!(await em.nativeDelete(AccountCode, { hash: row.hash }))) return null;
    await endCodes(em, row.account);
    return row;
  }

  /** Ends all sessions of the account; resolves with their ids. */
  async function endSessions(em: EntityManager, account: string): Promise<string[]> {
    const sessions = await em.find(Session, { account }, { fields: ['id'], disableIdentityMap: true });
    await em.nativeDelete(Session, { account });
    return sessions.map(({ id }) => id);
  }

  return {
    mint: ({ id, account, kind, email }) =>
      db.write(async (em, clock) => {
        const now = (await clock()).getTime();
        // a change of the password or address locks this row too: it has removed the mail, or will remove the code
        if (!(await em.findOne(Account, { id: account }, LOCKED))) return null;
        if (!(await em.count(AccountMail, { id }))) return null;
        await em.nativeDelete(AccountCode, { expiresAt: { $lte: now } });
        const code = randomBytes(32).toString('base64url');
        await em.insert(AccountCode, { hash: hash(code), account, kind, email, expiresAt: now + codeKinds[kind] });
        return code;
      }),

    async ownerOf(code) {
      const em = db.read();
      const row = await valid(em, 'PASSWORD_RESET', code, (await db.now()).getTime());
      return row && em.findOne(Account, { id: row.account });
    },

    reset: (code, password) =>
      db.write(async (em, clock) => {
        const now = await clock();
        const row = await used(em, 'PASSWORD_RESET', code, now.getTime());
        if (!row) return null;
        const { account, email } = row;
        await em.nativeUpdate(Account, { id: account }, { password });
        await em.nativeUpdate(Account, { id: account, email }, { emailConfirmedAt: now.getTime() });
        const ended = await endSessions(em, account);
        await em.nativeDelete(KnownDevice, { account });
        await oweNotice(em, { account, kind: 'PASSWORD_CHANGED', email, isConfirmed: true }, now);
        return { account, ended };
      }),

    async confirm(code, signedInAs) {
      try {
        return await db.write(async (em, clock) => {
          const now = await clock();
          const row = await valid(em, 'EMAIL_CONFIRMATION', code, now.getTime());
          if (!row) return refusal('INVALID_CODE');
          const { account: id, email } = row;
          if (signedInAs !== null && signedInAs !== id) return refusal('INVALID_CODE');
          // locks both accounts in one order, so that concurrent confirmations cannot deadlock
          const both = await em.find(Account, { $or: [{ id }, { email }] }, { orderBy: { id: 'asc' }, ...LOCKED });
          const holder = both.find((each) => each.email === email);
          const own = both.find((each) => each.id === id);
          if (!own) return refusal('INVALID_CODE');
          if (holder && holder.id !== id && holder.emailConfirmedAt != null) return refusal('EMAIL_TAKEN');
          if (!(await used(em, 'EMAIL_CONFIRMATION', code, now.getTime()))) return refusal('INVALID_CODE');
          if (holder && holder.id !== id) await release(em, holder);
          await em.nativeUpdate(Account, { id }, { email, emailConfirmedAt: now.getTime() });
          if (own.email !== email) {
            const notice = { account: id, kind: 'EMAIL_CHANGED' } as const;
            await oweNotice(em, { ...notice, email: own.email, isConfirmed: own.emailConfirmedAt != null }, now);
            await oweNotice(em, { ...notice, email, isConfirmed: true }, now);
          }
          return { email };
        });
      } catch (error) {
        // a concurrent sign-up took the address
        if (error instanceof UniqueConstraintViolationException) return refusal('EMAIL_TAKEN');
        throw error;
      }
    },

    changePassword: ({ id, email, emailConfirmedAt, password: current }, password) =>
      db.write(async (em, clock) => {
        if (!(await em.nativeUpdate(Account, { id, password: current }, { password }))) return null;
        await endCodes(em, id);
        const isConfirmed = emailConfirmedAt != null;
        await oweNotice(em, { account: id, kind: 'PASSWORD_CHANGED', email, isConfirmed }, await clock());
        return endSessions(em, id);
      }),
  };
}

/**
 * Deletes all codes of an account whose row is locked, and its queued mails that have no code yet. Otherwise a mail that an
 * attacker's server delays would get a valid code after the owner has recovered the account.
 */
async function endCodes(em: EntityManager, account: string): Promise<void> {
  await em.nativeDelete(AccountCode, { account });
  await em.nativeDelete(AccountMail, { account, kind: { $in: kindsWithCode } });
}

/** Removes the address from an account that never confirmed it. The account stays and can set another address. */
async function release(em: EntityManager, { id, email }: { id: string; email: string }): Promise<void> {
  await em.nativeUpdate(Account, { id }, { email: `${id}${RELEASED}` });
  await em.nativeDelete(AccountCode, { account: id, email });
  await em.nativeDelete(AccountMail, { account: id, email });
}
