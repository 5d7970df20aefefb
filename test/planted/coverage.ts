// Measures, with V8's coverage, which characters of a source file each test file executes, and how long it takes.
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './bugs.ts';
import { runTests } from './child.ts';

interface Range {
  startOffset: number;
  endOffset: number;
  count: number;
}

interface Script {
  url: string;
  functions: readonly { ranges: readonly Range[] }[];
}

/** The measurement of one test file. */
export interface Measured {
  test: string;
  /** Its duration, in ms. */
  took: number;
  /** Whether the test file, or a process it started, executed the character at this offset. */
  executes(file: string, offset: number): boolean;
}

// tests of a whole system execute nearly every line and take minutes: rules and stores must have tests of their own
const NEAR = 'test/{rules,rooms,contracts,partners,workers}/!(*.real).test.ts';

/** The test files that can judge a mutant. */
export const candidates = (): string[] => globSync(NEAR, { cwd: root }).sort();

/** Runs the test file and measures it. `within` is in ms; null if it fails or takes longer. */
export async function measure(test: string, within: number): Promise<Measured | null> {
  const folder = mkdtempSync(join(tmpdir(), 'coverage-'));
  const began = performance.now();
  try {
    const { failed } = await runTests({ NODE_V8_COVERAGE: folder }, test, [], within);
    if (failed.length) return null;
    const executed = executedIn(folder);
    const took = performance.now() - began;
    return { test, took, executes: (file, offset) => executed.get(file)?.[offset] === 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** For each loaded file below `subgraphs`, an array with 1 at each executed offset. */
function executedIn(folder: string): Map<string, Uint8Array> {
  const prefix = pathToFileURL(`${root}/`).href;
  const executed = new Map<string, Uint8Array>();
  for (const report of readdirSync(folder)) {
    const { result } = JSON.parse(readFileSync(join(folder, report), 'utf8')) as { result: readonly Script[] };
    for (const { url, functions } of result) {
      if (!url.startsWith(`${prefix}subgraphs/`)) continue;
      const file = url.slice(prefix.length);
      const here = executedBy(functions.flatMap(({ ranges }) => ranges));
      const before = executed.get(file);
      executed.set(file, before ? before.map((flag, at) => flag | (here[at] ?? 0)) : here);
    }
  }
  return executed;
}

/** Inner ranges override the outer ranges around them. */
function executedBy(ranges: readonly Range[]): Uint8Array {
  const size = (range: Range) => range.endOffset - range.startOffset;
  const outermostFirst = ranges.toSorted((a, b) => size(b) - size(a));
  const flags = new Uint8Array(Math.max(0, ...ranges.map(({ endOffset }) => endOffset)));
  for (const { startOffset, endOffset, count } of outermostFirst) flags.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  return flags;
}
