// The marks of accounts: a row that every personal write of an account locks, and that says whether the account is deleted.
import { type EntityManager, LockMode } from '@mikro-orm/core';
import { fault } from '../../../schema/errors.ts';
import { AccountMark } from './tables.ts';

/**
 * Joins a transaction that stores something personal of an account, before anything of it is written. Throws
 * UNAUTHENTICATED where the account is deleted.
 *
 * Why a row for each account, and not for the deleted ones alone: at READ COMMITTED a row that is absent cannot be
 * locked. A writer that found no mark could commit names after the deletion had swept what it saw. With the row there,
 * writers share its lock until they commit, and the deletion takes it alone: each writer either commits before the sweep,
 * which then finds its rows, or waits and reads the mark. SQLite runs one writing transaction at a time anyway.
 */
export async function requireAccount(em: EntityManager, account: string): Promise<void> {
  const mark = (await sharedMark(em, account)) ?? (await madeMark(em, account));
  if (mark.deletedAt !== null) throw fault('UNAUTHENTICATED', 'This account was deleted: nothing was stored.');
}

/** Marks the account as deleted, in the transaction that then sweeps what is stored of it. Waits for writers under way. */
export async function markDeleted(em: EntityManager, account: string, now: Date): Promise<void> {
  const row = { account, deletedAt: now.getTime() };
  await em.upsert(AccountMark, row, { onConflictFields: ['account'], onConflictAction: 'merge' });
}

const sharedMark = (em: EntityManager, account: string) =>
  em.findOne(AccountMark, { account }, { lockMode: LockMode.PESSIMISTIC_READ, disableIdentityMap: true });

/** The first personal write of an account makes the row; of several at once, one makes it and the others wait for it. */
async function madeMark(em: EntityManager, account: string) {
  await em.upsert(AccountMark, { account, deletedAt: null }, { onConflictAction: 'ignore' });
  return (await sharedMark(em, account))!;
}
