// Draws mutants of all rules and stores, and runs the tests that execute each: npm run mutants [-- COUNT [SEED]].
// Prints each mutant with the test that killed it, and the equivalents that it drew, which count for nothing; exits with
// 1 if fewer than 95 % are killed.
import { randomInt } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './bugs.ts';
import { runTests } from './child.ts';
import { duration, executes, runMeasured } from './coverage.ts';
import { equivalents, isThis } from './equivalents.ts';
import type { Mutant } from './mutant.ts';
import { drawn } from './mutants.ts';
import { reachedFrom } from './reach.ts';

const AT_ONCE = 4; // a test file mostly waits: for processes, hashes and disks
const AIM = 0.95;
const LONGEST = 240_000; // ms; for a test file whose duration is not known yet
const SHORTEST = 120_000; // ms that every test file may take with a mutant, because other processes may be busy

const NEAR = 12; // test files that judge a mutant, the nearest to it that execute it
const JOURNEYS = 3; // journeys that judge what they let survive, the likeliest of them

interface TestFile {
  test: string;
  /** Each file that it reaches through imports, with the number of steps to it. */
  reached: ReadonlyMap<string, number>;
}

const near = testsIn('test/{rules,subgraphs,contracts,partners,workers}/!(*.real).test.ts');
const journeys = testsIn('test/journeys/!(*.real|*.property|crash|failpoints).test.ts'); // those left out take minutes

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

const reaching = ({ file }: Mutant, tests: readonly TestFile[]) => tests.filter(({ reached }) => reached.has(file));

/** The nearest test files first, and of those the fastest. */
function nearest(mutant: Mutant): string[] {
  const steps = ({ reached }: TestFile) => reached.get(mutant.file)!;
  const took = ({ test }: TestFile) => duration(test) ?? 0;
  const sorted = reaching(mutant, near).toSorted((a, b) => steps(a) - steps(b) || took(a) - took(b));
  return sorted.map(({ test }) => test);
}

/** Journeys that mention the name of the file most often, as in signOut for sign-out.ts, then its subgraph. */
function likeliestJourneys(mutant: Mutant): string[] {
  const [, subgraph] = mutant.file.split('/');
  const words = [basename(mutant.file, '.ts').replaceAll('-', '.?'), subgraph!].map((word) => new RegExp(word, 'gi'));
  const mentions = new Map(
    reaching(mutant, journeys).map(({ test }) => {
      const text = readFileSync(join(root, test), 'utf8');
      return [test, words.map((word) => text.match(word)?.length ?? 0) as [number, number]];
    }),
  );
  return [...mentions.keys()].sort((a, b) => {
    const [here, there] = [mentions.get(a)!, mentions.get(b)!];
    return there[0] - here[0] || there[1] - here[1];
  });
}

/** The first test that fails with the mutant and passes without it, of the first `most` files that execute it. */
async function killer(mutant: Mutant, tests: readonly string[], most: number): Promise<string | null> {
  let judges = 0;
  for (const test of tests) {
    if (judges === most) break;
    if (unsteady.has(test) || executes(test, mutant) === false) continue;
    const failed = await failedBy(mutant, test);
    if (failed !== null) return `${test}: ${failed}`;
    if (executes(test, mutant)) judges += 1;
  }
  return null;
}

const unsteady = new Set<string>();

/** The test of the file that fails with the mutant and passes without it; null if there is none. */
async function failedBy(mutant: Mutant, test: string): Promise<string | null> {
  const took = duration(test);
  const within = took === null ? LONGEST : Math.max(SHORTEST, 5 * took);
  const variables = { MUTANT: JSON.stringify(mutant) };
  const { failed, hung } = executes(test, mutant)
    ? await runTests(variables, test, [], within)
    : await runMeasured(mutant, test, within);
  if (failed.length === 0) return null;
  // a busy machine fails some tests now and then: the mutant must do so again, and the machine must not
  const only = hung ? [] : named(failed[0]!);
  const without = await runTests({}, test, only, hung ? within / 3 : within);
  if (without.failed.length) unsteady.add(test);
  else if (hung || (await runTests(variables, test, only, within)).failed.length) return failed[0]!;
  return null;
}

const named = (test: string) => ['--test-name-pattern', `^${test.replaceAll(/[^\w ]/g, '.')}$`];

const told = ({ file, line, kind, was, text }: Mutant) =>
  `${file}:${line} ${kind}: ${was.replaceAll(/\s+/g, ' ').slice(0, 80)} -> ${text.slice(0, 40)}`;

/** The mutants that no test kills. */
async function survivors(
  mutants: readonly Mutant[],
  kind: string,
  judges: (mutant: Mutant) => string[],
  most: number,
): Promise<Mutant[]> {
  const killers = await each(mutants, async (mutant) => {
    const by = await killer(mutant, judges(mutant), most);
    say(by === null ? `not killed by ${kind}: ${told(mutant)}` : `killed ${told(mutant)} | ${by}`);
    return by;
  });
  return mutants.filter((_, at) => killers[at] === null);
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
const doubtful = await survivors(mutants, 'near tests', nearest, NEAR);
const survived = await survivors(doubtful, 'journeys', likeliestJourneys, JOURNEYS);
for (const test of unsteady) say(`${test} failed without a mutant, too, and judged no more`);
for (const mutant of survived) say(`SURVIVED ${told(mutant)}`);
const killed = mutants.length - survived.length;
say(`${killed} of ${mutants.length} killed, ${survived.length} survived, and ${equivalent} equivalents were drawn`);
process.exitCode = killed / mutants.length >= AIM ? 0 : 1;
