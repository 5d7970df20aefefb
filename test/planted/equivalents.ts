// Mutants that no test can kill, because the program does the same with them, each with the reason.
import type { Mutant } from './mutant.ts';

/** Found by its text, so that a change of the line asks for the reason again: a test finds entries without a mutant. */
export interface Equivalent extends Pick<Mutant, 'file' | 'source' | 'was' | 'text'> {
  reason: string;
}

export const equivalents: readonly Equivalent[] = [];

export const isThis = (equivalent: Equivalent, mutant: Mutant): boolean =>
  (['file', 'source', 'was', 'text'] as const).every((key) => equivalent[key] === mutant[key]);
