// Account marks: one row for each account, locked by every write of personal data, that says whether the account is deleted.
import { type EntityManager, LockMode } from '@mikro-orm/core';
import { fault } from '../../../schema/errors.ts';
import { AccountMark } from './tables.ts';

/**
 * Call it at the beginning of each transaction that stores personal data of an account, before the first write. Throws
 * UNAUTHENTICATED if the account is deleted.
 *
 * Why each account has a row, and not only the deleted ones: at READ COMMITTED an absent row cannot be locked. A writer
 * that found no mark could commit names after the deletion had removed all that it saw. With the row in place, writers
 * share its lock until they commit, and the deletion locks it exclusively: each writer either commits before the removal,
 * which then finds its rows, or waits and reads the mark. SQLite runs one write transaction at a time anyway.
 */
export async function requireAccount(em: EntityManager, account: string): Promise<void> {
  const mark = (await sharedMark(em, account)) ?? (await madeMark(em, account));
  if (mark.deletedAt !== null) throw fault('UNAUTHENTICATED', 'This account was deleted: nothing was stored.');
}

/** Marks the account as deleted, in the transaction that then removes its personal data. Waits for running writers. */
export async function markDeleted(em: EntityManager, account: string, now: Date): Promise<void> {
  const row = { account, deletedAt: now.getTime() };
  await em.upsert(AccountMark, row, { onConflictFields: ['account'], onConflictAction: 'merge' });
}

const sharedMark = (em: EntityManager, account: string) =>
  em.findOne(AccountMark, { account }, { lockMode: LockMode.PESSIMISTIC_READ, disableIdentityMap: true });

/** The first write of personal data creates the row; if several run at once, one creates it and the others wait. */
async function madeMark(em: EntityManager, account: string) {
  await em.upsert(AccountMark, { account, deletedAt: null }, { onConflictAction: 'ignore' });
  return (await sharedMark(em, account))!;
}
