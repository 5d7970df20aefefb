// Imports a file of fares, into the fare subgraph's database or through a running system: npm run import -- FILE.csv
import { realpath, stat } from 'node:fs/promises';
import { isMissing } from '../../database/disk-fault.ts';
import { type Clock, openClock } from '../../process/clock.ts';
import { runCommand } from '../../process/command.ts';
import { type CsvLine, type Damage, readCsv } from './csv.ts';
import { readConfig } from '../config/config.ts';
import { openLog } from '../../logging/log.ts';
import { printingTo } from '../../logging/printable.ts';
import { openProgress } from '../../logging/progress.ts';
import { openWiring } from '../wiring.ts';
import { type Column, columnsOf } from './csv-columns.ts';
import { type RowFault, filingOf } from './csv-row.ts';
import type { Filing } from '../../../subgraphs/fare/rules/filing.ts';
import { type Fares, openFares } from '../../../subgraphs/fare/store/store.ts';
import { fareTables } from '../../../subgraphs/fare/store/tables.ts';
import { openAmountsInFile } from './amounts-in-file.ts';
import { type Destination, fileThroughGateway } from './file-through-gateway.ts';
import { type ImportOptions, optionsOf, USAGE } from './import-options.ts';
import { countRefusals, openRefusedRows, type RefusedRow, type RefusedRows, sentence } from './refusals.ts';

/** The outcome of the rows: read = imported + updated + duplicates + refused. */
export interface Report {
  read: number;
  imported: number;
  updated: number;
  duplicates: number;
  refused: number;
}

/** Progress of an import. A strict import reads the file twice: the first pass only checks. */
export interface ImportProgress {
  doing: 'checked' | 'read';
  rows: number;
  bytes: number;
  size: number;
}

export interface Import {
  fares: Pick<Fares, 'file'>;
  now: Clock;
  /** All rows or none: writes nothing when any row is refused. */
  strict?: boolean;
  /** Moves every date by whole weeks, so that weekdays stay. */
  shiftWeeks?: number;
  /** Reads amounts as spreadsheets write them, and rounds them to the currency's decimals. */
  looseAmounts?: boolean;
  onProgress?: (progress: ImportProgress) => void;
  onRefused?: (refusal: RefusedRow) => void;
}

/** The file cannot be imported at all; the message is a sentence for the user. */
export class FileRefused extends Error {}

const BATCH = 1000; // rows per transaction: bounds the memory, and the rows lost when the import is killed

/**
 * Imports the fares of a CSV file. It refuses each invalid row and files the others. Fares that were filed before
 * change nothing, so an interrupted import can simply run again. Throws FileRefused.
 */
export async function importFares(file: string, options: Import): Promise<Report> {
  const size = await sizeOf(file);
  if (options.strict) {
    const checked = await passOver(file, size, 'checked', options, async () => undefined);
    if (checked.refused) return checked;
  }
  return passOver(file, size, 'read', options, (filings) => options.fares.file(filings, options.now()));
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((error: unknown) => {
    throw new FileRefused(isMissing(error) ? `there is no file ${file}` : `${file} cannot be read`);
  });
  if (!found.isFile()) throw new FileRefused(`${file} is not a file`);
  if (!found.size) throw new FileRefused(`${file} is empty`);
  return found.size;
}

type Outcome = Pick<Report, 'imported' | 'updated' | 'duplicates'>;

async function passOver(
  file: string,
  size: number,
  doing: ImportProgress['doing'],
  { shiftWeeks = 0, looseAmounts = false, onProgress, onRefused }: Import,
  take: (filings: readonly Filing[]) => Promise<Outcome | undefined>,
): Promise<Report> {
  const report = { read: 0, imported: 0, updated: 0, duplicates: 0, refused: 0 };
  const onBytes = (bytes: number) => onProgress?.({ doing, rows: report.read, bytes, size });
  const amounts = openAmountsInFile();
  let batch: Filing[] = [];
  const flush = async () => {
    const outcome = await take(batch);
    for (const kind of ['imported', 'updated', 'duplicates'] as const) report[kind] += outcome?.[kind] ?? 0;
    batch = [];
  };
  for await (const result of rowsOf(file, { shiftWeeks, looseAmounts }, onBytes)) {
    report.read++;
    const fault = 'fault' in result ? result.fault : amounts.faultIn(result.row, result.filing);
    if (fault) {
      report.refused++;
      onRefused?.({ row: result.row, cells: result.cells, ...fault });
    } else if ('filing' in result && batch.push(result.filing) === BATCH) await flush();
  }
  if (batch.length) await flush();
  return report;
}

type Reading = Pick<Import, 'shiftWeeks' | 'looseAmounts'>;

/** The filing or the fault of each row of the file, in order. */
async function* rowsOf(file: string, how: Required<Reading>, onBytes: (bytes: number) => void) {
  let columns: Column[] | undefined;
  let width = 0; // of the header, with the empty cells at its end
  for await (const { lines, bytes } of readCsv(file)) {
    for (const line of lines) {
      if (!columns) {
        if (isSeparatorLine(line)) continue;
        columns = header(file, line);
        width = 'cells' in line ? line.cells.length : 0;
      } else if ('damage' in line) yield { row: line.number, cells: [line.text], fault: faultOf(line) };
      else {
        const isPadded = line.cells.length === width && line.cells.slice(columns.length).every((cell) => cell === '');
        const cells = isPadded ? line.cells.slice(0, columns.length) : line.cells;
        yield { row: line.number, cells, ...filingOf(columns, cells, how.shiftWeeks, how.looseAmounts) };
      }
    }
    onBytes(bytes);
  }
  if (!columns) throw new FileRefused(`${file} is empty`);
}

