// The dead letters for operators: list, show, replay, discard.
import { select } from '../database/audit.ts';
import type { Clock } from '../process/clock.ts';
import type { Refusal } from '../../schema/errors.ts';
import { fromStart, type Page } from '../../schema/terms/connection.ts';
import type { Database } from '../database/database.ts';
import { keyset } from '../database/keyset.ts';
import { type DeadLetter, DeadLetterRow, type LetterState, open } from './tables.ts';

/** Why a dead letter can be neither replayed nor discarded now. */
export type DeadLetterRefusal = Refusal<'NOT_FOUND' | 'WAITS_BEHIND' | 'REPLAYING' | 'SETTLED'>;

export interface Letters {
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
  waiting(): Promise<{ consumer: string; state: LetterState; letters: number }[]>;
  /** Deletes up to `most` dead letters that were settled before an instant; returns how many. */
  forget(before: Date, most: number): Promise<number>;
}

const unsettled = (consumer: string | null) => ({ state: { $in: open }, ...(consumer && { consumer }) });

export function openLetters(database: () => Promise<Database>, now: Clock): Letters {
  const show = async (id: string) => (await database()).read().findOne(DeadLetterRow, { id });

  async function pageOf(consumer: string | null, page: Page): Promise<DeadLetter[]> {
    const { conditions, page: stretch } = keyset<DeadLetter>([['position', 'asc']], page);
    const where = { $and: [unsettled(consumer), ...conditions] };
    return (await database()).read().find(DeadLetterRow, where, stretch);
  }

  /** One conditional UPDATE from one of these states: of two concurrent requests only one succeeds. */
  async function change(
    id: string,
    from: LetterState[],
    to: Partial<DeadLetter>,
  ): Promise<DeadLetter | DeadLetterRefusal> {
    const db = await database();
    const changed = await db.write((em) => em.nativeUpdate(DeadLetterRow, { id, state: { $in: from } }, to));
    const letter = await show(id);
    if (letter && changed) return letter;
    return refusal(id, letter);
  }

  return {
    list: ({ consumer = null, after = null, most }) =>
      pageOf(consumer, { ...fromStart(most), after: after === null ? null : [after] }),
    page: pageOf,
    count: async (consumer) => (await database()).read().count(DeadLetterRow, unsettled(consumer)),
    show,
    replay: (id, by) => change(id, ['DEAD'], { state: 'REPLAYING', settledBy: by }),
    discard: (id, by) => change(id, ['DEAD', 'BEHIND'], { state: 'DISCARDED', settledAt: now(), settledBy: by }),
    async waiting() {
      const counted = await select<{ consumer: string; state: LetterState; letters: number | string }>(
        await database(),
        `select consumer, state, count(*) as letters from dead_letter
          where state in (${open.map(() => '?').join()}) group by consumer, state`,
        open,
      );
      return counted.map(({ letters, ...of }) => ({ ...of, letters: Number(letters) }));
    },
    forget: async (before, most) =>
      (await database()).write(async (em) => {
        const old = { settledAt: { $lt: before } };
        const rows = await em.find(DeadLetterRow, old, { fields: ['position'], limit: most });
        return em.nativeDelete(DeadLetterRow, { position: { $in: rows.map(({ position }) => position) } });
      }),
  };
}

function refusal(id: string, letter: DeadLetter | null): DeadLetterRefusal {
  if (!letter) return { refused: 'NOT_FOUND', because: `There is no dead letter ${id}.` };
  const { state } = letter;
  if (state === 'BEHIND') {
    return {
      refused: 'WAITS_BEHIND',
      because:
        'It waits behind an earlier dead letter of its key: replay or discard that one, and this one follows by itself.',
    };
  }
  if (state === 'REPLAYING') return { refused: 'REPLAYING', because: 'It is being replayed already.' };
  return { refused: 'SETTLED', because: `It was ${state === 'REPLAYED' ? 'replayed' : 'discarded'} already.` };
}
