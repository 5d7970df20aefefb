// The dead letters for operators: list, show, replay, discard.
import { type Database, placesFor } from '../../../infra/database/database.ts';
import { MARKS_KEPT_FOR } from '../../../infra/database/inbox.ts';
import { keyset } from '../../../infra/database/keyset.ts';
import type { DeadLetter, DeadLetterState } from '../../../infra/dead-letters/parking.ts';
import type { WaitingDeadLetters } from '../../../infra/metrics/trade.ts';
import type { Clock } from '../../../infra/process/clock.ts';
import { fromStart, type Page } from '../../../schema/terms/connection.ts';
import { type DeadLetterRefusal, notInState } from '../rules/dead-letter.ts';
import { DeadLetterRow, type StoredDeadLetter, unsettledStates } from './tables.ts';

export interface DeadLetters {
  /** Up to `most` unsettled dead letters of one consumer or of all, after a position, in order. */
  list(of: { consumer?: string | null; after?: number | null; most: number }): Promise<DeadLetter[]>;
  /** A page of the unsettled dead letters of one consumer or of all, in order. */
  page(consumer: string | null, page: Page): Promise<DeadLetter[]>;
  /** The number of unsettled dead letters of one consumer, or of all. */
  count(consumer: string | null): Promise<number>;
  /** The dead letter, settled or not. */
  show(id: string): Promise<DeadLetter | null>;
  /**
   * Marks a dead letter for replay; repeated calls have no further effect. Its running consumer passes it to its
   * handler, and then those that wait behind it, in order. If the handler fails, the message is dead again.
   */
  replay(id: string, by: string): Promise<DeadLetter | DeadLetterRefusal>;
  /** Discards a dead letter for good. Those that wait behind it are then handled in order. */
  discard(id: string, by: string): Promise<DeadLetter | DeadLetterRefusal>;
  /** The number of unsettled dead letters for each consumer and state. */
  waiting(): Promise<WaitingDeadLetters[]>;
  /** Deletes the dead letters that were settled so long ago that their messages cannot be delivered again. */
  forgetSettled(): Promise<void>;
}

const FORGOTTEN_AT_ONCE = 1000;

const unsettled = (consumer: string | null) => ({ state: { $in: unsettledStates }, ...(consumer && { consumer }) });

export function openDeadLetters(db: Database, now: Clock): DeadLetters {
  const show = async (id: string) => db.read().findOne(DeadLetterRow, { id });

  async function pageOf(consumer: string | null, page: Page): Promise<DeadLetter[]> {
    const { conditions, page: stretch } = keyset<StoredDeadLetter>([['position', 'asc']], page);
    const where = { $and: [unsettled(consumer), ...conditions] };
    return db.read().find(DeadLetterRow, where, stretch);
  }

  /** One conditional UPDATE from one of these states: of two concurrent requests only one succeeds. */
  async function change(
    id: string,
    from: DeadLetterState[],
    to: Partial<DeadLetter>,
  ): Promise<DeadLetter | DeadLetterRefusal> {
    const changed = await db.write((em) => em.nativeUpdate(DeadLetterRow, { id, state: { $in: from } }, to));
    const letter = await show(id);
    if (letter && changed) return letter;
    return notInState(id, letter);
  }

  /** In parts, so that no lock is held for long; returns how many it deleted. */
  const forgetSome = (before: Date): Promise<number> =>
    db.write(async (em) => {
      const old = { settledAt: { $lt: before } };
      const rows = await em.find(DeadLetterRow, old, { fields: ['position'], limit: FORGOTTEN_AT_ONCE });
      return em.nativeDelete(DeadLetterRow, { position: { $in: rows.map(({ position }) => position) } });
    });

  return {
    list: ({ consumer = null, after = null, most }) =>
      pageOf(consumer, { ...fromStart(most), after: after === null ? null : [after] }),
    page: pageOf,
    count: async (consumer) => db.read().count(DeadLetterRow, unsettled(consumer)),
    show,
    replay: (id, by) => change(id, ['DEAD'], { state: 'REPLAYING', settledBy: by }),
    discard: (id, by) => change(id, ['DEAD', 'BEHIND'], { state: 'DISCARDED', settledAt: now(), settledBy: by }),
    async waiting() {
      const counted = await db.rows<{ consumer: string; state: DeadLetterState; letters: number | string }>(
        `select consumer, state, count(*) as letters from dead_letter
          where state in (${placesFor(unsettledStates)}) group by consumer, state`,
        unsettledStates,
      );
      return counted.map(({ letters, ...of }) => ({ ...of, letters: Number(letters) }));
    },
    async forgetSettled() {
      const before = new Date(now().getTime() - MARKS_KEPT_FOR);
      while (await forgetSome(before));
    },
  };
}
