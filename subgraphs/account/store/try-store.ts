// The only reader and writer of try counts.
import { type EntityManager, raw } from '@mikro-orm/core';
import { createHash } from 'node:crypto';
import type { Database } from '../../../infra/database/database.ts';
import { Tries } from './tables.ts';
import { FORGOTTEN_AFTER, secondsUntilAllowed, type Subject } from '../rules/tries.ts';

export interface TryStore {
  /** Counts a try on each subject. Resolves with the seconds to wait if a limit is exceeded, else null. */
  count(subjects: readonly Subject[]): Promise<number | null>;
  /** Takes back one try on each subject. */
  takeBack(subjects: readonly Subject[]): Promise<void>;
  /** After a success: resets the count of `right`, and takes back the one try on each of `others`. */
  forgive(right: Subject, others: readonly Subject[]): Promise<void>;
}

// hashed, so that the limits store no emails or addresses
const digest = ({ name }: Subject): string => createHash('sha256').update(name).digest('base64url');

async function takeBack(em: EntityManager, subjects: readonly Subject[]): Promise<void> {
  await em.nativeUpdate(
    Tries,
    { subject: { $in: subjects.map(digest) }, count: { $gt: 0 } },
    { count: raw<number>('count - 1') },
  );
}

/** `TryStore.count` in the caller's transaction. */
export async function countTries(em: EntityManager, subjects: readonly Subject[], now: Date): Promise<number | null> {
  const until = now.getTime() + FORGOTTEN_AFTER;
  await em.nativeDelete(Tries, { until: { $lte: now.getTime() } });
  const counted = [];
  // in one order everywhere, so that two writers cannot deadlock
  for (const subject of subjects.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const key = { subject: digest(subject) };
    await em.upsert(Tries, { ...key, count: 0, until }, { onConflictAction: 'ignore' });
    await em.nativeUpdate(Tries, key, { count: raw<number>('count + 1') });
    const row = await em.findOneOrFail(Tries, key, { refresh: true });
    counted.push({ count: row.count, until: row.until, most: subject.most });
  }
  return secondsUntilAllowed(counted, now);
}

export const openTries = (db: Database): TryStore => ({
  count: (subjects) => db.write(async (em, clock) => countTries(em, subjects, await clock())),

  takeBack: (subjects) => db.write((em) => takeBack(em, subjects)),

  forgive: (right, others) =>
    db.write(async (em) => {
      await em.nativeDelete(Tries, { subject: digest(right) });
      await takeBack(em, others);
    }),
});
