// Draws mutants of all rules and stores, and runs the tests that execute each: npm run mutants [-- COUNT [SEED]].
// First measures what every test file executes. Prints each mutant with the test that killed it; exits with 1 if fewer
// than 95 % are killed.
import { randomInt } from 'node:crypto';
import { runTests } from './child.ts';
import { candidates, measure, type Measured } from './coverage.ts';
import { draw, type Mutant } from './mutants.ts';

const WITHIN = 240_000; // ms per test file; the slowest takes a minute on a busy machine
const AT_ONCE = 2;
const AIM = 0.95;

const say = (line: string) => void process.stdout.write(`${line}\n`);

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

/** The first test, fastest file first, that fails with the mutant; null if none does. */
async function killer(mutant: Mutant, measured: readonly Measured[]): Promise<string | null> {
  for (const { test } of measured.filter(({ executes }) => executes(mutant.file, mutant.start))) {
    const { failed } = await runTests({ MUTANT: JSON.stringify(mutant) }, test, [], WITHIN);
    if (failed.length) return `${test}: ${failed[0]}`;
  }
  return null;
}

async function measureAll(): Promise<Measured[]> {
  const tests = candidates();
  const found = await each(tests, async (test) => {
    const measured = await measure(test, WITHIN);
    say(`measured ${test}${measured ? '' : ': it fails without a mutant and is skipped'}`);
    return measured;
  });
  return found.filter((one) => one !== null).toSorted((a, b) => a.took - b.took);
}

async function judge(mutant: Mutant, measured: readonly Measured[]): Promise<boolean> {
  const { file, line, kind, was, text } = mutant;
  const by = await killer(mutant, measured);
  const change = `${file}:${line} ${kind}: ${was.replaceAll(/\s+/g, ' ').slice(0, 60)} -> ${text.slice(0, 40)}`;
  say(by === null ? `SURVIVED ${change}` : `killed ${change} | ${by}`);
  return by !== null;
}

const count = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? randomInt(2 ** 31));
say(`${count} mutants, seed ${seed}`);
const measured = await measureAll();
const verdicts = await each(draw(count, seed), (mutant) => judge(mutant, measured));
const killed = verdicts.filter(Boolean).length;
say(`${killed} of ${verdicts.length} killed, ${verdicts.length - killed} survived`);
process.exitCode = killed / verdicts.length >= AIM ? 0 : 1;
