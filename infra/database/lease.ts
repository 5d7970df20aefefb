// A lease elects one of several processes for work that only one should do at a time. It is one row of the subgraph's
// own database.
import { type EntityManager, raw } from '@mikro-orm/core';
import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';
import { LeaseRow } from './lease-row.ts';

export interface Lease {
  /**
   * Takes or keeps the lease: one conditional UPDATE in the transaction of `em`. False while another process holds it
   * and makes progress; a holder without a step for `staleAfter` is superseded.
   */
  take(em: EntityManager): Promise<boolean>;
  /**
   * Releases the lease, so that the next process can take it at once. Does nothing if another process holds it by now.
   */
  release(em: EntityManager): Promise<void>;
}

/** How long a holder may pause between two steps, in ms: a working relay takes one a second. */
export const STALE_AFTER = 3000;

/**
 * The lease of this name, for one holder. No two clocks are compared: a waiting process watches the turn with a
 * stopwatch, so a clock that is ten minutes wrong neither steals nor keeps a lease. A holder that was paused and
 * resumes later may repeat its last step: work under a lease must tolerate that.
 */
export function openLease(name: string, staleAfter: number): Lease {
  const me = randomUUID();
  let seen = { turn: -1, since: 0 };

  const step = async (em: EntityManager, where: object): Promise<boolean> =>
    (await em.nativeUpdate(LeaseRow, { name, ...where }, { holder: me, turn: raw<number>('turn + 1') })) === 1;

  return {
    async take(em) {
      if (await step(em, { $or: [{ holder: null }, { holder: me }] })) return true;
      const { holder, turn } = await em.findOneOrFail(LeaseRow, { name }, { disableIdentityMap: true });
      if (turn !== seen.turn) seen = { turn, since: performance.now() };
      return performance.now() - seen.since > staleAfter && step(em, { holder, turn });
    },

    async release(em) {
      await em.nativeUpdate(LeaseRow, { name, holder: me }, { holder: null });
    },
  };
}

/** Keeps a lease during long work. The returned function stops that, and resolves once no step is under way. */
export function keepLease(db: Database, lease: Lease, every: number): () => Promise<unknown> {
  let step: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    step = step.then(() => db.write(lease.take)).catch(() => undefined);
  }, every);
  return () => {
    clearInterval(timer);
    return step;
  };
}

/** Does the work under a lease; false if another process holds it. */
export async function holding(db: Database, lease: Lease, work: () => Promise<void>): Promise<boolean> {
  if (!(await db.write(lease.take))) return false;
  const steady = keepLease(db, lease, STALE_AFTER / 3);
  try {
    await work();
  } finally {
    await steady();
    await db.write(lease.release).catch(() => undefined);
  }
  return true;
}
