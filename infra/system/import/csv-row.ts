// Reads a row of a fare file: the result is a filing, or the first fault.
import type { Column } from './csv-columns.ts';
import { blank, readDraft } from '../../../subgraphs/fare/rules/draft.ts';
import type { Filing } from '../../../subgraphs/fare/rules/filing.ts';
import { looseAmount } from './loose-amount.ts';

/** Why a row is refused. Without a column, the fault is in the whole row and `value` is its text. */
export interface RowFault {
  column: Column | null;
  value: string;
  /** What is wrong, if the value does not show it, and what to do. */
  advice: string;
}

/**
 * The filing that a row describes, with all dates moved by `shiftWeeks`, or the first fault. With `looseAmounts` the
 * amount may have any form that looseAmount() reads.
 */
export function filingOf(
  columns: readonly Column[],
  cells: readonly string[],
  shiftWeeks: number,
  looseAmounts = false,
): { filing: Filing } | { fault: RowFault } {
  if (cells.length !== columns.length) {
    const advice = `it has ${cells.length} columns and the header ${columns.length}; give as many`;
    return { fault: { column: null, value: cells.join(','), advice } };
  }
  const draft = { ...blank };
  for (const [i, cell] of cells.entries()) {
    const column = columns[i];
    if (column) draft[column] = cell;
  }
  const strictly = readDraft(draft, shiftWeeks);
  if ('filing' in strictly) return strictly;
  const { field, value, advice } = strictly.fault;
  const loose = field === 'amount' ? looseAmount(draft.amount, draft.currency) : undefined;
  if (loose === undefined) return { fault: { column: field, value, advice } };
  const read = readDraft({ ...draft, amount: loose }, shiftWeeks);
  if ('fault' in read) return { fault: { column: field, value, advice } };
  if (looseAmounts) return read;
  return { fault: { column: field, value, advice: `${advice}; --loose-amounts reads it as ${loose}` } };
}
