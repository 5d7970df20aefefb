// A row of a fare file: the filing that it means, or the fault in it.
import type { Column } from './csv-columns.ts';
import { blank, readDraft } from './draft.ts';
import type { Filing } from './filing.ts';

/** Why a row is refused. Without a column it is the row as a whole, and `value` its text. */
export interface Fault {
  column: Column | null;
  value: string;
  /** What is wrong, if the value does not show it, and what to do. */
  advice: string;
}

/** The filing that a row means, all its dates moved by so many weeks; or the first fault in it. */
export function filingOf(
  columns: readonly Column[],
  cells: readonly string[],
  shiftWeeks: number,
): { filing: Filing } | { fault: Fault } {
  if (cells.length !== columns.length) {
    const advice = `it has ${cells.length} columns and the header ${columns.length}; give as many`;
    return { fault: { column: null, value: cells.join(','), advice } };
  }
  const draft = { ...blank };
  for (const [i, column] of columns.entries()) draft[column] = cells[i]!;
  const read = readDraft(draft, shiftWeeks);
  if ('filing' in read) return read;
  const { field, ...fault } = read.fault;
  return { fault: { column: field, ...fault } };
}
