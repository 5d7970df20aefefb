// Which lines of the subgraphs each test file executes, measured with V8's coverage, and how long the test file takes.
// A measurement only says which tests are worth running. So it is kept by the text of each line, and repeated only when
// the test file or the line changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './bugs.ts';
import { type Run, runTests } from './child.ts';
import { type Mutant, withMutant } from './mutant.ts';
import { reachedFrom } from './reach.ts';

/** A range of characters, and how many times they were executed. Inner ranges override the outer ones around them. */
interface Range {
  startOffset: number;
  endOffset: number;
  count: number;
}

interface Script {
  url: string;
  functions: readonly { ranges: readonly Range[] }[];
}

interface Measurement {
  /** The hash of the test file. */
  hash: string;
  /** The duration of the test file, in ms. */
  took: number;
  /** By source file and text of a line: how many times it was executed. Lines of the same text count as one. */
  executed: Record<string, Record<string, number>>;
}

const folder = join(root, 'node_modules/.cache/mutants');
const kept = (test: string) => join(folder, `${test.replaceAll('/', '+')}.json`);
const source = (file: string) => readFileSync(join(root, file), 'utf8');
const hashOf = (file: string) => createHash('sha256').update(source(file)).digest('hex');

const known = new Map<string, Measurement | null>();

function measurement(test: string): Measurement | null {
  if (!known.has(test)) {
    const found = existsSync(kept(test)) ? (JSON.parse(readFileSync(kept(test), 'utf8')) as Measurement) : null;
    known.set(test, found?.hash === hashOf(test) ? found : null);
  }
  return known.get(test)!;
}

/** How long the test file took when it was measured, in ms; null if it was not. */
export const duration = (test: string): number | null => measurement(test)?.took ?? null;

/** Whether the test file executes the mutant's line; null if that was not measured. */
export function executes(test: string, { file, source: line }: Mutant): boolean | null {
  const times = measurement(test)?.executed[file]?.[line];
  return times === undefined ? null : times > 0;
}

/** Runs the test file with the mutant, at most for `within` ms, and keeps what it executes unless it fails. */
export async function runMeasured(mutant: Mutant, test: string, within: number): Promise<Run> {
  const reports = mkdtempSync(join(tmpdir(), 'coverage-'));
  try {
    const variables = { MUTANT: JSON.stringify(mutant), NODE_V8_COVERAGE: reports };
    const run = await runTests(variables, test, [], within);
    if (run.failed.length === 0) {
      const found = { hash: hashOf(test), took: run.took, executed: executedIn(reports, test, mutant) };
      mkdirSync(folder, { recursive: true });
      writeFileSync(kept(test), JSON.stringify(found));
      known.set(test, found);
    }
    return run;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

/** Sums the reports of all processes that the test file ran. */
function executedIn(reports: string, test: string, mutant: Mutant): Measurement['executed'] {
  const scripts = readdirSync(reports).flatMap(
    (report) => (JSON.parse(readFileSync(join(reports, report), 'utf8')) as { result: Script[] }).result,
  );
  const files = [...reachedFrom(test).keys()].filter((file) => file.startsWith('subgraphs/'));
  return Object.fromEntries(
    files.map((file) => {
      const { href } = pathToFileURL(join(root, file));
      const runs = scripts.filter(({ url }) => url === href).map(({ functions }) => functions.flatMap((f) => f.ranges));
      const counts = runs.map((ranges) =>
        file === mutant.file
          ? withoutMutant(countsBy(ranges, withMutant(mutant).length), mutant)
          : countsBy(ranges, source(file).length),
      );
      return [file, byLine(source(file), counts)];
    }),
  );
}

/** How many times each character was executed. */
function countsBy(ranges: readonly Range[], length: number): Uint32Array {
  const size = (range: Range) => range.endOffset - range.startOffset;
  const counts = new Uint32Array(length);
  const outermostFirst = ranges.toSorted((a, b) => size(b) - size(a));
  for (const { startOffset, endOffset, count } of outermostFirst) counts.fill(count, startOffset, endOffset);
  return counts;
}

/** The counts at the places of the original source. */
function withoutMutant(counts: Uint32Array, { start, end, text }: Mutant): Uint32Array {
  const replaced = Array<number>(end - start).fill(counts[start]!);
  return Uint32Array.of(...counts.subarray(0, start), ...replaced, ...counts.subarray(start + text.length));
}

function byLine(text: string, counts: readonly Uint32Array[]): Record<string, number> {
  const lines: Record<string, number> = {};
  let start = 0;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    const times = counts.reduce((sum, each) => sum + Math.max(0, ...each.subarray(start, end)), 0);
    lines[line.trim()] = (lines[line.trim()] ?? 0) + times;
    start = end + 1;
  }
  return lines;
}
