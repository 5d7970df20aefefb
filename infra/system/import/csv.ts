// Reads the rows of a CSV file, each line separately, so that a damaged line does not affect the others.
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { createReadStream } from 'node:fs';

/** Why a line has no cells. `text` is then the line itself, truncated or with characters replaced. */
export type Damage = 'NOT_UTF8' | 'TOO_LONG' | 'QUOTES' | 'OPEN_QUOTE';

/** A non-empty line, with its number in the file. */
export type CsvLine = { number: number } & ({ cells: string[] } | { damage: Damage; text: string });

const AT_ONCE = 64 * 1024; // bytes; decoding a block at once is far cheaper than line by line
const LONGEST = 65_536; // characters; bounds the memory that a file without line ends takes
const [LF, CR] = [10, 13];

const strictly = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const somehow = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The lines of a file in blocks, with the number of bytes read so far. The file is UTF-8 with or without a BOM; its
 * first line end decides between LF, CRLF and CR. A quoted cell must end on its line: otherwise one open quote would
 * swallow the rows that follow. Reads only as fast as the caller iterates.
 */
export async function* readCsv(file: string): AsyncGenerator<{ lines: Iterable<CsvLine>; bytes: number }> {
  let number = 0;
  let bytes = 0;
  let rest = Buffer.alloc(0);
  let newline: number | undefined;
  // a generator: all cells of a block at once would outlive the young generation
  function* linesOf(block: Buffer): Generator<CsvLine> {
    for (const text of textsOf(block, newline ?? LF)) {
      const line = lineOf(++number, text);
      if (line) yield line;
    }
  }
  for await (const chunk of createReadStream(file, { highWaterMark: AT_ONCE }) as AsyncIterable<Buffer<ArrayBuffer>>) {
    bytes += chunk.length;
    newline ??= chunk.includes(LF) ? LF : chunk.includes(CR) ? CR : undefined;
    const end = chunk.lastIndexOf(newline ?? LF);
    if (end < 0) {
      // a UTF-16 unit takes up to three bytes: a line truncated here is still too long as text
      rest = Buffer.concat([rest, chunk]).subarray(0, 4 * LONGEST);
    } else {
      yield { lines: linesOf(Buffer.concat([rest, chunk.subarray(0, end)])), bytes };
      rest = chunk.subarray(end + 1);
    }
  }
  yield { lines: linesOf(rest), bytes };
}

/** The text of a line; for a line that is not UTF-8, the text with replaced characters. */
type Text = string | { unreadable: string };

/** The lines of a block: decoded at once, or line by line when the block is not all UTF-8. */
function textsOf(block: Buffer, newline: number): Text[] {
  try {
    return strictly.decode(block).split(String.fromCharCode(newline));
  } catch {
    return [...pieces(block, newline)].map((line) => {
      try {
        return strictly.decode(line);
      } catch {
        return { unreadable: somehow.decode(line) };
      }
    });
  }
}

function* pieces(block: Buffer, newline: number): Generator<Buffer> {
  let start = 0;
  for (let end = block.indexOf(newline); end >= 0; end = block.indexOf(newline, start)) {
    yield block.subarray(start, end);
    start = end + 1;
  }
  yield block.subarray(start);
}

function lineOf(number: number, decoded: Text): CsvLine | undefined {
  let text = typeof decoded === 'string' ? decoded : decoded.unreadable;
  if (number === 1 && text.startsWith('\ufeff')) text = text.slice(1);
  if (text.endsWith('\r')) text = text.slice(0, -1);
  if (text.length > LONGEST) return { number, damage: 'TOO_LONG', text: text.slice(0, LONGEST) };
  if (typeof decoded !== 'string') return { number, damage: 'NOT_UTF8', text };
  if (text === '') return undefined;
  const cells = cellsOf(text);
  if (cells) return { number, cells };
  return { number, damage: text.split('"').length % 2 ? 'QUOTES' : 'OPEN_QUOTE', text };
}

/** The cells of a line, or undefined when its quotes are broken. */
function cellsOf(text: string): string[] | undefined {
  if (!text.includes('"')) return text.split(','); // nearly all lines; ten times as fast
  try {
    return parse(text, { relaxColumnCount: true, recordDelimiter: '\n' })[0];
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
