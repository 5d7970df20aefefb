// A lease: which of several processes does a thing that one at a time should do. One row of the room's own database.
import { defineEntity, type EntityManager, raw } from '@mikro-orm/core';
import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';

/** Who holds a lease; the turn changes with each step the holder takes. The migrations put the rows there. */
export const LeaseRow = defineEntity({
  name: 'Lease',
  tableName: 'lease',
  properties: (p) => ({
    name: p.string().primary(),
    holder: p.string().nullable(),
    turn: p.bigint('number'),
  }),
});

export interface Lease {
  /**
   * Takes the lease, or keeps it: one conditional UPDATE in the transaction of `em`. False while another process holds
   * it and moves on; one that took no step for `staleAfter` is superseded.
   */
  take(em: EntityManager): Promise<boolean>;
  /** Lets the next one take it at once. Does nothing when it is another's by now. */
  release(em: EntityManager): Promise<void>;
}

/** How long a holder may take no step, in ms: a relay at work takes one a second. */
export const STALE_AFTER = 3000;

/**
 * The lease of this name, for one holder. Nobody's clock is compared with another's: who waits watches the turn with a
 * stopwatch, so that a clock that is ten minutes wrong neither steals nor keeps a lease. A holder that was stopped and
 * runs on later may do its last step once more: what is done under a lease must bear that.
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

/** Keeps a lease while something takes its time; the result ends that, and no step is under way any more. */
export function keep(db: Database, lease: Lease, every: number): () => Promise<unknown> {
  let step: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    step = step.then(() => db.write(lease.take)).catch(() => undefined);
  }, every);
  return () => {
    clearInterval(timer);
    return step;
  };
}

/** Does the work under a lease; false where another process holds it. */
export async function holding(db: Database, lease: Lease, work: () => Promise<void>): Promise<boolean> {
  if (!(await db.write(lease.take))) return false;
  const steady = keep(db, lease, STALE_AFTER / 3);
  try {
    await work();
  } finally {
    await steady();
    await db.write(lease.release).catch(() => undefined);
  }
  return true;
}