/** Excel's separator line before the header: `sep=,` names the separator that we expect anyway. */
const isSeparatorLine = (line: CsvLine): boolean =>
  line.number === 1 && 'cells' in line && /^sep=,?$/i.test(line.cells.join(','));

function header(file: string, line: CsvLine): Column[] {
  const columns = 'damage' in line ? `its header is damaged: ${advice[line.damage]}` : columnsOf(line.cells);
  if (typeof columns === 'string') throw new FileRefused(`${file} is not a file of fares: ${columns}`);
  return columns;
}

const advice: Record<Damage, string> = {
  NOT_UTF8: 'it is not UTF-8; save the file as UTF-8',
  TOO_LONG: 'it is longer than any row of fares; look for a missing line end',
  QUOTES: 'its quotes are broken; quote a whole cell on one line, and write a quote inside it twice',
  OPEN_QUOTE: 'a quote on it is not closed: no cell may contain a line end; write each row on one line',
};

const faultOf = ({ damage, text }: { damage: Damage; text: string }): RowFault => ({
  column: null,
  value: text,
  advice: advice[damage],
});

// ——— the command ———

/** The command's environment; `open` is called once the options and the file are valid. */
export interface ImportEnvironment {
  open: (to: Destination | null) => Promise<{ fares: Pick<Fares, 'file'>; now: Clock } & AsyncDisposable>;
  out: NodeJS.WritableStream;
  err: NodeJS.WritableStream & { isTTY?: boolean };
  env: Readonly<Record<string, string | undefined>>;
}

/** Runs the command with these arguments and returns its exit code: 1 when anything was refused. */
export async function runImport(args: readonly string[], { open, env, ...streams }: ImportEnvironment): Promise<0 | 1> {
  const [out, err] = [printingTo(streams.out), printingTo(streams.err)];
  const started = performance.now();
  const progress = { hasFiled: false };
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    out.write(`${USAGE}\n`);
    return 0;
  }
  try {
    const { file, to, refused, ...options } = told(args, env);
    const size = await sizeOf(file);
    if (refused !== null && (await isSameFile(file, refused)))
      throw new FileRefused(`--refused cannot be ${refused}: it is the file to import, and would be emptied`);
    await using opened = await open(to);
    const fares: Import['fares'] = {
      async file(...filing) {
        const filed = await opened.fares.file(...filing);
        progress.hasFiled = true;
        return filed;
      },
    };
    await using rows = refused === null ? null : openRefusedRows(refused);
    const report = await shown(file, { ...options, now: opened.now, fares }, size, streams.err, rows);
    if (report.refused && !refused) err.write(`to write every refused row to a file, use: --refused FILE.csv\n`);
    if (!report.read) err.write(`${file} has a header and no rows\n`);
    out.write(summary(report, performance.now() - started));
    if (report.refused && options.strict) err.write('nothing was imported: with --strict it is all rows or none\n');
    return report.refused ? 1 : 0;
  } catch (error) {
    // a driver's message can contain a whole statement
    const said = error instanceof Error ? error.message.slice(0, 500) : String(error);
    err.write(`${said}\n`);
    if (error instanceof FileRefused) err.write(`${USAGE}\n`);
    else if (progress.hasFiled || (error as { partly?: boolean }).partly)
      err.write('The import stopped. The rows filed so far stay: run it again.\n');
    return 1;
  }
}

/** Imports with a progress bar, and prints refusals as they occur. */
async function shown(
  file: string,
  options: Import,
  size: number,
  err: ImportEnvironment['err'],
  rows: RefusedRows | null,
): Promise<Report> {
  using progress = openProgress(size, err);
  const refusals = countRefusals();
  const report = await importFares(file, {
    ...options,
    onProgress: ({ rows, bytes, doing }) => progress.advance(bytes, rows, `rows ${doing}`),
    onRefused(refusal) {
      if (refusals.add(refusal)) progress.say(sentence(refusal));
      rows?.add(refusal);
    },
  });
  for (const line of refusals.summary()) progress.say(line);
  return report;
}

/** Whether both paths name the same file; `other` may not exist yet. */
const isSameFile = async (file: string, other: string): Promise<boolean> =>
  (await realpath(file)) === (await realpath(other).catch(() => null));

function told(args: readonly string[], env: ImportEnvironment['env']): ImportOptions {
  try {
    return optionsOf(args, env);
  } catch (error) {
    throw new FileRefused((error as Error).message);
  }
}

function summary({ read, imported, updated, duplicates, refused }: Report, milliseconds: number): string {
  const lines = { read, imported, ...(updated && { updated }), duplicates, refused };
  const counts = Object.entries(lines).map(([name, count]) => `${name.padEnd(12)}${count}\n`);
  return `${counts.join('')}${'seconds'.padEnd(12)}${(milliseconds / 1000).toFixed(1)}\n`;
}

/**
 * Opens the running system, or the configured store of the fare subgraph. The store's events are published by the next
 * relay of its outbox.
 */
export async function openFiling(to: Destination | null) {
  if (to) return { fares: fileThroughGateway(to), now: openClock().now, async [Symbol.asyncDispose]() {} };
  const wiring = openWiring(readConfig(process.env), openLog({ level: 'warn', json: false, to: 'stderr' }));
  const close = () => wiring.close();
  try {
    return { fares: openFares(await wiring.database(fareTables)), now: wiring.now, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

if (import.meta.main) {
  const { stdout, stderr, env } = process;
  await runCommand(() => runImport(process.argv.slice(2), { open: openFiling, out: stdout, err: stderr, env }));
}
