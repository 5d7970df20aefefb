// Reports an import's refusals: the first rows of each cause as they occur, then the causes with counts, and a file
// with all rows.
import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { diskFault } from '../../database/disk-fault.ts';
import type { RowFault } from './csv-row.ts';

/** A refused row, with its line number in the file. */
export interface RefusedRow extends RowFault {
  row: number;
  /** The cells of the row; the whole text when the row is damaged. */
  cells: readonly string[];
}

const SHOWN = 10; // rows per cause; more would hide the other causes
const MOST_CAUSES = 50; // a garbage file must not fill the screen or the memory

interface Cause {
  count: number;
  first: RefusedRow;
}

/** Counts refusals by cause: the column and the advice, without the numbers that differ from row to row. */
export function countRefusals() {
  const causes = new Map<string, Cause>();
  let others = 0;
  return {
    /** Counts a refusal; returns whether to show it. */
    add(refusal: RefusedRow): boolean {
      const key = `${refusal.column ?? ''}: ${refusal.advice.replace(/\d[\d.,]*/g, '#')}`;
      const cause = causes.get(key);
      if (cause) return ++cause.count <= SHOWN;
      if (causes.size >= MOST_CAUSES) {
        others++;
        return false;
      }
      causes.set(key, { count: 1, first: refusal });
      return true;
    },
    /** A line per cause, the most frequent first; none when every refusal was shown. */
    summary(): string[] {
      const all = [...causes.values()].sort((a, b) => b.count - a.count);
      if (!others && all.every(({ count }) => count <= SHOWN)) return [];
      const line = ({ count, first }: Cause) => `${String(count).padStart(9)}  ${sentence(first)}`;
      const rest = others ? [`${String(others).padStart(9)}  of other causes`] : [];
      return ['refused, by cause, each with its first row:', ...all.map(line), ...rest];
    },
  };
}

/** A refusal on one line. */
export const sentence = ({ row, column, value, advice }: RefusedRow): string =>
  `row ${row}${column ? `, ${column}` : ''}: ${JSON.stringify(value.slice(0, 120))}: ${advice}`;

/** The file of all refused rows. */
export interface RefusedRows extends AsyncDisposable {
  add(refusal: RefusedRow): void;
}

/**
 * Creates or empties a CSV file for all refused rows: the row's number, the column, the advice, then the row's own
 * cells. Disposal throws when writing has failed.
 */
export function openRefusedRows(file: string): RefusedRows {
  const stream: WriteStream = createWriteStream(file);
  let fault: Error | undefined;
  stream.on('error', (error) => (fault ??= diskFault(error, file) as Error));
  const write = (cells: readonly string[]) => void stream.write(`${cells.map(quoted).join(',')}\n`);
  write(['row', 'column', 'what to do', 'cells of the row']);
  return {
    add: ({ row, column, advice, cells }) => write([String(row), column ?? '', advice, ...cells]),
    async [Symbol.asyncDispose]() {
      if (!stream.destroyed)
        await Promise.race([once(stream.end(), 'close'), once(stream, 'error')]).catch(() => undefined);
      if (fault) throw fault;
    },
  };
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
