// Runs one test file, or the tests in it whose names match: npm run test:one -- FILE [NAME]
// FILE is a path, or its end without .test.ts: journeys/cart. NAME is a part of a name, or /a pattern/.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { distance } from '../infra/config/nearest-name.ts';

const root = join(import.meta.dirname, '..');
const SHOWN = 3; // near files; more would hide the one that was meant

/** A path without what all test files share. */
const short = (file: string): string => file.replace(/^test\//, '').replace(/\.test\.ts$/, '');

/**
 * The test file that was meant: by its path or by the end of it. Throws an Error that names the candidates, or the
 * nearest files.
 */
export function meant(wanted: string, files: readonly string[]): string {
  if (files.includes(wanted)) return wanted;
  const end = `/${short(wanted)}`;
  const found = files.filter((file) => `/${short(file)}`.endsWith(end));
  if (found.length === 1) return found[0]!;
  if (found.length) throw new Error(`${wanted} may be one of several tests:\n${listed(found)}`);
  throw new Error(`There is no test ${wanted}. The nearest are:\n${listed(nearest(short(wanted), files))}`);
}

const listed = (files: readonly string[]): string => files.map((file) => `  ${file}`).join('\n');

/** Files whose names contain a word of the wanted name come first, then those with the fewest differing letters. */
function nearest(wanted: string, files: readonly string[]): string[] {
  const words = basename(wanted).split(/\W+/).filter(Boolean);
  const ranked = files.map((file) => ({
    file,
    words: words.filter((word) => short(file).includes(word)).length,
    away: distance(basename(wanted), basename(short(file))),
  }));
  return ranked
    .sort((a, b) => b.words - a.words || a.away - b.away)
    .slice(0, SHOWN)
    .map(({ file }) => file);
}

/** Resolves with the exit code: 1 if a test failed, or none has such a name. */
async function runOne(file: string, name: string | undefined): Promise<0 | 1> {
  const pattern =
    name && (/^\/.*\/\w*$/.test(name) ? name : new RegExp(name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i'));
  const tests = run({
    files: [join(root, file)],
    cwd: root,
    execArgv: ['--disable-warning=TimeoutNegativeWarning'], // kafkajs sets timers that are a little late
    ...(pattern && { testNamePatterns: pattern }),
  });
  let [passed, failed] = [0, 0];
  // a file in which no test ran is itself reported as a test that passed
  tests.on('test:pass', ({ name }) => void (passed += resolve(root, name) === join(root, file) ? 0 : 1));
  tests.on('test:fail', () => void failed++);
  let held = '';
  for await (const text of tests.compose(new spec())) {
    held += text as string;
    if (passed + failed === 0) continue;
    process.stdout.write(held);
    held = '';
  }
  if (!held) process.stdout.write('\n'); // the reporter ends without one
  if (failed) return 1;
  if (passed) return 0;
  process.stderr.write(`${file} has no test whose name matches ${name}.\n`);
  return 1;
}

if (import.meta.main) {
  const [wanted, name, ...rest] = process.argv.slice(2);
  try {
    if (wanted === undefined || rest.length) throw new Error('usage: npm run test:one -- FILE [NAME]');
    const path = relative(root, resolve(process.env['INIT_CWD'] ?? '', wanted)); // npm changes to the root; the caller may be in a folder
    const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', 'test/**/*.test.ts'], {
      cwd: root,
      encoding: 'utf8',
    });
    const known = files.split('\n').filter((file) => file && existsSync(join(root, file)));
    process.exitCode = await runOne(known.includes(path) ? path : meant(wanted, known), name);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
