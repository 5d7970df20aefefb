// Codes that were mailed, and what they change: the only reader and writer of the codes, stored as hashes.
import { type EntityManager, LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../../../infra/database/database.ts';
import { oweNotice } from './account-mail-store.ts';
import { type AccountMailToSend, type CodeKind, codeKinds, kindsWithCode } from '../rules/account-mails.ts';
import { RELEASED } from '../rules/credentials.ts';
import type { KnownAccount } from './store.ts';
import { Account, AccountCode, type AccountCodeRow, AccountMail, KnownDevice, Session } from './tables.ts';

export interface Recovery {
  /**
   * A new code for a mail that waits to be sent; null if the mail was removed, because its account was deleted or ended
   * its codes. The code itself is stored nowhere.
   */
  mint(mail: AccountMailToSend & { kind: CodeKind }): Promise<string | null>;
  /** Whose password the code may set now: it is not used by that. */
  ownerOf(code: string): Promise<{ id: string; email: string; name: string } | null>;
  /**
   * Uses a code once to set the password of its account: all sessions, other codes and known devices go, and the address
   * counts as confirmed. Resolves with the account and the sessions that ended; null where the code is not valid.
   */
  reset(code: string, password: string): Promise<{ account: string; ended: string[] } | null>;
  /**
   * Uses a code once to confirm its address for its account: the new address of an account that changes it. An account
   * that held the address unconfirmed loses it. Resolves with the address; null where the code is not valid, or was
   * mailed for another account than the one that is signed in: an owner would confirm their address for a stranger.
   */
  confirm(code: string, signedInAs: string | null): Promise<{ email: string } | 'EMAIL_TAKEN' | null>;
  /**
   * Replaces the given password: all sessions and codes end, and the owner is informed by mail. Resolves with the
   * sessions that ended; null if the account has another password by now, or was deleted.
   */
  changePassword(account: KnownAccount, password: string): Promise<string[] | null>;
}

const LOCKED = { lockMode: LockMode.PESSIMISTIC_WRITE, disableIdentityMap: true } as const;

const hash = (code: string): string => createHash('sha256').update(code.trim()).digest('base64url');

export function openRecovery(db: Database): Recovery {
  const valid = (em: EntityManager, kind: CodeKind, code: string, now: number): Promise<AccountCodeRow | null> =>
    em.findOne(AccountCode, { hash: hash(code), kind, expiresAt: { $gt: now } });

  /** The code's row, used up with all other codes of its account; of two who use it at once one gets it. */
  async function used(em: EntityManager, kind: CodeKind, code: string, now: number): Promise<AccountCodeRow | null> {
    const row = await valid(em, kind, code, now);
    if (!row) return null;
    await em.findOne(Account, { id: row.account }, LOCKED);
    if (!(await em.nativeDelete(AccountCode, { hash: row.hash }))) return null;
    await endCodes(em, row.account);
    return row;
  }

  /** Ends all sessions of the account: their ids. */
  async function endSessions(em: EntityManager, account: string): Promise<string[]> {
    const sessions = await em.find(Session, { account }, { fields: ['id'], disableIdentityMap: true });
    await em.nativeDelete(Session, { account });
    return sessions.map(({ id }) => id);
  }

  return {
    mint: ({ id, account, kind, email }) =>
      db.write(async (em, clock) => {
        const now = (await clock()).getTime();
        // a change of the password or address locks this row too: it removed the mail before, or removes the code after
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
          if (!row) return null;
          const { account: id, email } = row;
          if (signedInAs !== null && signedInAs !== id) return null;
          // both accounts in one order: two who confirm at once do not wait for each other
          const both = await em.find(Account, { $or: [{ id }, { email }] }, { orderBy: { id: 'asc' }, ...LOCKED });
          const holder = both.find((each) => each.email === email);
          const own = both.find((each) => each.id === id);
          if (!own) return null;
          if (holder && holder.id !== id && holder.emailConfirmedAt != null) return 'EMAIL_TAKEN';
          if (!(await used(em, 'EMAIL_CONFIRMATION', code, now.getTime()))) return null;
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
        if (error instanceof UniqueConstraintViolationException) return 'EMAIL_TAKEN'; // somebody signed up with it just now
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
 * Ends all codes of an account whose row is locked, and the mails that still wait for their code: a mail that a thief's
 * server delays would otherwise get a valid code after the owner has recovered the account.
 */
async function endCodes(em: EntityManager, account: string): Promise<void> {
  await em.nativeDelete(AccountCode, { account });
  await em.nativeDelete(AccountMail, { account, kind: { $in: kindsWithCode } });
}

/** Takes the address from an account that never confirmed it: the account goes on, and can give another address. */
async function release(em: EntityManager, { id, email }: { id: string; email: string }): Promise<void> {
  await em.nativeUpdate(Account, { id }, { email: `${id}${RELEASED}` });
  await em.nativeDelete(AccountCode, { account: id, email });
  await em.nativeDelete(AccountMail, { account: id, email });
}
