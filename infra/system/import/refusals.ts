// What an import refused: some rows of each cause as they come, then the causes with their counts, and a file with all rows.
import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { diskFault } from '../../database/disk-fault.ts';
import type { Refusal } from './import-fares.ts';

const SHOWN = 10; // rows of a cause; more would hide the other causes
const MOST_CAUSES = 50; // a file of nonsense shall not fill the screen, nor the memory

interface Cause {
  count: number;
  first: Refusal;
}

/** Counts refusals by their cause: the column and the advice, without the numbers that differ from row to row. */
export function countRefusals() {
  const causes = new Map<string, Cause>();
  let others = 0;
  return {
    /** Counts a refusal; whether it is to be shown. */
    add(refusal: Refusal): boolean {
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
    /** A line a cause, the most frequent first; none where every refusal was shown. */
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
export const sentence = ({ row, column, value, advice }: Refusal): string =>
  `row ${row}${column ? `, ${column}` : ''}: ${JSON.stringify(value.slice(0, 120))}: ${advice}`;

/** Where all refused rows go. */
export interface RefusedRows extends AsyncDisposable {
  add(refusal: Refusal): void;
}

/**
 * A CSV file of all refused rows, made anew: the row's number, the column, what to do, then the row's own cells. Throws
 * where the disk refuses it.
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
