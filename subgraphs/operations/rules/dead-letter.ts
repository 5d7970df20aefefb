// Why a dead letter can be neither replayed nor discarded.
import type { DeadLetterState } from '../../../infra/dead-letters/parking.ts';
import type { Refusal } from '../../../schema/errors.ts';

export type DeadLetterRefusal = Refusal<'NOT_FOUND' | 'WAITS_BEHIND' | 'REPLAYING' | 'SETTLED'>;

/** The refusal of a change that the dead letter's state does not allow; null stands for no dead letter. */
export function notInState(id: string, letter: { state: DeadLetterState } | null): DeadLetterRefusal {
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
