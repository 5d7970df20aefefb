// Draws mutants of all rules and stores, and runs the tests that execute each: npm run mutants [-- COUNT [SEED]].
// Prints each mutant with the test that killed it, and the equivalents that it drew, which count for nothing; exits with
// 1 if fewer than 95 % are killed.
import { randomInt } from 'node:crypto';
import { globSync } from 'node:fs';
import { root } from './bugs.ts';
import { runTests } from './child.ts';
import { duration, executes, runMeasured } from './coverage.ts';
import { equivalents, isThis } from './equivalents.ts';
import { drawn, type Mutant } from './mutants.ts';
import { reachedFrom } from './reach.ts';

const AT_ONCE = 2;
const AIM = 0.95;
const LONGEST = 240_000; // ms; for a test file whose duration is not known yet
const SHORTEST = 60_000; // ms that every test file may take with a mutant, because another process may be busy

// Of the tests that execute a mutant, this many judge it: the nearest by imports, then some of the whole system.
const JUDGES = [
  { tests: testsIn('test/{rules,rooms,contracts,partners,workers}/!(*.real).test.ts'), most: 12 },
  { tests: testsIn('test/journeys/!(*.real).test.ts'), most: 3 },
];

interface TestFile {
  test: string;
  /** Each file that it reaches through imports, with the number of steps to it. */
  reached: ReadonlyMap<string, number>;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

function testsIn(pattern: string): TestFile[] {
  return globSync(pattern, { cwd: root })
    .sort()
    .map((test) => ({ test, reached: reachedFrom(test) }));
}

/** Runs the work for each item, a few at a time; results are in the order of the items. */
async function each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [at, item] of left) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** The test files that reach the mutant through imports: the nearest first, and of those the fastest. */
function reaching({ file }: Mutant, tests: readonly TestFile[]): string[] {
  const steps = ({ reached }: TestFile) => reached.get(file) ?? Infinity;
  return tests
    .filter((test) => steps(test) < Infinity)
    .toSorted((a, b) => steps(a) - steps(b) || (duration(a.test) ?? 0) - (duration(b.test) ?? 0))
    .map(({ test }) => test);
}

/** The first test that fails with the mutant and passes without it; null if none does. */
async function killer(mutant: Mutant): Promise<string | null> {
  for (const { tests, most } of JUDGES) {
    let judges = 0;
    for (const test of reaching(mutant, tests)) {
      if (judges === most) break;
      if (executes(test, mutant) === false) continue;
      const failed = await failedBy(mutant, test);
      if (failed !== null) return `${test}: ${failed}`;
      if (executes(test, mutant)) judges += 1;
    }
  }
  return null;
}

/** The test of the file that fails with the mutant and passes without it; null if there is none. */
async function failedBy(mutant: Mutant, test: string): Promise<string | null> {
  const took = duration(test);
  const within = took === null ? LONGEST : Math.max(SHORTEST, 5 * took);
  const { failed, hung } = executes(test, mutant)
    ? await runTests({ MUTANT: JSON.stringify(mutant) }, test, [], within)
    : await runMeasured(mutant, test, within);
  if (failed.length === 0) return null;
  if (await passes(test, hung ? [] : named(failed[0]!), within / 3)) return failed[0]!;
  say(`${test}: ${failed[0]}, also without a mutant, on a machine as busy as now`);
  return null;
}

/** Whether the tests pass without a mutant on the machine as busy as it is. */
async function passes(test: string, args: readonly string[], within: number): Promise<boolean> {
  return (await runTests({}, test, args, within)).failed.length === 0;
}

const named = (test: string) => ['--test-name-pattern', `^${test.replaceAll(/[^\w ]/g, '.')}$`];

const told = ({ file, line, kind, was, text }: Mutant) =>
  `${file}:${line} ${kind}: ${was.replaceAll(/\s+/g, ' ').slice(0, 80)} -> ${text.slice(0, 40)}`;

/** Whether a test kills the mutant. */
async function judge(mutant: Mutant): Promise<boolean> {
  const by = await killer(mutant);
  say(by === null ? `SURVIVED ${told(mutant)}` : `killed ${told(mutant)} | ${by}`);
  return by !== null;
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1)); // ends the test's processes

const count = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? randomInt(2 ** 31));
say(`${count} mutants, seed ${seed}`);
const mutants: Mutant[] = [];
let equivalent = 0;
for (const mutant of drawn(seed)) {
  if (mutants.length === count) break;
  const known = equivalents.find((one) => isThis(one, mutant));
  if (known) say(`equivalent ${told(mutant)} | ${known.reason}`);
  if (known) equivalent += 1;
  else mutants.push(mutant);
}
const verdicts = await each(mutants, judge);
const survivors = mutants.filter((_, at) => !verdicts[at]);
const killed = mutants.length - survivors.length;
say(`${killed} of ${mutants.length} killed, ${survivors.length} survived, and ${equivalent} equivalents were drawn`);
for (const survivor of survivors) say(`SURVIVED ${told(survivor)}`);
process.exitCode = killed / mutants.length >= AIM ? 0 : 1;
